import { makeInMemoryAdapter } from '@livestore/adapter-web'
import { createStorePromise, type LiveStoreSchema, type Store } from '@livestore/livestore'
import { LogLevel, Schema } from '@livestore/utils/effect'
import type { Definitions, Fact } from './sync-client.ts'

/** What a log says, as a store in memory: to be asked, then thrown away. Facts of newer versions are left out. */
export const shadowStore = async <S extends LiveStoreSchema>(
  schema: S,
  definitions: Definitions,
  log: readonly Fact[],
) => {
  const decoders = new Map(
    Object.values(definitions).map(({ name, schema: of }) => [name, Schema.decodeUnknownEither(of)]),
  )
  const store = await createStorePromise({
    schema,
    adapter: makeInMemoryAdapter({ clientId: 'cli' }),
    storeId: 'shadow',
    disableDevtools: true,
    batchUpdates: (run) => run(),
    logLevel: LogLevel.None,
  })
  const facts = log.flatMap(({ name, args }): Fact[] => {
    const decoded = decoders.get(name)?.(args)
    return decoded?._tag === 'Right' ? [{ name, args: decoded.right }] : []
  })
  addFacts(store, facts)
  return store
}

export const addFacts = <S extends LiveStoreSchema>(store: Store<S>, facts: readonly Fact[]) => {
  for (let at = 0; at < facts.length; at += 200) {
    // Facts are events of this schema; the tuple type of `commit` cannot be spread into.
    store.commit(...(facts.slice(at, at + 200) as unknown as Parameters<Store<S>['commit']>))
  }
}
