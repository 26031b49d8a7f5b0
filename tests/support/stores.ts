import { makeInMemoryAdapter } from '@livestore/adapter-web'
import { createStorePromise, type LiveStoreSchema, type Store } from '@livestore/livestore'
import { personaSchema, personaStoreTables } from '#schema/stores/persona-store.ts'
import { stateHash } from '#schema/stores/state-hash.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'

type CommittedBy<S extends LiveStoreSchema> = Parameters<Store<S>['commit']>

/** A store in memory with the given facts in it. No browser, no network, no file. */
export const storeWith = async <S extends LiveStoreSchema>(schema: S, ...facts: readonly unknown[]) => {
  const store = await createStorePromise({
    schema,
    adapter: makeInMemoryAdapter({ clientId: 'test' }),
    storeId: 'persona_test',
    disableDevtools: true,
    batchUpdates: (run) => run(),
  })
  // Facts are events of this schema; the tuple type of `commit` cannot be spread into.
  if (facts.length > 0) store.commit(...(facts as unknown as CommittedBy<S>))
  return store
}

export const personaStoreWith = (...facts: readonly unknown[]) => storeWith(personaSchema, ...facts)
export const workspaceStoreWith = (...facts: readonly unknown[]) => storeWith(workspaceSchema, ...facts)

export const personaStateHash = (store: Awaited<ReturnType<typeof personaStoreWith>>) =>
  stateHash(
    Object.values(personaStoreTables).map(({ sqliteDef }) => sqliteDef.name),
    (query) => store.query({ query, bindValues: [] }),
  )
