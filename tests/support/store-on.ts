import {
  type Adapter,
  ClientSessionLeaderThreadProxy,
  type LockStatus,
  makeClientSession,
  type SyncOptions,
  UnknownError,
} from '@livestore/common'
import {
  configureConnection,
  LeaderThreadCtx,
  makeLeaderThreadLayer,
  type ShutdownChannel,
  streamEventsWithSyncState,
} from '@livestore/common/leader-thread'
import {
  createStorePromise,
  EventSequenceNumber,
  LiveStoreEvent,
  type LiveStoreSchema,
  type SqliteDb,
  StoreInternalsSymbol,
  SystemTables,
} from '@livestore/livestore'
import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect, FetchHttpClient, Layer, SubscriptionRef, WebChannel } from '@livestore/utils/effect'
import { LogLevel } from 'effect'
import { type Images, openHydration } from '#schema/stores/hydration.ts'
import type { Row } from '#schema/stores/state-hash.ts'
import { logOf } from './log-events.ts'
import { openDatabase } from './replays.ts'
import type { Fact } from './stores.ts'

/**
 * A store of LiveStore that opens on two databases as a reload opens them, or on none: its own leader over SQLite in
 * memory. LiveStore's adapter in memory takes a state only.
 */
export const storeOn = <S extends LiveStoreSchema>(
  schema: S,
  images: Partial<Images>,
  sync: SyncOptions,
  clientId = 'here',
) =>
  createStorePromise({
    schema,
    adapter: adapterOn(images, sync, clientId),
    storeId: 'persona_test',
    disableDevtools: true,
    batchUpdates: (run) => run(),
    logLevel: LogLevel.None,
  })

type OpenStore = Awaited<ReturnType<typeof storeOn<LiveStoreSchema>>>

/** What a store that knows these facts of the server has on disk: hydrated, which takes a fraction of committing them. */
export const imagesWith = (schema: LiveStoreSchema, facts: readonly Fact[]): Images => {
  const hydration = openHydration({ schema, openDatabase, now: new Date(0) })
  const failure = hydration.add(
    logOf(schema, facts).map((event) => ({
      ...event,
      parentSeqNum: event.seqNum - 1,
      clientId: 'here',
      sessionId: 'session',
      receivedAt: 0,
    })),
  )
  if (failure !== undefined) throw failure
  const images = hydration.finish('log-1')
  hydration.close()
  return images
}

/** What its leader would have on disk. */
export const imagesOf = async (store: Pick<OpenStore, typeof StoreInternalsSymbol>): Promise<Images> => {
  const { leaderThread } = store[StoreInternalsSymbol].clientSession
  return {
    state: await Effect.runPromise(leaderThread.export),
    eventlog: await Effect.runPromise(leaderThread.getEventlogData),
  }
}

/** Every row of every table of a database. */
export const rowsOf = (image: Uint8Array) => {
  const db = openDatabase(image)
  const tables = db
    .all("select name from sqlite_master where type = 'table' order by name")
    .map(({ name }) => String(name))
  const rows = tables.map((table) => [table, inOrder(db.all(`select * from "${table}"`))] as const)
  const made = db
    .all('select type, name, sql from sqlite_master order by type, name')
    .map(({ type, name, sql }) => [type, name, String(sql).replaceAll(/\s+/g, ' ')])
  db.close()
  return { tables: Object.fromEntries(rows), made }
}

const inOrder = (rows: readonly Row[]) =>
  rows.toSorted((a, b) => (JSON.stringify(Object.values(a)) < JSON.stringify(Object.values(b)) ? -1 : 1))

const adapterOn =
  ({ state, eventlog }: Partial<Images>, syncOptions: SyncOptions, clientId: string): Adapter =>
  (args) =>
    Effect.gen(function* () {
      const { schema, storeId, shutdown } = args
      const sqlite3 = yield* Effect.promise(() => loadSqlite3Wasm())
      const makeSqliteDb = sqliteDbFactory({ sqlite3 })
      const open = (image: Uint8Array | undefined) =>
        makeSqliteDb({
          _tag: 'in-memory',
          configureDb: (db) => Effect.runSync(configureConnection(db, { foreignKeys: true })),
        }).pipe(
          Effect.tap((db) => {
            if (image !== undefined) db.import(image.slice())
          }),
        )
      const layer = yield* Layer.build(
        makeLeaderThreadLayer({
          schema,
          storeId,
          clientId,
          makeSqliteDb,
          syncOptions,
          dbState: yield* open(state),
          dbEventlog: yield* open(eventlog),
          devtoolsOptions: { enabled: false },
          shutdownChannel: yield* WebChannel.noopChannel<
            typeof ShutdownChannel.All.Type,
            typeof ShutdownChannel.All.Type
          >(),
          syncPayloadEncoded: undefined,
          syncPayloadSchema: undefined,
        }),
      )
      const { leaderThread, snapshot } = yield* proxy.pipe(Effect.provide(layer))
      const sqliteDb = yield* makeSqliteDb({ _tag: 'in-memory' })
      sqliteDb.import(snapshot)
      return yield* makeClientSession({
        ...args,
        sqliteDb,
        clientId,
        sessionId: 'session',
        isLeader: true,
        leaderThread,
        lockStatus: yield* SubscriptionRef.make<LockStatus>('has-lock'),
        shutdown,
        webmeshMode: 'direct',
        origin: undefined,
        connectWebmeshNode: () => Effect.void,
        registerBeforeUnload: () => () => {},
      })
    }).pipe(UnknownError.mapToUnknownError, Effect.provide(FetchHttpClient.layer))

const proxy = Effect.gen(function* () {
  const { dbState, dbEventlog, syncProcessor, initialState, networkStatus } = yield* LeaderThreadCtx
  const leaderThread = ClientSessionLeaderThreadProxy.of({
    events: {
      pull: ({ cursor }) => syncProcessor.pull({ cursor }),
      push: (batch) =>
        syncProcessor.push(
          batch.map((event) => new LiveStoreEvent.Client.EncodedWithMeta(event)),
          { waitForProcessing: true },
        ),
      stream: (options) => streamEventsWithSyncState({ dbEventlog, syncState: syncProcessor.syncState, options }),
    },
    initialState: {
      leaderHead: stateHeadIn(dbState),
      migrationsReport: initialState.migrationsReport,
      storageMode: 'in-memory',
    },
    export: Effect.sync(() => dbState.export()),
    getEventlogData: Effect.sync(() => dbEventlog.export()),
    syncState: syncProcessor.syncState,
    sendDevtoolsMessage: () => Effect.void,
    networkStatus,
  })
  return { leaderThread, snapshot: dbState.export() }
})

/** As a tab reads it (`adapter-web/src/web-worker/client-session/persisted-adapter.ts`). */
const stateHeadIn = (dbState: SqliteDb) => {
  const [last] = dbState.select(
    SystemTables.sessionChangesetMetaTable.orderBy([
      { col: 'seqNumGlobal', direction: 'desc' },
      { col: 'seqNumClient', direction: 'desc' },
    ]),
  )
  if (last === undefined) return EventSequenceNumber.Client.ROOT
  const { seqNumGlobal, seqNumClient, seqNumRebaseGeneration } = last
  return { global: seqNumGlobal, client: seqNumClient, rebaseGeneration: seqNumRebaseGeneration }
}
