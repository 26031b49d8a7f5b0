import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { answerCalls } from '#web/services/worker-calls.ts'
import { fewestEvents } from './due.ts'
import { fetchPageOf } from './fetch-page.ts'
import { type LogAsk, type LogCalls, type LogPiece, piecesOf } from './log-pieces.ts'

// Reads a log, verifies and opens it, on a thread beside the one that replays it and asks for it through a port.

let pieces: ReadableStreamDefaultReader<LogPiece> | undefined

const begin = async ({ storeId, from, ...witness }: LogCalls['begin'][0]): Promise<null> => {
  await pieces?.cancel()
  const keys = await makeKeysOf(storeId)
  pieces = piecesOf({ storeId, keys, readPage: fetchPageOf(storeId), witness, from, fewest: fewestEvents }).getReader()
  return null
}

const nextPiece = async (): Promise<LogPiece> =>
  (await pieces?.read())?.value ?? { reason: 'there is no more of its log' }

const answerTo = (ask: LogAsk): Promise<LogPiece | null> => (ask.call === 'begin' ? begin(ask.asked) : nextPiece())

self.addEventListener('message', ({ ports: [port] }) => {
  if (port === undefined) return
  answerCalls(answerTo, undefined, port)
  port.start()
})
