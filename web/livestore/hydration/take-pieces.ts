import type { VerifiedLog } from '#proof/follow-log.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import type { UntilTurn } from './gate.ts'
import type { LogPiece } from './log-pieces.ts'

interface Taker {
  /** Says why it takes no more. */
  readonly take: (events: readonly ConfirmedEvent[]) => Error | undefined
  readonly onProgress: (done: number, of: number) => void
  readonly untilTurn: UntilTurn
}

/** Takes a log piece by piece, the next one asked for before, and none while it is another store’s turn. */
export const takePieces = async (
  ask: () => Promise<LogPiece>,
  { take, onProgress, untilTurn }: Taker,
): Promise<VerifiedLog | 'short' | Error> => {
  for (let coming = ask(); ; ) {
    const piece = await coming
    if ('reason' in piece) return piece.reason === null ? 'short' : new Error(piece.reason)
    if ('verified' in piece) return piece.verified
    await untilTurn()
    coming = ask()
    const refused = take(piece.events)
    if (refused !== undefined) return refused
    onProgress(piece.events.at(-1)?.seqNum ?? 0, piece.of)
  }
}
