import type { Schema } from '@livestore/livestore'
import { Data } from 'effect'
import { encoderOf } from '#schema/shared/quick-schema.ts'
import { byteCount } from '#schema/shared/text.ts'
import type { Decision, Fact } from './decision.ts'
import type { EncodedFact } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'
import { journalAct, journalCommit } from './journal.ts'
import { isPast, ThePastIsReadOnly } from './past.ts'
import { commitInPortions, finishAct, portionsOf } from './portions.ts'
import { mayWriteTo, ReadOnly } from './rights.ts'

/**
 * The one caller of `store.commit` for what people do. Returns the refusal, if it is one, for whoever asked to show.
 * Whoever may only read a store, or looks at its past, writes nothing to it. A fact too large to sync is refused here: the server would refuse it for ever, and everything after it would wait.
 */
export const execute = <R extends Error>(store: EngineStore, decision: Decision<R>): Refused<R> | undefined => {
  const ready = readyFrom(store, decision)
  return ready instanceof Error ? ready : commitAtOnce(store, ready)
}

/**
 * The same for an act of many facts: the page draws while it goes on (`portions.ts`). Nothing is written when one of them is
 * refused, and what it needs to be taken back as one is here when this resolves.
 */
export const executeMany = async <R extends Error>(
  store: EngineStore,
  decision: Decision<R>,
): Promise<Refused<R> | undefined> => {
  const ready = readyFrom(store, decision)
  if (ready instanceof Error) return ready
  const portions = portionsOf(ready)
  if (portions.length < 2) return commitAtOnce(store, ready)
  const { written, begin } = journalAct(
    store.storeId,
    portions.map((portion) => portion.map(({ encoded }) => encoded)),
  )
  const commits = portions.map((portion, place) => () => {
    begin(place)
    commit(store, portion)
  })
  await commitInPortions(store, commits, () => Promise.all([written, new Promise((resume) => setTimeout(resume))]))
  return undefined
}

type Refused<R extends Error> = R | FactTooLarge | ReadOnly | ThePastIsReadOnly

interface ReadyFact {
  readonly fact: Fact
  readonly encoded: EncodedFact
  readonly bytes: number
}

const readyFrom = <R extends Error>(store: EngineStore, decision: Decision<R>): Refused<R> | readonly ReadyFact[] => {
  if (decision instanceof Error) return decision
  if (isPast(store)) return new ThePastIsReadOnly()
  if (!mayWriteTo(store.storeId)) return new ReadOnly()
  // `Array.isArray` does not narrow a readonly array.
  const facts = Array.isArray(decision) ? (decision as readonly Fact[]) : [decision as Fact]
  const ready = facts.map((fact) => {
    const encoded = encode(store, fact)
    return { fact, encoded, bytes: byteCount(JSON.stringify(encoded)) }
  })
  const tooLarge = ready.find(({ bytes }) => bytes > factLimit)
  return tooLarge === undefined ? ready : new FactTooLarge({ bytes: tooLarge.bytes })
}

const commitAtOnce = (store: EngineStore, ready: readonly ReadyFact[]): undefined => {
  if (ready.length === 0) return
  finishAct(store)
  journalCommit(
    store.storeId,
    ready.map(({ encoded }) => encoded),
  )
  commit(store, ready)
}

const commit = (store: EngineStore, ready: readonly ReadyFact[]) =>
  // A command of this store's slices makes events of this store's schema; the tuple type of `commit` cannot say so.
  store.commit(...(ready.map(({ fact }) => fact) as unknown as readonly [never]))

/** The server takes events of 900 000 bytes; sealing makes four bytes of three, and the envelope needs some. */
const factLimit = 660_000

const encode = (store: EngineStore, { name, args }: Fact): EncodedFact => {
  const definition = store.schema.eventsDefsMap.get(name)
  if (definition === undefined) throw new Error(`${name} is no event of ${store.storeId}.`)
  return { name, args: encoderFor(definition.schema)(args) }
}

const encoderFor = (schema: Schema.Schema.AnyNoContext) => {
  const known = encoders.get(schema) ?? encoderOf<unknown, unknown>(schema)
  encoders.set(schema, known)
  return known
}

const encoders = new WeakMap<object, (value: unknown) => unknown>()

export class FactTooLarge extends Data.TaggedError('FactTooLarge')<{ readonly bytes: number }> {
  override get message() {
    return `This takes ${Math.round(this.bytes / 1000)} kB, and at most ${factLimit / 1000} kB can be saved at once. Save it in parts.`
  }
}
