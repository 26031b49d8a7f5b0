import { Schema } from '@livestore/livestore'
import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { personaStoreEvents } from '#schema/stores/persona-store.ts'
import { anyFactOf, seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { deviceOf, meet } from '#tests/support/meeting-devices.ts'
import { commit, type Fact, personaLeaderStateHash, personaStateHash, personaStoreWith } from '#tests/support/stores.ts'
import { makeSyncLog } from '#tests/support/sync-log.ts'

test('[ST7] a whole log given twice leaves the state that it leaves once', async () => {
  await fc.assert(
    fc.asyncProperty(coherentLog('a'), async (log) => {
      const store = await personaStoreWith(log)
      const once = personaStateHash(store)
      commit(store, log)
      expect(personaStateHash(store)).toBe(once)
      await store.shutdownPromise()
    }),
    { ...seeded, numRuns: 6 },
  )
}, 60_000)

test('[ST8] two devices that write apart and meet in any order end, in their leaders, in the state of the one log between them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { minLength: 4, maxLength: 10 }), async (turns) => {
      const log = makeSyncLog()
      const laptop = await deviceOf(log, 'laptop')
      const phone = await deviceOf(log, 'phone')
      for (const { device, facts, meets } of turns) {
        const writer = device === 'laptop' ? laptop : phone
        commit(writer.store, facts)
        if (meets) await meet(log, writer)
      }
      for (const device of [laptop, phone, laptop]) await meet(log, device)

      const written = turns.flatMap(({ facts }) => facts)
      expect(
        log
          .events()
          .map(({ name }) => name)
          .toSorted(),
      ).toEqual(written.map(({ name }) => name).toSorted())
      const fresh = await personaStoreWith(log.events().map(factOf))
      const hash = personaStateHash(fresh)
      expect(await personaLeaderStateHash(laptop.store)).toBe(hash)
      expect(await personaLeaderStateHash(phone.store)).toBe(hash)
      await Promise.all([laptop.store, phone.store, fresh].map((store) => store.shutdownPromise()))
    }),
    { ...seeded, numRuns: 8 },
  )
}, 120_000)

/** One device writes, without a network; then it may meet the log, and rebase on what the other one left there. */
const turn = fc.record({
  device: fc.constantFrom('laptop', 'phone'),
  facts: fc.array(anyFactOf(personaStoreEvents), { minLength: 1, maxLength: 4 }),
  meets: fc.boolean(),
})

const definitions = new Map(Object.values(personaStoreEvents).map((event) => [event.name as string, event]))

const factOf = ({ name, args }: { readonly name: string; readonly args: unknown }): Fact => ({
  name,
  args: Schema.decodeUnknownSync(definitions.get(name)!.schema as Schema.Schema<unknown, unknown>)(args), // one of many structs
})
