import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { memoryEvents } from '#schema/memories/events.ts'
import { personaStoreEvents } from '#schema/stores/persona-store.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { anyFactOf, seeded } from '#tests/support/any-fact.ts'
import {
  commit,
  type Fact,
  isAlive,
  personaStateHash,
  personaStoreWith,
  workspaceStateHash,
  workspaceStoreWith,
} from '#tests/support/stores.ts'

const kinds = [
  {
    kind: 'persona',
    events: personaStoreEvents,
    open: async () => {
      const store = await personaStoreWith()
      return {
        commit: (fact: Fact) => commit(store, fact),
        isAlive: () => isAlive(store),
        hash: () => personaStateHash(store),
      }
    },
  },
  {
    kind: 'workspace',
    events: workspaceStoreEvents,
    open: async () => {
      const store = await workspaceStoreWith()
      return {
        commit: (fact: Fact) => commit(store, fact),
        isAlive: () => isAlive(store),
        hash: () => workspaceStateHash(store),
      }
    },
  },
]

test.each(kinds)(
  '[ST5] no fact of a $kind store kills it, whatever it holds and whenever it comes',
  async ({ events, open }) => {
    const store = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(anyFactOf(events), { minLength: 10, maxLength: 30 }), async (facts) => {
        for (const fact of facts) {
          store.commit(fact)
          expect(await store.isAlive(), JSON.stringify(fact)).toBe(true)
        }
      }),
      { ...seeded, numRuns: 15 },
    )
  },
  60_000,
)

test.each(kinds)(
  '[ST6] a fact given to a $kind store twice in a row changes nothing the second time',
  async ({ events, open }) => {
    const store = await open()
    await fc.assert(
      fc.asyncProperty(fc.array(anyFactOf(events), { minLength: 5, maxLength: 15 }), async (facts) => {
        for (const fact of facts) {
          store.commit(fact)
          const once = store.hash()
          store.commit(fact)
          expect(store.hash(), fact.name).toBe(once)
        }
      }),
      { ...seeded, numRuns: 15 },
    )
  },
  60_000,
)

test('every kind of fact is drawn', () => {
  const drawn = new Set(fc.sample(anyFactOf(memoryEvents), { ...seeded, numRuns: 300 }).map(({ name }) => name))
  expect([...drawn].toSorted()).toEqual(
    Object.values(memoryEvents)
      .map(({ name }) => name)
      .toSorted(),
  )
})
