import { createStorePromise, makeShutdownDeferred, type Store, StoreInternalsSymbol } from '@livestore/livestore'
import { withReactApi } from '@livestore/react'
import { Cause, Deferred, Effect } from 'effect'
import { unstable_batchedUpdates as batchUpdates } from 'react-dom'
import type { StoreKind } from '#schema/stores/store-id.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { adapters } from './adapter.ts'
import type { EncodedFact } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'
import { takeNoRoom } from './hydration/no-room.ts'
import { leftBehind, orphan, strikeOut } from './journal.ts'
import { offerFacts, unheldBy } from './offer-facts.ts'
import { mayWriteTo, rightsLoaded } from './rights.ts'
import { setAside } from './set-aside.ts'
import { fillFilePool, removeStateFiles, replaceEventlogFile, untilReleased } from './shard-files.ts'
import { freeLeaderLock, holdShard } from './shard-lock.ts'
import { forgetSync, learnLocal, untilHeadAhead, watchSync } from './sync-status.ts'

/** Milliseconds; as long as the pool waits. */
const openTimeout = 30_000

const cleanups = new WeakMap<EngineStore, () => Promise<void>>()

/** Opens LiveStore on one store, with everything around it that LiveStore leaves to us. */
export const openEngine = async (
  kind: StoreKind,
  storeId: string,
  onDeath: (cause: unknown) => void,
): Promise<EngineStore> => {
  const noRoom = takeNoRoom(storeId)
  if (noRoom !== undefined) throw noRoom
  const release = await holdShard(storeId)
  try {
    await rightsLoaded
    const death = Promise.withResolvers<never>()
    death.promise.catch(() => undefined) // nobody may be waiting
    const store = await openUnbroken(kind, storeId, (cause) => {
      orphan(storeId)
      release() // a store that died by itself is closed by nobody
      death.reject(cause)
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
    replayJournal(storeId, store, death.promise).catch(() => {
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

/** Opens the store, mended first when a crash left its log or its state half made. */
const openUnbroken = async (kind: StoreKind, storeId: string, onDeath: (cause: unknown) => void) => {
  const opened = await openOnce(kind, storeId, onDeath)
  if (opened === 'headAhead') await setHeadBack(storeId)
  else {
    const { leader } = await opened.store._dev.syncStates()
    watchSync(storeId, leader.upstreamHead.global)
    if (hasItsTables(opened.store) && stateHeadOf(opened.store) <= leader.localHead.global) return opened.store
    await opened.giveUp()
    await removeStateFiles(storeId)
  }
  const again = await openOnce(kind, storeId, onDeath)
  if (again === 'headAhead') throw new Error('The log on this device is broken.')
  return again.store
}

/** Sets the head of a log back to its last event. When the log cannot be mended so, a person decides. */
const setHeadBack = async (storeId: string) => {
  await freeLeaderLock(storeId)
  await untilReleased(storeId)
  const { withHeadSetBack } = await import('./eventlog.ts')
  if (!(await replaceEventlogFile(storeId, withHeadSetBack))) throw new Error('The log on this device is broken.')
}

const openOnce = async (kind: StoreKind, storeId: string, onDeath: (cause: unknown) => void) => {
  await fillFilePool(storeId)
  const shutdownDeferred = await Effect.runPromise(makeShutdownDeferred)
  // A boot that hangs is ended with its worker, or it would keep the files from whoever tries again.
  const hung = new AbortController()
  const timer = setTimeout(() => {
    hung.abort()
    void freeLeaderLock(storeId)
  }, openTimeout)
  const options = {
    adapter: adapters[kind],
    storeId,
    batchUpdates,
    disableDevtools: true,
    confirmUnsavedChanges: false, // the journal keeps what the leader does not have yet
    shutdownDeferred,
    signal: hung.signal,
  }
  const headAhead = untilHeadAhead(storeId)
  const opened = await Promise.race([
    kind === 'persona'
      ? personaStore().then(({ personaSchema }) => createStorePromise({ ...options, schema: personaSchema }))
      : createStorePromise({ ...options, schema: workspaceSchema }),
    headAhead.told,
  ]).finally(() => {
    clearTimeout(timer)
    headAhead.stop()
  })
  if (opened === 'headAhead') {
    hung.abort()
    return opened
  }
  let isGivenUp = false
  void Effect.runPromiseExit(Deferred.await(shutdownDeferred)).then((exit) => {
    if (!isGivenUp) onDeath(exit._tag === 'Failure' ? Cause.squash(exit.cause) : exit.value)
  })
  // Both kinds are stores of their own schema; the pool holds them side by side.
  const store = withReactApi(opened as unknown as Store) as unknown as EngineStore
  return {
    store,
    giveUp: async () => {
      isGivenUp = true
      await store.shutdownPromise()
      await untilReleased(storeId)
    },
  }
}

/** The first page opens the workspace alone: the model of personas comes with the first of them. */
const personaStore = () => import('#schema/stores/persona-store.ts')

/** LiveStore makes its own tables first and takes a state that has them for whole, also when ours were never made. */
const hasItsTables = (store: EngineStore) => {
  const rows = store.query<{ name: string }[]>({ query: 'select name from sqlite_master', bindValues: [] })
  const present = new Set(rows.map(({ name }) => name))
  return [...store.schema.state.sqlite.tables.keys()].every((table) => present.has(table))
}

/** The last event the state knows. A crash between LiveStore's two commits leaves it ahead of the log. */
const stateHeadOf = (store: EngineStore) =>
  store[StoreInternalsSymbol].clientSession.leaderThread.initialState.leaderHead.global

const replayJournal = async (storeId: string, store: EngineStore, death: Promise<never>) => {
  await navigator.locks.request(`pjai-journal-${storeId}`, async () => {
    const { facts, settle } = await leftBehind(storeId)
    // A dead store answers nothing: whoever waited for it would keep the next one from trying.
    if (facts.length > 0) await Promise.race([offerOrSetAside(storeId, store, facts), death])
    await untilSaved(store, death)
    await settle()
  })
}

/** What the log holds, though the server may refuse it, is set aside with the rest of the log. */
const offerOrSetAside = async (storeId: string, store: EngineStore, facts: readonly EncodedFact[]) => {
  if (mayWriteTo(storeId)) await offerFacts(store, facts)
  else await setAside(storeId, 'You may only read this persona.', await unheldBy(store, facts))
}

/** Resolves when the leader has all that was committed; rejects when the store dies before that. */
const untilSaved = async (store: EngineStore, death: Promise<never>) => {
  const turn = () => new Promise((resume) => setTimeout(resume, 20))
  while (store.syncStatus().pendingCount > 0) await Promise.race([turn(), death])
}

/** `e12.3` is the third event of this device alone after the twelfth event of the log. */
export const eventsUpTo = (head: string) => Number.parseInt(head.slice(1), 10)
