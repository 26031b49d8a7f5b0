import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { type Images, openHydration, stateOfLog } from '#schema/stores/hydration.ts'
import { eventlogPath, formatMismatch, statePath } from '#schema/stores/livestore-format.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { readRestingEventlog } from '#web/livestore/shard-files.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { answerCalls, tell } from '#web/services/worker-calls.ts'
import { fewestEvents } from './due.ts'
import { fetchPageOf } from './fetch-page.ts'
import { fetchSnapshotOf } from './fetch-snapshot.ts'
import { hydrateFromSnapshot } from './from-snapshot.ts'
import type {
  Evidence,
  Hydrated,
  HydrationAsk,
  HydrationNotice,
  NotHydrated,
  TakenSnapshot,
} from './hydration-protocol.ts'
import { addDatabase, writeNewStore } from './opfs-files.ts'
import { readServerLog } from './server-log.ts'
import { type Surroundings, takeSnapshot } from './take-snapshot.ts'

// Writes LiveStore's files of a store that nobody has open: the page holds its lock. Or a snapshot of one, for others.

const answerTo = async (ask: HydrationAsk): Promise<Hydrated | TakenSnapshot | NotHydrated> => {
  const mismatch = formatMismatch()
  if (mismatch !== undefined) return { reason: mismatch }
  switch (ask.call) {
    case 'hydrate':
      return hydrate(ask.asked)
    case 'remakeState':
      return remakeState(ask.asked.storeId)
    case 'takeSnapshot':
      return reasoned(await takeSnapshot(ask.asked, await surroundingsOf(ask.asked.storeId)))
  }
}

const hydrate = async (evidence: Evidence): Promise<Hydrated | NotHydrated> => {
  const { storeId } = evidence
  const surroundings = await surroundingsOf(storeId)
  const made = (await fromSnapshot(evidence, surroundings)) ?? (await fromLog(evidence, surroundings))
  if (made === 'short') return { reason: null }
  if (made instanceof Error) return { reason: made.message }
  await writeNewStore(storeId, [
    { path: eventlogPath, bytes: made.eventlog },
    { path: statePath(surroundings.schema), bytes: made.state },
  ])
  return { events: made.verified.seq, verified: made.verified }
}

/** Undefined when there is none, or none of use. */
const fromSnapshot = async ({ storeId, snapshot, anchors }: Evidence, surroundings: Surroundings) => {
  if (snapshot === null) return undefined
  const fetchFile = fetchSnapshotOf(storeId, snapshot)
  const made = await hydrateFromSnapshot({ storeId, snapshot, anchors }, surroundings, fetchFile).catch(asError)
  if (!(made instanceof Error)) return made
  console.warn(`${storeId} is read from its first event, its snapshot is not used: ${made.message}`)
  return undefined
}

const fromLog = async ({ storeId, known, anchors }: Evidence, surroundings: Surroundings) => {
  const { makeKeys, readPage, onProgress } = surroundings
  const hydration = openHydration(surroundings)
  try {
    const verified = await readServerLog({
      storeId,
      keys: await makeKeys(),
      readPage,
      witness: { known, anchors },
      fewest: fewestEvents,
      take: hydration.add,
      onProgress,
    })
    if (verified === 'short' || verified instanceof Error) return verified
    const images: Images = hydration.finish(verified.start.logId)
    return { ...images, verified }
  } finally {
    hydration.close()
  }
}

const remakeState = async (storeId: string): Promise<Hydrated | NotHydrated> => {
  const eventlog = await readRestingEventlog(storeId)
  if (eventlog === undefined) return { reason: 'its log is not at rest' }
  const { onProgress, ...making } = await surroundingsOf(storeId)
  const made = stateOfLog(making, eventlog, onProgress)
  if (made === undefined) return { reason: 'some of its events are not with the server yet' }
  if (made instanceof Error) return { reason: made.message }
  await addDatabase(storeId, { path: statePath(making.schema), bytes: made })
  return { events: 0, verified: undefined }
}

const surroundingsOf = async (storeId: string): Promise<Surroundings> => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  return {
    schema: name.kind === 'workspace' ? workspaceSchema : personaSchema,
    openDatabase: wasmDatabases(await loadSqlite3Wasm(), new TextEncoder()),
    now: new Date(),
    table: remoteKeyTable(self.location.origin, storeId),
    makeKeys: () => makeKeysOf(storeId),
    readPage: fetchPageOf(storeId),
    onProgress: (done, of) => tell<HydrationNotice>({ done, of }),
  }
}

const reasoned = (made: TakenSnapshot | Error): TakenSnapshot | NotHydrated =>
  made instanceof Error ? { reason: made.message } : made

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

answerCalls(answerTo)
