import { callsTo } from '#web/services/worker-calls.ts'
import HydrationWorker from './hydration.worker.ts?worker'
import type { HydrationCalls, HydrationNotice, HydrationTurn, NotHydrated } from './hydration-protocol.ts'
import LogWorker from './log.worker.ts?worker'
import type { OnTurn } from './turns.ts'

interface Listener {
  readonly onProgress: (progress: HydrationNotice) => void
  readonly signal: AbortSignal
  /** Of a worker that takes turns with others: joins them, and gives how to leave. */
  readonly joinTurns?: (onTurn: OnTurn) => () => void
}

/** Ends with the worker, when it falls silent though it is its turn, or when `signal` is aborted, which says why. */
export const askWorker = <Call extends keyof HydrationCalls>(
  call: Call,
  asked: HydrationCalls[Call][0],
  { onProgress, signal, joinTurns = () => () => undefined }: Listener,
): Promise<HydrationCalls[Call][1] | NotHydrated> =>
  new Promise((resolve) => {
    const leave = (reason: string) => settle({ reason })
    let isOver = false // what the worker said before it ended may come later
    let isFirst = true
    let silence: ReturnType<typeof setTimeout> | undefined
    const worker = callsTo<HydrationCalls, HydrationNotice, HydrationTurn>(
      new HydrationWorker(),
      'The part of the page that writes stores could not be loaded.',
      (progress) => tellProgress(progress),
    )
    const listen = () => {
      clearTimeout(silence)
      if (isFirst) silence = setTimeout(() => leave('it fell silent'), patience)
    }
    const tellProgress = (progress: HydrationNotice) => {
      if (isOver) return
      listen()
      onProgress(progress)
    }
    const settle = (outcome: HydrationCalls[Call][1] | NotHydrated) => {
      isOver = true
      clearTimeout(silence)
      leaveTurns()
      worker.end()
      log?.end()
      resolve(outcome)
    }
    const log = readsLog(call) ? startLog(leave) : undefined
    signal.addEventListener('abort', () => leave(String(signal.reason)), { once: true })
    tellProgress({ done: 0, of: 0 })
    const leaveTurns = joinTurns((isNow) => {
      isFirst = isNow
      worker.notify({ isFirst })
      listen()
    })
    worker.call(call, asked, log === undefined ? [] : [log.port]).then(settle, (error: unknown) => leave(String(error)))
  })

const readsLog = (call: keyof HydrationCalls) => call !== 'remakeState'

/** Beside the worker that asks it, so that neither waits for the other to load. */
const startLog = (leave: (reason: string) => void) => {
  const worker = new LogWorker()
  const { port1, port2 } = new MessageChannel()
  worker.addEventListener('error', ({ message }) =>
    leave(message || 'The part of the page that reads logs could not be loaded.'),
  )
  worker.postMessage(null, [port2])
  return { port: port1, end: () => worker.terminate() }
}

/** Milliseconds; longer than it waits for a page, and enough for the pieces of a snapshot on a slow line. */
const patience = 60_000
