import { certifyErasure, type Erasure, erasedIds$, erasures$ } from '#schema/shared/erasures.ts'
import { erasuresByPersona$ } from '#schema/workspace/queries.ts'
import { type Certificate, CertificateBroken, verifyCertificate } from '#sealing/certificate.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { execute } from '#web/livestore/execute.ts'
import { isPurged, notePurged, purge, purgeCounts, purgeStore } from '#web/livestore/purge.ts'
import { rightTo } from '#web/livestore/rights.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { isOnThisDevice } from '#web/livestore/shard-files.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import {
  type AnyStore,
  openPersona,
  type PersonaStore,
  personaStoreId,
  pool,
  type WorkspaceStore,
} from '#web/livestore/stores.ts'
import { subscribeToSync, syncStatusOf } from '#web/livestore/sync-status.ts'
import { sweepFiles } from './attachments/sweep.ts'
import { forgetInSearch, forgetShardInSearch } from './search/forget.ts'
import { ask } from './server.ts'
import { headOf } from './summary-fact.ts'

/**
 * What follows the fact that something was erased, on every device, as often as it takes:
 *
 *     erased ─► all facts with the server ─► by this person: keys destroyed there, certificate committed
 *                                        └─► certified: log, state, files and drafts on this device are purged, once
 *
 * Nothing is lost by a crash, a closed tab or a missing network between two steps: each is looked for anew. Nor by a device
 * that never comes back: what it erased, any other of the same person finishes, and of several certificates the first one
 * counts. Returns the end of it.
 */
export const watchErasures = (store: AnyStore, personaId?: string): (() => void) => {
  const stopped = new AbortController()
  let isDue = true
  let isBusy = false
  const settle = async () => {
    if (!isDue || isBusy || stopped.signal.aborted || !isOnServer(store)) return
    isDue = false
    isBusy = true
    try {
      await navigator.locks.request(`pjai.erasing.${store.storeId}`, { signal: stopped.signal }, () =>
        settleAll(store, personaId),
      )
    } catch (error) {
      if (!stopped.signal.aborted) console.error('What was erased could not be finished now. It is tried again.', error)
      setTimeout(stir, 60_000)
    }
    isBusy = false
    void settle() // what came meanwhile
  }
  const stir = () => {
    isDue = true
    void settle()
  }
  const subscriptions = [store.subscribe(erasures$(maxErasures), stir), subscribeToSync(() => void settle())]
  return () => {
    stopped.abort()
    for (const unsubscribe of subscriptions) unsubscribe()
  }
}

/** Finishes, one after the other, what was erased in shards that nobody looks at: where less was purged here than the workspace knows of. */
export const finishErasures = async (workspace: WorkspaceStore): Promise<void> => {
  const purged = await purgeCounts()
  for (const { personaId, erasures } of workspace.query(erasuresByPersona$)) {
    const storeId = personaStoreId(personaId)
    if (erasures <= (purged.get(storeId) ?? 0) || !(await isOnThisDevice(storeId))) continue
    const store = await openPersona(personaId).catch(() => undefined) // its own page says what is wrong
    if (store === undefined) continue
    const release = pool.retain(storeId)
    const stop = watchErasures(store, personaId)
    await untilPurged(storeId, erasures, 30_000)
    stop()
    release()
  }
}

const untilPurged = async (storeId: string, erasures: number, timeout: number) => {
  for (let waited = 0; waited < timeout; waited += 500) {
    if (((await purgeCounts()).get(storeId) ?? 0) >= erasures) return
    await new Promise((resume) => setTimeout(resume, 500))
  }
}

const maxErasures = 1000

/** Whether the server has all that is in the store, the newest fact included. */
const isOnServer = (store: AnyStore) => {
  const status = syncStatusOf(store.storeId)
  if (status === undefined || !status.connected) return false
  return status.waiting === 0 && status.events >= headOf(store.syncStatus().localHead)
}

const settleAll = async (store: AnyStore, personaId: string | undefined): Promise<void> => {
  for (const erasure of store.query(erasures$(maxErasures))) {
    if (pool.peek(store.storeId) !== store) return // whoever watches the one that is opened next goes on
    if (erasure.certificate === null) {
      if (isOurs(store, erasure)) await certify(store, erasure, personaId)
    } else if (!(await isPurged(erasure.erasureId))) await purgeErasure(store, erasure)
  }
}

/** Whether the person of this device erased it, in a store of his own: the server destroys the keys of nobody else. */
const isOurs = ({ storeId }: AnyStore, { actorId }: Erasure) =>
  actorId === session.actorId && (rightTo(storeId)?.role ?? 'owner') === 'owner'

/** The server destroys the keys, and what it signs becomes a fact. */
const certify = async (store: AnyStore, { erasureId, what }: Erasure, personaId: string | undefined) => {
  const certificates = await destroyKeys(store.storeId, what, store.query(erasedIds$(erasureId)))
  if (certificates instanceof Error) throw certificates
  execute(store, certifyErasure(erasureId, JSON.stringify(certificates), personaId, stampNow()))
}

const destroyKeys = async (storeId: string, what: Erasure['what'], ids: readonly string[]) => {
  const certificates: Certificate[] = []
  for (const id of what === 'personas' ? ids : []) {
    const certificate = await destroy(personaStoreId(id))
    if (certificate instanceof Error) return certificate
    certificates.push(certificate)
  }
  const keyIds = await (await makeKeysOf(storeId)).namesOf(subjectsOf(what, ids))
  for (let from = 0; from < keyIds.length; from += keysPerOrder) {
    const certificate = await destroy(storeId, keyIds.slice(from, from + keysPerOrder))
    if (certificate instanceof Error) return certificate
    certificates.push(certificate)
  }
  return certificates
}

/** The server takes as many at once. */
const keysPerOrder = 2000

/** Destroys these keys of a store, or all of them. */
export const destroy = async (storeId: string, keyIds?: readonly string[]): Promise<Certificate | Error> => {
  const order = keyIds === undefined ? { everything: true } : { keyIds }
  const answer = await ask('POST', `/api/stores/${storeId}/erasures`, order)
  if (answer instanceof Error) return answer
  const statement = await verifyCertificate(answer, keyIds === undefined ? { storeId } : { storeId, keyIds })
  return statement instanceof CertificateBroken ? statement : (answer as Certificate) // it was just verified
}

const subjectIds = { memories: 'memoryId', conversations: 'conversationId', personas: 'personaId' } as const

const subjectsOf = (what: Erasure['what'], ids: readonly string[]) =>
  ids.map((id) => subjectNamed(subjectIds[what], id))

const purgeErasure = async (store: AnyStore, { erasureId, what }: Erasure) => {
  const ids = store.query(erasedIds$(erasureId))
  for (const id of what === 'personas' ? ids : []) {
    await purgeStore(personaStoreId(id))
    await forgetShardInSearch(personaStoreId(id)) // last: as long as it is open, it is brought again
  }
  await forgetInSearch(store.storeId, ids)
  dropWhatIsNamedAfter(new Set(ids))
  if (what === 'conversations') await sweepFiles(store as PersonaStore) // only a persona has conversations
  await purge(store, new Set(subjectsOf(what, ids)))
  await notePurged(store.storeId, erasureId)
}

/** What this browser keeps under a name with such an id in it: drafts, intents, questions that are open. */
const dropWhatIsNamedAfter = (ids: ReadonlySet<string>) => {
  for (const key of Object.keys(localStorage)) {
    if (key.split('.').some((part) => ids.has(part))) localStorage.removeItem(key)
  }
}
