// The engine without the app: a page that gives tests its hands on what `web/livestore` offers.
import { liveStoreStorageFormatVersion } from '@livestore/common'
import { StoreInternalsSymbol } from '@livestore/livestore'
import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect } from 'effect'
import {
  addMemory,
  forgetMemories,
  restoreMemories,
  reviseMemory,
  tagMemories,
  untagMemories,
} from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { memoryById$, memoryCount$, memoryPage$ } from '#schema/memories/queries.ts'
import { randomFrom } from '#schema/shared/random.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import { personaStoreTables } from '#schema/stores/persona-store.ts'
import { stateHash } from '#schema/stores/state-hash.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { sentenceOf } from '#web/livestore/causes.ts'
import { getAll, put } from '#web/livestore/device-db.ts'
import { execute, executeMany } from '#web/livestore/execute.ts'
import { preparationOf } from '#web/livestore/hydration/preparations.ts'
import { turns } from '#web/livestore/hydration/turns.ts'
import { untilJournaled } from '#web/livestore/journal.ts'
import { keepWorkspaceKeys } from '#web/livestore/keyring.ts'
import * as recovery from '#web/livestore/recovery.ts'
import { newId, session, stampNow } from '#web/livestore/session.ts'
import { standingOf, untilReleased } from '#web/livestore/shard-files.ts'
import { openPersona as openPersonaStore, openWorkspace, personaStoreId, pool } from '#web/livestore/stores.ts'
import { syncStatusOf } from '#web/livestore/sync-status.ts'
import { openStoreHistory, verifyState } from '#web/services/history/history.ts'
import { makeSnapshot } from '#web/services/snapshots/make-snapshot.ts'

/** All devices of a test are one person's. */
const holdSecret = async () => {
  if ((await getAll('keyrings')).length > 0) return
  await keepWorkspaceKeys(session.workspaceId, { secrets: [new Uint8Array(32).fill(7)], changes: [] })
}
const secretHeld = holdSecret()

const openPersona = async (personaId: string) => {
  await secretHeld
  return openPersonaStore(personaId)
}

const remember = async (personaId: string, content: string) =>
  execute(
    await openPersona(personaId),
    addMemory(
      personaId,
      newId(),
      { content, importance: 0.5, kind: 'fact', tags: ['test'], occurredAt: new Date(0) },
      stampNow(),
    ),
  )

/** Facts that meet: few ids, every kind of change, the same ones for the same seed. */
const scribble = async (personaId: string, seed: number, count: number) => {
  const store = await openPersona(personaId)
  const random = randomFrom(seed)
  const pick = <A>(items: readonly A[]) => items[Math.floor(random() * items.length)] as A // never empty
  const ids = ['a', 'b', 'c', 'd']
  const memoryOf = (memoryId: string) => store.query(memoryById$(memoryId))
  const draft = () => ({
    content: `text ${Math.floor(random() * 1e6)}`,
    importance: Math.round(random() * 100) / 100,
    kind: pick(['fact', 'lore']),
    tags: [pick(['x', 'y', 'z'])],
    occurredAt: new Date(Math.floor(random() * 1e12)),
  })
  for (let i = 0; i < count; i++) {
    const id = pick(ids)
    const stamp = stampNow()
    const acts = [
      () => addMemory(personaId, id, draft(), stamp),
      () => {
        const memory = memoryOf(id)
        return reviseMemory(memory && { ...memory, content: '', tags: [] }, draft(), stamp)
      },
      () => forgetMemories(personaId, [id, pick(ids)], newId(), stamp),
      () => restoreMemories(personaId, [id], newId(), stamp),
      () => tagMemories(personaId, [id, pick(ids)], pick(['x', 'y', 'z']), newId(), stamp),
      () => untagMemories(personaId, [id], pick(['x', 'y', 'z']), newId(), stamp),
    ]
    execute(store, pick(acts)())
  }
}

