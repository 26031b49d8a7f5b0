import { createStorePromise, makeShutdownDeferred, StoreInternalsSymbol } from '@livestore/livestore'
import { withReactApi } from '@livestore/react'
import { Cause, Deferred, Effect } from 'effect'
import { unstable_batchedUpdates as batchUpdates } from 'react-dom'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { StoreKind } from '#schema/stores/store-id.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { adapters } from './adapter.ts'
import type { EngineStore } from './engine-store.ts'
import { leftBehind, orphan, strikeOut } from './journal.ts'
import { offerFacts } from './offer-facts.ts'
import { removeStateFiles, untilReleased } from './shard-files.ts'
import { holdShard } from './shard-lock.ts'
import { forgetSync, learnLocal, watchSync } from './sync-status.ts'

const cleanups = new WeakMap<EngineStore, () => Promise<void>>()

/** Opens LiveStore on one store, with everything around it that LiveStore leaves to us. */
export const openEngine = async (
  kind: StoreKind,
  storeId: string,
  onDeath: (cause: unknown) => void,
): Promise<EngineStore> => {
  const release = await holdShard(storeId)
  try {
    const store = await openUnbroken(kind, storeId, (cause) => {
      orphan(storeId)
      release() // a store that died by itself is closed by nobody
      onDeath(cause)
    })
    cleanups.set(store, async () => {
      orphan(storeId)
      forgetSync(storeId)
      release()
    })
    store.subscribeSyncStatus(({ localHead, pendingCount }) => {
      learnLocal(storeId, eventsUpTo(localHead), pendingCount)
      if (pendingCount === 0) void strikeOut(storeId)
    })
    replayJournal(storeId, store).catch(() => {
      // The store died; what was left behind still is, for the next opening.
    })
    return store
  } catch (error) {
    release()
    throw error
  }
}

export const closeEngine = async (store: EngineStore) => {
  await store.shutdownPromise().catch(() => {
    // It shut down by itself.
  })
  await cleanups.get(store)?.()
}

/** Opens the store, and once more on a state made anew when a crash left it half made or ahead of its log. */
const openUnbroken = async (kind: StoreKind, storeId: string, onDeath: (cause: unknown) => void) => {
  let isGivenUp = false
  const store = await openOnce(kind, storeId, (cause) => {
    if (!isGivenUp) onDeath(cause)
  })
  const { leader } = await store._dev.syncStates()
  watchSync(storeId, leader.upstreamHead.global)
  if (hasItsTables(store) && stateHeadOf(store) <= leader.localHead.global) return store
  isGivenUp = true
  await store.shutdownPromise()
  await untilReleased(storeId)
  await removeStateFiles(storeId)
  return openOnce(kind, storeId, onDeath)
}

const openOnce = async (kind: StoreKind, storeId: string, onDeath: (cause: unknown) => void): Promise<EngineStore> => {
  const shutdownDeferred = await Effect.runPromise(makeShutdownDeferred)
  const options = {
    adapter: adapters[kind],
    storeId,
    batchUpdates,
    disableDevtools: true,
    confirmUnsavedChanges: false, // the journal keeps what the leader does not have yet
    shutdownDeferred,
  }
  const store =
    kind === 'persona'
      ? withReactApi(await createStorePromise({ ...options, schema: personaSchema }))
      : withReactApi(await createStorePromise({ ...options, schema: workspaceSchema }))
  void Effect.runPromiseExit(Deferred.await(shutdownDeferred)).then((exit) =>
    onDeath(exit._tag === 'Failure' ? Cause.squash(exit.cause) : exit.value),
  )
  return store
}

/** LiveStore makes its own tables first and takes a state that has them for whole, also when ours were never made. */
const hasItsTables = (store: EngineStore) => {
  const rows = store.query<{ name: string }[]>({ query: 'select name from sqlite_master', bindValues: [] })
  const present = new Set(rows.map(({ name }) => name))
  return [...store.schema.state.sqlite.tables.keys()].every((table) => present.has(table))
}

/** The last event the state knows. A crash between LiveStore's two commits leaves it ahead of the log. */
const stateHeadOf = (store: EngineStore) =>
  store[StoreInternalsSymbol].clientSession.leaderThread.initialState.leaderHead.global

const replayJournal = async (storeId: string, store: EngineStore) => {
  await navigator.locks.request(`pjai-journal-${storeId}`, async () => {
    const { facts, settle } = await leftBehind(storeId)
    if (facts.length > 0) await offerFacts(store, facts)
    await untilSaved(store)
    await settle()
  })
}

/** Resolves when the leader has all that was committed; rejects when the store dies before that. */
const untilSaved = async (store: EngineStore) => {
  while (store.syncStatus().pendingCount > 0) await new Promise((resume) => setTimeout(resume, 20))
}

/** `e12.3` is the third event of this device alone after the twelfth event of the log. */
const eventsUpTo = (head: string) => Number.parseInt(head.slice(1), 10)
