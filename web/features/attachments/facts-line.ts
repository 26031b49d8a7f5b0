import type { Attachment } from '#schema/attachments/state.ts'
import { byteSize } from '#web/ui/byte-size.ts'

/** `4.2 MB · 1600 × 900 · 3 pages · 1:02 · 1 March 2026` */
export const factsLine = ({ bytes, width, height, pages, durationMs, encoding, addedAt }: Attachment): string =>
  [
    byteSize(bytes),
    width !== null && height !== null && `${width} × ${height}`,
    pages !== null && `${pages} ${pages === 1 ? 'page' : 'pages'}`,
    durationMs !== null && durationText(durationMs),
    encoding !== null && encoding !== 'utf-8' && encoding,
    day.format(addedAt),
  ]
    .filter((part) => part !== false)
    .join(' · ')

const durationText = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, place) => (place === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