/** So many memories, in batches. */
const rememberMany = async (personaId: string, count: number) => {
  const store = await openPersona(personaId)
  const stamp = stampNow()
  for (let from = 0; from < count; from += 250) {
    const drafts = Array.from({ length: Math.min(250, count - from) }, (_, index) => ({
      content: `Memory ${from + index}`,
      importance: 0.5,
      kind: 'fact',
      tags: ['many'],
      occurredAt: new Date(0),
    }))
    const added = drafts.map((draft) =>
      memoryEvents.memoryAdded({
        ...draft,
        memoryId: newId(),
        personaId,
        sourceEventIds: [],
        addedAt: stamp.at,
        actorId: stamp.actorId,
        deviceId: stamp.deviceId,
      }),
    )
    store.commit(...added)
    await new Promise((resume) => setTimeout(resume))
  }
}

/** So many memories in one act. Resolves when the first of them are on screen. */
const rememberAtOnce = async (personaId: string, count: number) => {
  const store = await openPersona(personaId)
  const draft = { importance: 0.5, kind: 'fact', tags: ['many'], occurredAt: new Date(0) }
  const added = Array.from({ length: count }, (_, index) =>
    addMemory(personaId, newId(), { ...draft, content: `One of many: ${index}` }, stampNow()),
  )
  void executeMany(
    store,
    added.flatMap((fact) => (fact instanceof Error ? [] : [fact])),
  )
  while (store.query(memoryCount$({})) === 0) await new Promise((resume) => setTimeout(resume))
}

/** As the summary of another device tells it. */
const knowHead = async (personaId: string, head: number) => {
  await secretHeld
  const workspace = await openWorkspace()
  const { at, actorId, deviceId } = stampNow()
  workspace.commit(
    workspaceEvents.personaSummarized({
      personaId,
      head,
      name: personaId,
      hue: 0,
      avatar: null,
      archivedAt: null,
      memories: head,
      conversations: 0,
      messages: 0,
      lastActivityAt: at,
      activity: [],
      erasures: 0,
      summarizedAt: at,
      actorId,
      deviceId,
    }),
  )
}

/** Closes a store as an older version left it. */
const outdate = async (personaId: string) => {
  const storeId = personaStoreId(personaId)
  const events = syncStatusOf(storeId)?.events ?? 0
  await pool.close(storeId)
  await put('shards', { storeId, revision: 0, openedAt: new Date(), events, waiting: 0 })
}

/** Every row that the leader has on disk, in both databases, in the order of SQLite. */
const rowsOnDisk = async (personaId: string) => {
  const { leaderThread } = (await openPersona(personaId))[StoreInternalsSymbol].clientSession
  const openDatabase = wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())
  const rowsIn = (bytes: Uint8Array) => {
    const db = openDatabase(bytes)
    const tables = db.all("select name from sqlite_master where type = 'table' order by name")
    const rows = tables.map(({ name }) => [
      name,
      db.all(`select * from "${String(name)}" order by 1`).map((row) => JSON.stringify(row)),
    ])
    db.close()
    return Object.fromEntries(rows) as Record<string, string[]> // its names and its rows
  }
  return {
    eventlog: rowsIn(await Effect.runPromise(leaderThread.getEventlogData)),
    state: rowsIn(await Effect.runPromise(leaderThread.export)),
  }
}

/** Gives its events, or why there is none. */
const leaveSnapshot = async (personaId: string) => {
  const { signal } = new AbortController()
  const failure = await makeSnapshot(await openWorkspace(), personaId, { signal, onProgress: () => undefined })
  return failure?.message ?? knownSnapshot(personaId)
}

/** When it was made, and of how many events. */
const knownSnapshot = async (personaId: string) => {
  await secretHeld
  const snapshot = (await openWorkspace()).query(snapshotOf$(personaId))
  return snapshot === null ? null : `${snapshot.madeAt.toISOString()} ${snapshot.seq}`
}

