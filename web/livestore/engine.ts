import type { StoreKind } from '#schema/stores/store-id.ts'
import { type EncodedFact, get } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'
import { takeNoRoom } from './hydration/no-room.ts'
import { isLeftBehind, leftBehind, orphan, strikeOut } from './journal.ts'
import { offerFacts, unheldBy } from './offer-facts.ts'
import { type Damage, type Led, mend, type Opening, openStore, restingStateOf } from './opening.ts'
import { mayWriteTo, rightsLoaded } from './rights.ts'
import { setAside } from './set-aside.ts'
import { holdShardAfter } from './shard-lock.ts'
import { assumeSync, forgetSync, learnLocal, watchSync } from './sync-status.ts'

const cleanups = new WeakMap<EngineStore, () => Promise<void>>()

/** Opens LiveStore on one store, with everything around it that LiveStore leaves to us. */
export const openEngine = async (
  kind: StoreKind,
  storeId: string,
  onDeath: (cause: unknown) => void,
): Promise<EngineStore> => {
  const noRoom = takeNoRoom(storeId)
  if (noRoom !== undefined) throw noRoom
  const { release, found } = await holdShardAfter(storeId, () => lookAt(kind, storeId))
  const { state, isLeft = false } = found ?? {}
  try {
    await rightsLoaded
    const death = Promise.withResolvers<never>()
    death.promise.catch(() => undefined) // nobody may be waiting
    let mending: Promise<void> | undefined
    /** A store that died by itself may be closed by nobody. */
    const die = (cause: unknown) => {
      orphan(storeId)
      void Promise.resolve(mending).finally(release)
      death.reject(cause)
      onDeath(cause)
    }
    const opening = await openStore(kind, storeId, state, die)
    const { store, led } = opening
    cleanups.set(store, async () => {
      opening.stop()
      orphan(storeId)
      forgetSync(storeId)
      await mending
      release()
    })
    const onLed = async ({ confirmed, damage }: Led) => {
      if (damage === undefined) {
        watchSync(storeId, confirmed)
        await replayJournal(storeId, store, death.promise, isLeft)
      } else {
        mending = mendBehind(storeId, opening, damage)
        die(new Error(`A crash left it half made: ${damage}.`))
      }
    }
    if (state === undefined) await onLed(await led)
    else {
      assumeSync(storeId, await confirmedAsNoted(store))
      void led.then(onLed, die)
    }
    store.subscribeSyncStatus(({ localHead, pendingCount }) => {
      learnLocal(storeId, eventsUpTo(localHead), pendingCount)
      if (pendingCount === 0) void strikeOut(storeId)
    })
    return store
  } catch (error) {
    release()
    throw error
  }
}

/** Of a store that no page has open: the state to begin with, unless something of it is only in the journal. */
const lookAt = async (kind: StoreKind, storeId: string) => {
  const [state, isLeft] = await Promise.all([
    restingStateOf(kind, storeId).catch(() => undefined), // its leader tells
    isLeftBehind(storeId).catch(() => true),
  ])
  return { state: isLeft ? undefined : state, isLeft }
}

export const closeEngine = async (store: EngineStore) => {
  await store.shutdownPromise().catch(() => {
    // It shut down by itself.
  })
  await cleanups.get(store)?.()
}

/** As far as this device knew when the store was open last. */
const confirmedAsNoted = async (store: EngineStore) => {
  const note = await get('shards', store.storeId)
  return Math.max(0, eventsUpTo(store.syncStatus().localHead) - (note?.waiting ?? 0))
}

/** Whoever opens it next begins with what is left, and is told when that is broken. */
const mendBehind = (storeId: string, opening: Opening, damage: Damage) =>
  opening
    .giveUp()
    .then(() => mend(storeId, damage))
    .catch(console.error)

/** Resolves when what was left behind is on screen, if anything is: nobody acts on what was there before it. */
const replayJournal = (storeId: string, store: EngineStore, death: Promise<never>, isLeft: boolean) =>
  new Promise<void>((resolve) => {
    if (!isLeft) resolve()
    navigator.locks
      .request(`pjai-journal-${storeId}`, async () => {
        const { facts, settle } = await leftBehind(storeId)
        // A dead store answers nothing: whoever waited for it would keep the next one from trying.
        if (facts.length > 0) await Promise.race([offerOrSetAside(storeId, store, facts), death])
        resolve()
        await untilSaved(store, death)
        await settle()
      })
      .catch(() => {
        // The store died; what was left behind still is, for the next opening.
        resolve()
      })
  })

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
