import { parseStoreId, type StoreKind, storeIdFor } from '#schema/stores/store-id.ts'
import { knownHead$ } from '#schema/workspace/queries.ts'
import { receivedSharesOf$ } from '#schema/workspace/share-queries.ts'
import { hasTag } from './causes.ts'
import { closeEngine, eventsUpTo, openEngine } from './engine.ts'
import type { EngineStore, PersonaStore, WorkspaceStore } from './engine-store.ts'
import { type Due, dueFor, fewestEvents } from './hydration/due.ts'
import { ensureStoreKeys } from './keyring.ts'
import { keyringOf } from './keyrings.ts'
import { makePool } from './pool.ts'
import { rightsLoaded, rightTo } from './rights.ts'
import { session, workspaceStoreId } from './session.ts'
import { standingOf } from './shard-files.ts'
import { onCloseAsked } from './shard-lock.ts'
import { noteWait } from './waits.ts'

export type { PersonaStore, WorkspaceStore } from './engine-store.ts'
export type AnyStore = EngineStore

const kindOf = (storeId: string): StoreKind => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  return name.kind
}

export const pool = makePool<EngineStore>({
  prepare: async (storeId) => {
    const at = performance.now()
    begun.set(storeId, { at, way: 'as it was' })
    const due = await dueFor(storeId, isLongElsewhere)
    if (due === undefined) return
    begun.set(storeId, { at, way: due === 'hydrate' ? 'hydrated' : 'made anew' })
    await keysOnDevice(storeId)
    await prepareFiles(storeId, due).catch((error: unknown) =>
      console.warn(`${storeId} is left to LiveStore, which takes its log event by event.`, error),
    )
  },
  openStore: async (storeId, onDeath) => {
    const noteError = () => noteWait({ name: 'error', kind: 'store', ms: 0 })
    try {
      await keysOnDevice(storeId)
      const store = await openEngine(kindOf(storeId), storeId, (cause) => {
        noteError()
        onDeath(cause)
      })
      noteOpened(storeId, store)
      return store
    } catch (error) {
      noteError()
      throw error
    }
  },
  closeStore: closeEngine,
  isFinal: (cause) => hasTag(cause, 'BackendIdMismatchError'),
  now: () => Date.now(),
})

const begun = new Map<string, { readonly at: number; readonly way: 'as it was' | 'hydrated' | 'made anew' }>()

const noteOpened = (storeId: string, store: EngineStore) => {
  const { at, way } = begun.get(storeId) ?? { at: performance.now(), way: 'as it was' }
  const events = eventsUpTo(store.syncStatus().localHead)
  noteWait({ name: 'store opened', kind: kindOf(storeId), way, events, ms: performance.now() - at })
}

const prepareFiles = async (storeId: string, due: Due) => {
  const { prepareShard } = await import('./hydration/prepare-shard.ts')
  await prepareShard(storeId, due, openWorkspace)
}

/** Without them a store's log cannot be read here. */
export const keysOnDevice = (storeId: string): Promise<void> => ensureStoreKeys(storeId, linksTo)

// Every page with a pool hears it: whoever needs a store's files alone waits for all of them.
onCloseAsked((storeId) => void pool.close(storeId))

setInterval(pool.trim, 30_000)

/** The store id of a persona's shard. The id was parsed at the edge: an illegal one is a defect here. */
export const personaStoreId = (personaId: string): string => {
  const storeId = storeIdFor('persona', personaId)
  if (storeId instanceof Error) throw storeId
  return storeId
}

// The kind of a store follows from its id, and with it its type.
export const openPersona = (personaId: string) => pool.open(personaStoreId(personaId)) as Promise<PersonaStore>
export const openWorkspace = () => pool.open(workspaceStoreId) as Promise<WorkspaceStore>

/** Whether the server may have a long log of a store that was never open here. What was just made here has none. */
const isLongElsewhere = async (storeId: string): Promise<boolean> => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  // A workspace that begins here has no keys yet.
  if (name.kind === 'workspace') return (await keyringOf(session.workspaceId)) !== undefined && isLongAtServer(storeId)
  const workspace = await openWorkspace()
  if (workspace.query(knownHead$(name.id)) >= fewestEvents) return true
  return (await linksTo(storeId)).length > 0 && isLongAtServer(storeId)
}

/** One small question, where nothing here says it: a worker for a short log takes longer than LiveStore. */
const isLongAtServer = async (storeId: string): Promise<boolean> => {
  const { eventsElsewhere } = await import('./hydration/fetch-page.ts')
  return (await eventsElsewhere(storeId)) >= fewestEvents
}

/** The workspace knows by which links other people's personas came. */
const linksTo = async (storeId: string) => {
  const name = parseStoreId(storeId)
  if (name instanceof Error || name.kind === 'workspace') return []
  return (await openWorkspace()).query(receivedSharesOf$(name.id))
}

/** Opens a persona's store ahead of need, on hover, on focus, with the page: one that is here. Another's log comes when it is gone to. */
export const warmPersona = async (personaId: string): Promise<void> => {
  if ((await standingOf(personaStoreId(personaId))) === 'here') await openAhead(personaId)
}

/** Opens the store of a persona that somebody goes to, while its room is fetched and drawn. */
export const openAhead = async (personaId: string): Promise<void> => {
  const storeId = personaStoreId(personaId)
  await rightsLoaded
  if (rightTo(storeId)?.endedAt != null) return
  await pool.open(storeId).catch(() => {
    // Whoever really opens it sees the error.
  })
}
