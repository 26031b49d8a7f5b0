import { Schema, StoreInternalsSymbol } from '@livestore/livestore'
import { Effect } from 'effect'
import type { EncodedFact } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'

/** Those of the facts that the store's log does not hold. */
export const unheldBy = async (store: EngineStore, facts: readonly EncodedFact[]): Promise<readonly EncodedFact[]> => {
  const { factsIn, missingFrom } = await import('./eventlog.ts')
  const log = await Effect.runPromise(store[StoreInternalsSymbol].clientSession.leaderThread.getEventlogData)
  return missingFrom(await factsIn(log, 'all'), facts)
}

/** Commits the facts the store's log does not hold yet, in small batches, yielding between. Returns how many those were. */
export const offerFacts = async (store: EngineStore, facts: readonly EncodedFact[]): Promise<number> => {
  const missing = await unheldBy(store, facts)
  const known = missing.flatMap((fact) => decode(store, fact))
  for (let from = 0; from < known.length; from += 50) {
    // The definitions come from this store's own schema.
    store.commit(...(known.slice(from, from + 50) as unknown as readonly [never]))
    await new Promise((resume) => setTimeout(resume))
  }
  return known.length
}

/** An event this version does not know cannot be committed by it; it stays where it was set aside. */
const decode = (store: EngineStore, { name, args }: EncodedFact) => {
  const definition = store.schema.eventsDefsMap.get(name)
  return definition === undefined ? [] : [{ name, args: Schema.decodeUnknownSync(definition.schema)(args) }]
}
