import type { EventDef } from '@livestore/livestore'
import { Arbitrary, FastCheck as fc } from 'effect'
import type { Fact } from './stores.ts'

/**
 * Any fact of the given kinds, its values as wild as its schema allows. Ids are drawn from a pool of four, so that facts
 * meet: the same thing is made twice, changed before it is made, withdrawn and changed again.
 */
export const anyFactOf = (definitions: Readonly<Record<string, EventDef.AnyWithoutFn>>): fc.Arbitrary<Fact> =>
  fc.oneof(
    ...Object.values(definitions).map(({ name, schema }) =>
      Arbitrary.make(schema).map((args: unknown) => ({ name, args: withPooledIds(args, '') })),
    ),
  )

/** Every run of a property is the same run: a failure today is a failure tomorrow. */
export const seeded = { seed: 20_260_301, endOnFailure: true } as const

const pool = ['a', 'b', 'c', 'd']

/** Where a schema allows a few words only. */
const closed = new Set(['type', 'role', 'status', 'leaves', 'proposals', 'lookedThroughBy', 'health', 'tier'])

const withPooledIds = (value: unknown, key: string): unknown => {
  if (typeof value === 'string') {
    if (/Ids?$/.test(key)) return pool[value.length % pool.length]
    return closed.has(key) ? value : wilder(value)
  }
  if (Array.isArray(value)) return value.map((item) => withPooledIds(item, key))
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withPooledIds(item, name)]))
}

/** What schemas allow and generators seldom make: nothing, half an emoji, a zero, several scripts, much. */
const wilder = (text: string) => texts[text.length] ?? text

const texts: Readonly<Record<number, string>> = {
  2: '',
  3: 'half \ud83d',
  4: 'zero \u0000 zero',
  5: "it's “Ünïcödé” 日本語 👩‍👩‍👧 %_'; drop table memories; --",
  6: 'long '.repeat(2000),
}
