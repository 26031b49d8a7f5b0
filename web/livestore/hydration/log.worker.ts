import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { answerCalls } from '#web/services/worker-calls.ts'
import { fewestEvents } from './due.ts'
import { fetchPageOf } from './fetch-page.ts'
import { type LogAsk, type LogPiece, piecesOf } from './log-pieces.ts'

// Reads a log, verifies and opens it, on a thread beside the one that replays it.

let pieces: ReadableStreamDefaultReader<LogPiece> | undefined

answerCalls(async ({ asked: { storeId, from, ...witness } }: LogAsk): Promise<LogPiece> => {
  pieces ??= piecesOf({
    storeId,
    keys: await makeKeysOf(storeId),
    readPage: fetchPageOf(storeId),
    witness,
    from,
    fewest: fewestEvents,
  }).getReader()
  const { value } = await pieces.read()
  return value ?? { reason: 'its log was read already' }
})
