import type { BundleProgress } from '#web/services/bundle/bundle-protocol.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { ProgressView } from '#web/ui/progress-view.tsx'

interface RunningBundleProps {
  readonly title: string
  readonly progress: BundleProgress | undefined
  readonly onCancel: () => void
}

export const RunningBundle = ({ title, progress, onCancel }: RunningBundleProps) => (
  <ProgressView
    title={title}
    count={progress === undefined ? 'Beginning' : countOf(progress)}
    part={progress === undefined ? 0 : Math.min(1, progress.done / Math.max(1, progress.of))}
    stop={{ label: 'Cancel', onClick: onCancel }}
  />
)

const countOf = ({ what, done, of }: BundleProgress): string => {
  if (what === 'bytes written') return `${byteSize(done)} written`
  if (what === 'bytes read') return `${byteSize(done)} of ${byteSize(of)} read`
  return `${done.toLocaleString()} of ${of.toLocaleString()} ${what}`
}
