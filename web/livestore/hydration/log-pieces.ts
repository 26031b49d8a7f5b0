import type { VerifiedLog } from '#proof/follow-log.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import type { AskOf } from '#web/services/worker-calls.ts'
import type { LogAsked, NotHydrated } from './hydration-protocol.ts'
import { type LogReader, readServerLog } from './server-log.ts'

// What the thread that reads a log gives the thread that replays it.

export interface LogCalls {
  /** Begins to read a log, and no longer reads another. */
  readonly begin: readonly [LogAsked & Pick<LogReader, 'from'>, null]
  /** The next piece of it. */
  readonly piece: readonly [null, LogPiece]
}

export type LogAsk = AskOf<LogCalls>

/** The events of a page, of so many in all; after the last of them, how far the log was verified. Or why there is none. */
export type LogPiece =
  | { readonly events: readonly ConfirmedEvent[]; readonly of: number }
  | { readonly verified: VerifiedLog }
  | NotHydrated

/** A log in pieces, each read while the one before is taken. */
export const piecesOf = (reader: Omit<LogReader, 'take'>): ReadableStream<LogPiece> => {
  const { readable, writable } = new TransformStream<LogPiece, LogPiece>()
  const writer = writable.getWriter()
  const write = async () => {
    const verified = await readServerLog({ ...reader, take: (events, of) => writer.write({ events, of }) })
    await writer.write(ending(verified))
    await writer.close()
  }
  write().catch(() => undefined) // nobody takes them any more
  return readable
}

const ending = (verified: VerifiedLog | 'short' | Error): LogPiece => {
  if (verified === 'short') return { reason: null }
  return verified instanceof Error ? { reason: verified.message } : { verified }
}
