import { Schema } from '@livestore/livestore'
import { Data } from 'effect'
import { byteCount } from '#schema/shared/text.ts'
import type { EncodedFact } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'
import { journalCommit } from './journal.ts'
import { isPast, ThePastIsReadOnly } from './past.ts'
import { mayWriteTo, ReadOnly } from './rights.ts'

interface Fact {
  readonly name: string
  readonly args: unknown
}

/** What a command decided: facts to write, or the refusal to show. */
export type Decision<R extends Error = Error> = R | Fact | readonly Fact[]

/**
 * The one caller of `store.commit` for what people do. Returns the refusal, if it is one, for whoever asked to show.
 * Whoever may only read a store, or looks at its past, writes nothing to it. A fact too large to sync is refused here: the server would refuse it for ever, and everything after it would wait.
 */
export const execute = <R extends Error>(
  store: EngineStore,
  decision: Decision<R>,
): R | FactTooLarge | ReadOnly | ThePastIsReadOnly | undefined => {
  if (decision instanceof Error) return decision
  if (isPast(store)) return new ThePastIsReadOnly()
  if (!mayWriteTo(store.storeId)) return new ReadOnly()
  // `Array.isArray` does not narrow a readonly array.
  const facts = Array.isArray(decision) ? (decision as readonly Fact[]) : [decision as Fact]
  if (facts.length === 0) return undefined
  const encoded = facts.map((fact) => encode(store, fact))
  const largest = Math.max(...encoded.map((fact) => byteCount(JSON.stringify(fact))))
  if (largest > factLimit) return new FactTooLarge({ bytes: largest })
  journalCommit(store.storeId, encoded)
  // A command of this store's slices makes events of this store's schema; the tuple type of `commit` cannot say so.
  store.commit(...(facts as unknown as readonly [never]))
  return undefined
}

/** The server takes events of 900 000 bytes; sealing makes four bytes of three, and the envelope needs some. */
const factLimit = 660_000

const encode = (store: EngineStore, { name, args }: Fact): EncodedFact => {
  const definition = store.schema.eventsDefsMap.get(name)
  if (definition === undefined) throw new Error(`${name} is no event of ${store.storeId}.`)
  return { name, args: Schema.encodeUnknownSync(definition.schema)(args) }
}

export class FactTooLarge extends Data.TaggedError('FactTooLarge')<{ readonly bytes: number }> {
  override get message() {
    return `This takes ${Math.round(this.bytes / 1000)} kB, and at most ${factLimit / 1000} kB can be saved at once. Save it in parts.`
  }
}
