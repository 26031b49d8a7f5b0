import { useEffect, useRef, useState } from 'react'
import type { BundleProgress } from '#web/services/bundle/bundle-protocol.ts'
import type { Running } from '#web/services/bundle/bundles.ts'

type State<Answer> =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly progress: BundleProgress | undefined }
  | { readonly is: 'done'; readonly answer: Answer }
  | { readonly is: 'failed'; readonly problem: Error }

/** One piece of work at a time, which ends with the view. */
export const useRunning = <Answer>() => {
  const [state, setState] = useState<State<Answer>>({ is: 'idle' })
  const stop = useRef<() => void>(undefined)
  useEffect(() => () => stop.current?.(), [])
  const run = (begin: (onProgress: (progress: BundleProgress) => void) => Running<Answer>) => {
    stop.current?.()
    setState({ is: 'running', progress: undefined })
    const running = begin((progress) => setState({ is: 'running', progress }))
    stop.current = running.stop
    running.answer.then(
      (answer) => setState({ is: 'done', answer }),
      (error: unknown) =>
        setState({ is: 'failed', problem: error instanceof Error ? error : new Error(String(error)) }),
    )
  }
  const end = () => {
    stop.current?.()
    setState({ is: 'idle' })
  }
  return { state, run, end }
}
