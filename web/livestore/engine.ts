import type { StoreKind } from '#schema/stores/store-id.ts'
import type { EncodedFact } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'
import { leftBehind, orphan, strikeOut } from './journal.ts'
import { offerFacts, unheldBy } from './offer-facts.ts'
import { type Damage, mend, type Opening, openStore, restingStateOf } from './opening.ts'
import { mayWriteTo, rightsLoaded } from './rights.ts'
import { setAside } from './set-aside.ts'
import { holdShardAfter } from './shard-lock.ts'
import { forgetSync, learnLocal, watchSync } from './sync-status.ts'

const cleanups = new WeakMap<EngineStore, () => Promise<void>>()

/** Opens LiveStore on one store, with everything around it that LiveStore leaves to us. */
export const openEngine = async (
  kind: StoreKind,
  storeId: string,
  onDeath: (cause: unknown) => void,
): Promise<EngineStore> => {
  const { release, found } = await holdShardAfter(storeId, () => restingStateOf(kind, storeId))
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
    const opening = await openStore(kind, storeId, found, die)
    cleanups.set(opening.store, async () => {
      opening.stop()
      orphan(storeId)
      forgetSync(storeId)
      await mending
      release()
    })
    const following = opening.led.then((led) => {
      if (led.damage === undefined) return follow(storeId, opening.store, led.confirmed, death.promise)
      mending = mendBehind(storeId, opening, led.damage)
      return die(new Error(`A crash left it half made: ${led.damage}.`))
    }, die)
    if (found === undefined) await following
    return opening.store
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

/** From when its leader has started: what is saved and synced is known, and what was left behind comes after. */
const follow = (storeId: string, store: EngineStore, confirmed: number, death: Promise<never>) => {
  watchSync(storeId, confirmed)
  store.subscribeSyncStatus(({ localHead, pendingCount }) => {
    learnLocal(storeId, eventsUpTo(localHead), pendingCount)
    if (pendingCount === 0) void strikeOut(storeId)
  })
  replayJournal(storeId, store, death).catch(() => {
    // The store died; what was left behind still is, for the next opening.
  })
}

/** Whoever opens it next begins with what is left, and is told when that is broken. */
const mendBehind = (storeId: string, opening: Opening, damage: Damage) =>
  opening
    .giveUp()
    .then(() => mend(storeId, damage))
    .catch(console.error)

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
