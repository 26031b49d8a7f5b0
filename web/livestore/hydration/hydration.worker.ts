import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { openHydration, stateOfLog } from '#schema/stores/hydration.ts'
import { eventlogPath, formatMismatch, statePath } from '#schema/stores/livestore-format.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { readRestingEventlog } from '#web/livestore/shard-files.ts'
import { answerCalls, callsTo, tell } from '#web/services/worker-calls.ts'
import type {
  Hydrated,
  HydrationAsk,
  HydrationCalls,
  HydrationNotice,
  LogAsked,
  NotHydrated,
} from './hydration-protocol.ts'
import LogWorker from './log.worker.ts?worker'
import type { LogCalls } from './log-pieces.ts'
import { addDatabase, writeNewStore } from './opfs-files.ts'

// Writes LiveStore's files of a store that nobody has open: the page holds its lock.

const answerTo = async (ask: HydrationAsk): Promise<Hydrated | NotHydrated> => {
  const mismatch = formatMismatch()
  if (mismatch !== undefined) return { reason: mismatch }
  return ask.call === 'hydrate' ? hydrate(ask.asked) : remakeState(ask.asked)
}

const hydrate = async (asked: LogAsked): Promise<Hydrated | NotHydrated> => {
  const { storeId } = asked
  const log = callsTo<LogCalls, never>(
    new LogWorker(),
    'The part of the page that reads logs could not be loaded.',
    () => undefined,
  )
  const schema = schemaOf(storeId)
  const hydration = openHydration({ schema, openDatabase: await databases(), now: new Date() })
  try {
    for (let coming = log.call('piece', asked); ; ) {
      const piece = await coming
      if ('reason' in piece) return piece
      if ('verified' in piece) {
        const { verified } = piece
        const { eventlog, state } = hydration.finish(verified.start.logId)
        await writeNewStore(storeId, [
          { path: eventlogPath, bytes: eventlog },
          { path: statePath(schema), bytes: state },
        ])
        return { events: verified.seq, verified }
      }
      coming = log.call('piece', asked)
      const refused = hydration.add(piece.events)
      if (refused !== undefined) return { reason: refused.message }
      tell<HydrationNotice>({ done: piece.events.at(-1)?.seqNum ?? 0, of: piece.of })
    }
  } finally {
    log.end()
    hydration.close()
  }
}

const remakeState = async ({ storeId }: HydrationCalls['remakeState'][0]): Promise<Hydrated | NotHydrated> => {
  const eventlog = await readRestingEventlog(storeId)
  if (eventlog === undefined) return { reason: 'its log is not at rest' }
  const schema = schemaOf(storeId)
  const making = { schema, openDatabase: await databases(), now: new Date() }
  const made = stateOfLog(making, eventlog, (done, of) => tell<HydrationNotice>({ done, of }))
  if (made === undefined) return { reason: 'some of its events are not with the server yet' }
  if (made instanceof Error) return { reason: made.message }
  await addDatabase(storeId, { path: statePath(schema), bytes: made })
  return { events: 0, verified: undefined }
}

const schemaOf = (storeId: string) => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  return name.kind === 'workspace' ? workspaceSchema : personaSchema
}

const databases = async () => wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())

answerCalls(answerTo)
