import type { AnyStore } from './stores.ts'

interface Fact {
  readonly name: string
  readonly args: unknown
}

/** What a command decided: facts to write, or the refusal to show. */
export type Decision<R extends Error = Error> = R | Fact | readonly Fact[]

/** The one caller of `store.commit`. Returns the refusal, if it is one, for whoever asked to show. */
export const execute = <R extends Error>(store: AnyStore, decision: Decision<R>): R | undefined => {
  if (decision instanceof Error) return decision
  // `Array.isArray` does not narrow a readonly array.
  const facts = Array.isArray(decision) ? (decision as readonly Fact[]) : [decision as Fact]
  if (facts.length === 0) return undefined
  // A command of this store's slices makes events of this store's schema; the tuple type of `commit` cannot say so.
  store.commit(...(facts as unknown as readonly [never]))
  return undefined
}
