import type { VerifiedLog } from '#proof/follow-log.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import { callsTo, threadBehind } from '#web/services/worker-calls.ts'
import type { UntilTurn } from './gate.ts'
import type { LogAsked } from './hydration-protocol.ts'
import type { LogCalls } from './log-pieces.ts'
import { takePieces } from './take-pieces.ts'

/**
 * Begins to read a log from its first event, or from a verified one on. What it gives is called once there is somebody who
 * takes its events: in order, and `take` says why it takes no more. Only what is verified whole comes back as read.
 */
export type ReadLog = (from: VerifiedLog | undefined) => TakeLog

export type TakeLog = (
  take: (events: readonly ConfirmedEvent[]) => Error | undefined,
) => Promise<VerifiedLog | 'short' | Error>

/** On the thread behind a port: one log at a time. */
export const readLogOf = (
  { storeId, known, anchors }: LogAsked,
  port: MessagePort,
  onProgress: (done: number, of: number) => void,
  untilTurn: UntilTurn,
): ReadLog => {
  const log = callsTo<LogCalls, never>(threadBehind(port), 'Nobody reads logs any more.', () => undefined)
  return (from) => {
    const begun = log.call('begin', { storeId, known, anchors, from })
    begun.catch(() => undefined) // whoever takes it is told
    return async (take) => {
      await begun
      return takePieces(() => log.call('piece', null), { take, onProgress, untilTurn })
    }
  }
}