const firstEvents = async (personaId: string, count: number) => {
  const { overview, close } = await openStoreHistory(personaStoreId(personaId))
  close()
  return overview.numbers.slice(0, count)
}

const hashOf = (select: (sql: string) => readonly Record<string, unknown>[]) =>
  stateHash(
    Object.values(personaStoreTables).map(({ sqliteDef }) => sqliteDef.name),
    select,
  )

/** The hash of what the leader holds, which a reload would show. */
const leaderHash = async (personaId: string) => {
  const store = await openPersona(personaId)
  const bytes = await Effect.runPromise(store[StoreInternalsSymbol].clientSession.leaderThread.export)
  const makeDb = sqliteDbFactory({ sqlite3: await loadSqlite3Wasm() })
  const db = await Effect.runPromise(makeDb({ _tag: 'in-memory' }))
  db.import(bytes)
  return hashOf((sql) => db.select(sql))
}

/** Runs SQL on a closed store's database, as a crash or a broken disk would change it. */
const tamper = async (personaId: string, path: string, sql: string) => {
  const storeId = personaStoreId(personaId)
  await pool.close(storeId)
  await untilReleased(storeId)
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(`livestore-${storeId}@${liveStoreStorageFormatVersion}`)
  const makeDb = sqliteDbFactory({ sqlite3: await loadSqlite3Wasm() })
  for await (const handle of folder.values()) {
    if (!(handle instanceof FileSystemFileHandle)) continue
    const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
    const found = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))
    if (!found.startsWith(path) || !found.endsWith('.db')) continue // beside a database stands its journal, empty
    const db = await Effect.runPromise(makeDb({ _tag: 'in-memory' }))
    db.import(bytes.slice(4096))
    for (const statement of sql.split(';')) db.execute(statement)
    const changed = await handle.createWritable({ keepExistingData: true })
    await changed.truncate(4096)
    await changed.write({ type: 'write', position: 4096, data: db.export() })
    await changed.close()
  }
}

/** Leaves a store never opened as a tab closed in its first moment leaves it: with `count` files of its pool. */
const beginFilePool = async (personaId: string, count: number) => {
  const root = await navigator.storage.getDirectory()
  const name = `livestore-${personaStoreId(personaId)}@${liveStoreStorageFormatVersion}`
  const folder = await root.getDirectoryHandle(name, { create: true })
  for (let file = 0; file < count; file++) await folder.getFileHandle(`begun-${file}`, { create: true })
}

const engine = {
  /** How many facts a test saw go in. */
  written: 0,
  sentenceOf,
  session,
  execute,
  tamper,
  beginFilePool,
  rememberMany,
  rememberAtOnce,
  knowHead,
  outdate,
  leaveSnapshot,
  knownSnapshot,
  firstEvents,
  rowsOnDisk,
  preparation: (personaId: string) => preparationOf(personaStoreId(personaId)),
  goFirst: (personaId: string) => turns.goFirst(personaStoreId(personaId)),
  standing: (personaId: string) => standingOf(personaStoreId(personaId)),
  scribble,
  leaderHash,
  pool,
  recovery,
  openStoreHistory,
  verifyState,
  openPersona,
  personaStoreId,
  remember,
  untilJournaled: (personaId: string) => untilJournaled(personaStoreId(personaId)),
  status: (personaId: string) => syncStatusOf(personaStoreId(personaId)),
  count: async (personaId: string) => (await openPersona(personaId)).query(memoryCount$({})),
  contents: async (personaId: string) =>
    (await openPersona(personaId))
      .query(memoryPage$({}, { sort: 'addedAt', direction: 'asc', offset: 0, limit: 200 }))
      .map(({ preview }) => preview),
  hash: async (personaId: string) => {
    const store = await openPersona(personaId)
    return hashOf((query) => store.query({ query, bindValues: [] }))
  },
}

export type Engine = typeof engine

Object.assign(globalThis, { engine })
