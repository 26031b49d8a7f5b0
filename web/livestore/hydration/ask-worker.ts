import { callsTo } from '#web/services/worker-calls.ts'
import HydrationWorker from './hydration.worker.ts?worker'
import type { HydrationCalls, HydrationNotice, NotHydrated } from './hydration-protocol.ts'

/** Ends with the worker, when it falls silent, or when `signal` is aborted, which says why. */
export const askWorker = <Call extends keyof HydrationCalls>(
  call: Call,
  asked: HydrationCalls[Call][0],
  onProgress: (progress: HydrationNotice) => void,
  signal: AbortSignal,
): Promise<HydrationCalls[Call][1] | NotHydrated> =>
  new Promise((resolve) => {
    const leave = (reason: string) => settle({ reason })
    let isOver = false // what the worker said before it ended may come later
    let silence: ReturnType<typeof setTimeout> | undefined
    const worker = callsTo<HydrationCalls, HydrationNotice>(
      new HydrationWorker(),
      'The part of the page that writes stores could not be loaded.',
      (progress) => tellProgress(progress),
    )
    const tellProgress = (progress: HydrationNotice) => {
      if (isOver) return
      clearTimeout(silence)
      silence = setTimeout(() => leave('it fell silent'), patience)
      onProgress(progress)
    }
    const settle = (outcome: HydrationCalls[Call][1] | NotHydrated) => {
      isOver = true
      clearTimeout(silence)
      worker.end()
      resolve(outcome)
    }
    signal.addEventListener('abort', () => leave(String(signal.reason)), { once: true })
    tellProgress({ done: 0, of: 0 })
    worker.call(call, asked).then(settle, (error: unknown) => leave(String(error)))
  })

/** Milliseconds; longer than it waits for a page. */
const patience = 30_000
