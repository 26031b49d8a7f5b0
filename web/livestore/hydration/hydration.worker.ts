import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { openHydration, stateOfLog } from '#schema/stores/hydration.ts'
import { eventlogPath, formatMismatch, statePath } from '#schema/stores/livestore-format.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { readOnce, remoteKeyTable } from '#sealing/key-table.ts'
import { readRestingEventlog } from '#web/livestore/shard-files.ts'
import { answerCalls, tell } from '#web/services/worker-calls.ts'
import { fetchSnapshotOf } from './fetch-snapshot.ts'
import { hydrateFromSnapshot } from './from-snapshot.ts'
import { makeGate } from './gate.ts'
import type {
  Evidence,
  Hydrated,
  HydrationAsk,
  HydrationNotice,
  HydrationTurn,
  LogAsked,
  NotHydrated,
  TakenSnapshot,
} from './hydration-protocol.ts'
import { addDatabase, writeNewStore } from './opfs-files.ts'
import { type ReadLog, readLogOf, type TakeLog } from './read-log.ts'
import { type Surroundings, takeSnapshot } from './take-snapshot.ts'

// Writes LiveStore's files of a store that nobody has open: the page holds its lock. Or takes a snapshot of one, for others.

const answerTo = async (
  ask: HydrationAsk,
  ports: readonly MessagePort[],
): Promise<Hydrated | TakenSnapshot | NotHydrated> => {
  const mismatch = formatMismatch()
  if (mismatch !== undefined) return { reason: mismatch }
  switch (ask.call) {
    case 'hydrate':
      return hydrate(ask.asked, logIn(ports))
    case 'remakeState':
      return remakeState(ask.asked.storeId)
    case 'takeSnapshot':
      return reasoned(await takeSnapshotOf(ask.asked, logIn(ports)))
  }
}

const logIn = ([port]: readonly MessagePort[]): MessagePort => {
  if (port === undefined) throw new Error('Nobody reads the log.') // our bug
  return port
}

const hydrate = async (evidence: Evidence, port: MessagePort): Promise<Hydrated | NotHydrated> => {
  const { storeId, snapshot } = evidence
  const readLog = readLogOf(evidence, port, tellProgress, gate.untilTurn)
  const takeAll = snapshot === null ? readLog(undefined) : undefined // at once, while SQLite is loaded
  const surroundings = await surroundingsOf(storeId, readLog)
  const made =
    (await fromSnapshot(evidence, surroundings)) ?? (await fromLog(surroundings, takeAll ?? readLog(undefined)))
  if (made === 'short') return { reason: null }
  if (made instanceof Error) return { reason: made.message }
  const { eventlog, state, verified } = made
  const notWritten = await writeNewStore(storeId, [
    { path: eventlogPath, bytes: eventlog },
    { path: statePath(surroundings.schema), bytes: state },
  ])
  return notWritten ?? { events: verified.seq, verified }
}

/** Undefined when there is none, or none of use. */
const fromSnapshot = async ({ storeId, snapshot }: Evidence, surroundings: Surroundings) => {
  if (snapshot === null) return undefined
  const table = readOnce(remoteKeyTable(self.location.origin, storeId))
  const fetchFile = fetchSnapshotOf(storeId, snapshot, table, gate.untilTurn)
  const made = await hydrateFromSnapshot(storeId, snapshot, { ...surroundings, table }, fetchFile).catch(asError)
  if (!(made instanceof Error)) return made
  console.warn(`${storeId} is read from its first event, its snapshot is not used: ${made.message}`)
  return undefined
}

const fromLog = async (surroundings: Surroundings, take: TakeLog) => {
  const hydration = openHydration(surroundings)
  try {
    const verified = await take(hydration.add)
    if (verified === 'short' || verified instanceof Error) return verified
    return { ...hydration.finish(verified.start.logId), verified }
  } finally {
    hydration.close()
  }
}

const takeSnapshotOf = async (asked: LogAsked, port: MessagePort) => {
  const readLog = readLogOf(asked, port, tellProgress, gate.untilTurn)
  return takeSnapshot(asked.storeId, await surroundingsOf(asked.storeId, readLog))
}

const remakeState = async (storeId: string): Promise<Hydrated | NotHydrated> => {
  const eventlog = await readRestingEventlog(storeId)
  if (eventlog === undefined) return { reason: 'its log is not at rest' }
  const making = await makingOf(storeId)
  await gate.untilTurn()
  const made = stateOfLog(making, eventlog, tellProgress)
  if (made === undefined) return { reason: 'some of its events are not with the server yet' }
  if (made instanceof Error) return { reason: made.message }
  const notWritten = await addDatabase(storeId, { path: statePath(making.schema), bytes: made })
  return notWritten ?? { events: 0, verified: undefined }
}

const surroundingsOf = async (storeId: string, readLog: ReadLog): Promise<Surroundings> => ({
  ...(await makingOf(storeId)),
  table: remoteKeyTable(self.location.origin, storeId),
  readLog,
  onProgress: tellProgress,
})

const makingOf = async (storeId: string) => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  const openDatabase = wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())
  return { schema: name.kind === 'workspace' ? workspaceSchema : personaSchema, openDatabase, now: new Date() }
}

const tellProgress = (done: number, of: number) => tell<HydrationNotice>({ done, of })

const reasoned = (made: TakenSnapshot | Error): TakenSnapshot | NotHydrated =>
  made instanceof Error ? { reason: made.message } : made

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const gate = makeGate()

answerCalls<HydrationAsk, HydrationTurn>(answerTo, gate.hear)
