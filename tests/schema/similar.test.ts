import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { addMemory } from '#schema/memories/commands.ts'
import { keepApart, withdrawKeptApart } from '#schema/memories/life-commands.ts'
import { similarPairs } from '#schema/memories/similar.ts'
import { similarOf, wordsTextOf } from '#schema/stores/memory-lives.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const pairOf = (one: string, other: string) =>
  similarPairs([
    { memoryId: 'a', content: one },
    { memoryId: 'b', content: other },
  ])[0]?.is

test.each([
  ['Ada likes green tea in the morning', 'Ada likes green tea in the mornings, likes!', 'duplicate'],
  ['Ada likes green tea in the morning.', 'In the morning Ada likes green tea', 'duplicate'],
  ['Ada likes green tea', 'Ada does not like green tea', 'contradiction'],
  ['Ada eats meat on Sundays', 'Ada never eats meat on Sundays', 'contradiction'],
  ['The train to Graz leaves at 9', 'The train to Graz leaves at 10', 'contradiction'],
  ['Ada lives in Pest', 'Ada lives in Graz', 'contradiction'],
  ['Ada likes tea', 'Ada likes coffee', undefined],
  ['', ' ', undefined],
] as const)('[TI15] “%s” and “%s”: %s', (one, other, is) => {
  expect(pairOf(one, other)).toBe(is)
})

test('[TI15] the same pairs are found in any order, the likest first, none of a memory with itself', () => {
  const words = fc.array(fc.constantFrom('tea', 'milk', 'Ada', 'Ben', 'sails', 'never', 'lives', '7', '8'), {
    minLength: 2,
    maxLength: 6,
  })
  fc.assert(
    fc.property(fc.array(words, { maxLength: 20 }), (texts) => {
      const memories = texts.map((text, n) => ({ memoryId: `m${n}`, content: text.join(' ') }))
      const found = similarPairs(memories)
      expect(similarPairs(memories.toReversed())).toEqual(found)
      expect(found.filter(({ oneId, otherId }) => oneId >= otherId)).toEqual([])
      expect(found.map(({ likeness }) => likeness)).toEqual(
        found.map(({ likeness }) => likeness).toSorted((a, b) => b - a),
      )
    }),
    seeded,
  )
})

test('[TI16] two memories that are kept apart are suggested no more, until that is taken back', async () => {
  const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
  const draft = { content: 'Ada likes tea', importance: 0.5, kind: 'fact', tags: [], occurredAt: stamp.at }
  const store = await personaStoreWith(addMemory('p1', 'm1', draft, stamp), addMemory('p1', 'm2', draft, stamp))
  const found = () => similarOf(wordsTextOf((query) => store.query(query)))
  expect(found()).toMatchObject([{ oneId: 'm1', otherId: 'm2', is: 'duplicate', likeness: 1 }])
  commit(store, keepApart('p1', ['m2', 'm1'], 'b1', stamp))
  expect(found()).toEqual([])
  commit(store, withdrawKeptApart('p1', ['m1', 'm2'], 'b2', stamp))
  expect(found()).toHaveLength(1)
})
