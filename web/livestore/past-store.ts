import { type Adapter, type ClientSession, type LockStatus, SyncState } from '@livestore/common'
import { EventSequenceNumber } from '@livestore/common/schema'
import { createStorePromise, type LiveStoreSchema, type Store, StoreInternalsSymbol } from '@livestore/livestore'
import { withReactApi } from '@livestore/react'
import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Subscribable } from '@livestore/utils/effect'
import { Effect, Stream, SubscriptionRef } from 'effect'
import { unstable_batchedUpdates as batchUpdates } from 'react-dom'
import type { Reactive } from './engine-store.ts'
import { markAsPast } from './past.ts'

/**
 * A LiveStore whose state is put in from outside: it has no log, no leader, no worker and no network, and whatever reads
 * a store reads this one as well.
 *
 *     file of the state after event n ──► show ──► SQLite of its own, in memory ──► every live query is asked again
 */
export interface PastStore<S extends LiveStoreSchema> {
  readonly store: Reactive<Store<S>>
  /** Puts another state in place of the one that is shown. `file` is as SQLite writes it, with the tables of the schema. */
  readonly show: (file: Uint8Array<ArrayBuffer>) => void
  /** Lets go of the memory. */
  readonly close: () => Promise<void>
}

export const makePastStore = async <S extends LiveStoreSchema>(
  schema: S,
  storeId: string,
  file: Uint8Array<ArrayBuffer>,
): Promise<PastStore<S>> => {
  const made = await createStorePromise({
    schema,
    adapter: readingAdapter(file),
    storeId: `past_${storeId}`, // LiveStore keeps one of each id at hand
    batchUpdates,
    disableDevtools: true,
    confirmUnsavedChanges: false, // there are none
  })
  markAsPast(made)
  const { sqliteDbWrapper, tableRefs, reactivityGraph } = made[StoreInternalsSymbol]
  return {
    store: withReactApi(made),
    show: (next) => {
      sqliteDbWrapper.import(next)
      // Its answers are kept by statement: what all of them were read from has changed.
      sqliteDbWrapper.cachedExecute('select 1', undefined, { writeTables: new Set(Object.keys(tableRefs)) })
      reactivityGraph.setRefs(Object.values(tableRefs).map((ref) => [ref, null]))
    },
    close: () => made.shutdownPromise(),
  }
}

/** SQLite of its own: its memory goes with the past, while that of the living stores would never shrink again. */
const readingAdapter =
  (file: Uint8Array<ArrayBuffer>): Adapter =>
  ({ shutdown, debugInstanceId }) =>
    Effect.gen(function* () {
      const sqlite3 = yield* Effect.promise(() => loadSqlite3Wasm())
      const sqliteDb = yield* sqliteDbFactory({ sqlite3 })({ _tag: 'in-memory' }).pipe(Effect.orDie)
      sqliteDb.import(file)
      yield* Effect.addFinalizer(() => Effect.sync(() => sqliteDb.close()))
      const session: ClientSession = {
        sqliteDb,
        leaderThread: noLeader,
        devtools: { enabled: false },
        lockStatus: yield* SubscriptionRef.make<LockStatus>('no-lock'),
        clientId: 'past',
        sessionId: 'past',
        shutdown,
        debugInstanceId,
      }
      return session
    })

const root = EventSequenceNumber.Client.ROOT

/** What never changes, as Effect subscribes to it. */
const always = <A>(value: A) => Subscribable.make({ get: Effect.succeed(value), changes: Stream.make(value) })

/** Never tells of an event, and takes none. */
const noLeader: ClientSession['leaderThread'] = {
  events: {
    pull: () => Stream.never,
    push: () => Effect.dieMessage('The past takes no events.'),
    stream: () => Stream.empty,
  },
  initialState: { leaderHead: root, migrationsReport: { migrations: [] }, storageMode: 'in-memory' },
  export: Effect.succeed(new Uint8Array()),
  getEventlogData: Effect.succeed(new Uint8Array()),
  syncState: always(new SyncState.SyncState({ pending: [], upstreamHead: root, localHead: root })),
  sendDevtoolsMessage: () => Effect.void,
  networkStatus: always({ isConnected: false, timestampMs: 0, devtools: { latchClosed: false } }),
}
