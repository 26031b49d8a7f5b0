import { readFileSync } from 'node:fs'
import { Schema } from '@livestore/livestore'
import { Arbitrary, FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { MessagePart } from '#schema/conversations/parts.ts'
import { decoderOf, encoderOf, isOf } from '#schema/shared/quick-schema.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { StepFact } from '#schema/tasks/events.ts'
import { seeded } from '#tests/support/any-fact.ts'

vi.setConfig({ testTimeout: 120_000 })

const schemas: readonly (readonly [string, Schema.Schema<unknown, unknown>])[] = [
  ...[personaSchema, workspaceSchema].flatMap(({ eventsDefsMap }) =>
    [...eventsDefsMap].map(([name, { schema }]) => [name, schema as Schema.Schema<unknown, unknown>] as const),
  ),
  ['a part of a message', MessagePart as unknown as Schema.Schema<unknown, unknown>],
  ['a step', StepFact as unknown as Schema.Schema<unknown, unknown>],
]

/** What is made, as text too, so that the order of keys counts; or what is said against it. */
const outcomeOf = (make: () => unknown) => {
  try {
    const made = make()
    return { made, json: JSON.stringify(made) }
  } catch (error) {
    return String(error)
  }
}

type Any = Schema.Schema<unknown, unknown>

const quickly = (schema: Any, value: unknown) => [
  outcomeOf(() => decoderOf(schema)(value)),
  outcomeOf(() => encoderOf(schema)(value)),
  isOf(schema)(value),
]

const bySchema = (schema: Any, value: unknown) => [
  outcomeOf(() => Schema.decodeUnknownSync(schema)(value)),
  outcomeOf(() => Schema.encodeUnknownSync(schema)(value)),
  Schema.is(schema)(value),
]

test('[RP21] what is decoded quickly is what Schema decodes, for every event ever shipped', () => {
  for (const [kind, { eventsDefsMap }] of [
    ['persona', personaSchema],
    ['workspace', workspaceSchema],
  ] as const)
    for (const line of readFileSync(new URL(`../fixtures/shipped-events/${kind}.jsonl`, import.meta.url), 'utf8')
      .trimEnd()
      .split('\n')) {
      const { name, args } = JSON.parse(line)
      const schema = eventsDefsMap.get(name)!.schema as Schema.Schema<unknown, unknown>
      expect(quickly(schema, args)).toEqual(bySchema(schema, args))
      expect(quickly(schema, Schema.decodeUnknownSync(schema)(args))).toEqual(
        bySchema(schema, Schema.decodeUnknownSync(schema)(args)),
      )
    }
})

test.each(schemas)(
  '[RP21] what is decoded quickly is what Schema decodes, and refused what it refuses: %s',
  (_, schema) => {
    fc.assert(
      fc.property(Arbitrary.make(schema), oddity, fc.nat(), (value, odd, place) => {
        const encoded = Schema.encodeSync(schema)(value)
        for (const given of [value, encoded]) {
          expect(quickly(schema, given)).toEqual(bySchema(schema, given))
          expect(quickly(schema, spoilt(given, place, odd))).toEqual(bySchema(schema, spoilt(given, place, odd)))
        }
      }),
      { ...seeded, numRuns: 15 },
    )
  },
)

const oddity = fc.oneof(
  fc.anything(),
  fc.constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    'no date',
    new Date(Number.NaN),
    [],
    {},
    '',
  ),
  fc.constant(gone()),
)

function gone() {
  return Symbol.for('gone')
}

/** The value with something odd in one of its places, with one more, or with one fewer. */
const spoilt = (value: unknown, place: number, odd: unknown): unknown => {
  if (Array.isArray(value)) {
    if (value.length === 0) return [odd]
    const index = place % value.length
    return value.with(index, spoilt(value[index], Math.floor(place / value.length), odd))
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return odd
  const keys = [...Object.keys(value), 'besides']
  const key = keys[place % keys.length] ?? 'besides'
  const fields = value as Record<string, unknown>
  if (odd === gone()) return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key))
  return { ...fields, [key]: spoilt(fields[key], Math.floor(place / keys.length), odd) }
}
