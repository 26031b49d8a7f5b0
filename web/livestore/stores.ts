import { createStorePromise, makeShutdownDeferred, type Store } from '@livestore/livestore'
import { withReactApi } from '@livestore/react'
import { Effect } from 'effect'
import { unstable_batchedUpdates as batchUpdates } from 'react-dom'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { parseStoreId, storeIdFor } from '#schema/stores/store-id.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { adapters } from './adapter.ts'
import { makePool } from './pool.ts'
import { session } from './session.ts'

type Reactive<S> = S & Pick<ReturnType<typeof withReactApi>, 'useQuery'>
export type PersonaStore = Reactive<Store<typeof personaSchema>>
export type WorkspaceStore = Reactive<Store<typeof workspaceSchema>>
export type AnyStore = PersonaStore | WorkspaceStore

const openStore = async (storeId: string, onDeath: (cause: unknown) => void): Promise<AnyStore> => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  const shutdownDeferred = await Effect.runPromise(makeShutdownDeferred)
  const options = { adapter: adapters[name.kind], storeId, batchUpdates, disableDevtools: true, shutdownDeferred }
  const store =
    name.kind === 'persona'
      ? await createStorePromise({ ...options, schema: personaSchema, confirmUnsavedChanges: false })
      : await createStorePromise({ ...options, schema: workspaceSchema, confirmUnsavedChanges: false })
  Effect.runPromise(shutdownDeferred).then(onDeath, onDeath)
  // Both kinds are stores of their own schema; the pool holds them side by side.
  return withReactApi(store as unknown as Store) as unknown as AnyStore
}

export const pool = makePool<AnyStore>({
  openStore,
  closeStore: (store) => store.shutdownPromise(),
  now: () => Date.now(),
})

setInterval(pool.trim, 30_000)

export const workspaceStoreId = `workspace_${session.workspaceId}`

/** The store id of a persona's shard. The id was parsed at the edge: an illegal one is a defect here. */
export const personaStoreId = (personaId: string): string => {
  const storeId = storeIdFor('persona', personaId)
  if (storeId instanceof Error) throw storeId
  return storeId
}

export const openPersona = (personaId: string) => pool.open(personaStoreId(personaId)) as Promise<PersonaStore>
export const openWorkspace = () => pool.open(workspaceStoreId) as Promise<WorkspaceStore>

/** Opens a persona's store ahead of need: on hover, on focus. */
export const warmPersona = (personaId: string) => {
  openPersona(personaId).catch(() => {
    // Whoever really opens it sees the error.
  })
}
