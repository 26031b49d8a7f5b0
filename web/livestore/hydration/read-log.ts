import type { VerifiedLog } from '#proof/follow-log.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import type { UntilTurn } from './gate.ts'
import type { LogAsked } from './hydration-protocol.ts'
import LogWorker from './log.worker.ts?worker'
import type { LogCalls } from './log-pieces.ts'
import { takePieces } from './take-pieces.ts'

/**
 * Reads a log from its first event, or from a verified one on. `take` is given its events in order, and says why it takes no
 * more. Only what is verified whole comes back as read.
 */
export type ReadLog = (
  from: VerifiedLog | undefined,
  take: (events: readonly ConfirmedEvent[]) => Error | undefined,
) => Promise<VerifiedLog | 'short' | Error>

/** On a thread of its own. */
export const readLogOf =
  (
    { storeId, known, anchors }: LogAsked,
    onProgress: (done: number, of: number) => void,
    untilTurn: UntilTurn,
  ): ReadLog =>
  async (from, take) => {
    const log = callsTo<LogCalls, never>(
      new LogWorker(),
      'The part of the page that reads logs could not be loaded.',
      () => undefined,
    )
    const asked = { storeId, known, anchors, from }
    try {
      return await takePieces(() => log.call('piece', asked), { take, onProgress, untilTurn })
    } finally {
      log.end()
    }
  }
