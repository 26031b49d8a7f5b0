import { beforeEach, expect, test } from 'vitest'
import { addMemory } from '#schema/memories/commands.ts'
import { tierCounts$ } from '#schema/memories/life-queries.ts'
import { reviewTiers } from '#schema/memories/tiers.ts'
import { livesOf, livesTextOf } from '#schema/stores/memory-lives.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { passDaily } from '#web/services/lifecycle/daily-pass.ts'
import type { reviewUnder } from '#web/services/lifecycle/lifecycle.ts'

const by = { actorId: 'ada', deviceId: 'laptop' }
const day = 86_400_000
const now = new Date('2026-03-01T10:00:00Z')
const draft = { content: 'Hummed a tune', importance: 0.1, kind: 'fact', tags: [], occurredAt: now }

beforeEach(() => localStorage.clear())

test('[TI21] memories are looked through once a day on a device; who was overtaken or closed does it with the next opening', async () => {
  const opened = await personaStoreWith(
    addMemory('p1', 'old', draft, { at: new Date(now.getTime() - 300 * day), ...by }),
    addMemory('p1', 'new', { ...draft, importance: 0.9 }, { at: now, ...by }),
  )
  // The very store of the app, opened in memory.
  const store = opened as unknown as PersonaStore
  let looks = 0
  // What the worker does, in this thread.
  const review: typeof reviewUnder = (of, policy, at) => {
    looks++
    const lives = livesOf(livesTextOf((query) => of.query(query)))
    return { answer: Promise.resolve(reviewTiers(lives, policy, at.getTime())), stop: () => undefined }
  }
  const pass = (at: Date, { isOpen = true, isFree = true } = {}) => {
    // As the browser gives it to one tab, and null to the others.
    const request = (_name: string, _options: object, work: (lock: object | null) => Promise<void>) =>
      work(isFree ? {} : null)
    const locks = { request: request as LockManager['request'] } // of its three ways to be called the one that is used
    const write: Parameters<typeof passDaily>[2]['write'] = (decision) => {
      commit(opened, decision)
      return undefined
    }
    return passDaily(store, 'p1', {
      stamp: { at, ...by },
      review,
      write,
      isOpen: () => isOpen,
      locks,
      notes: localStorage,
    })
  }
  const cold = () => store.query(tierCounts$).find(({ value }) => value === 'cold')?.count

  await pass(now, { isFree: false })
  expect(looks).toBe(0)
  await pass(now, { isOpen: false })
  expect([looks, cold()]).toEqual([1, undefined])
  await pass(now)
  expect([looks, cold()]).toEqual([2, 1])
  await pass(new Date(now.getTime() + day / 4))
  expect(looks).toBe(2)
  await pass(new Date(now.getTime() + day))
  expect([looks, cold()]).toEqual([3, 1])
})
