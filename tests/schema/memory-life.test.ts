import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import * as commands from '#schema/memories/commands.ts'
import * as life from '#schema/memories/life-commands.ts'
import * as queries from '#schema/memories/life-queries.ts'
import { listedMemories$ } from '#schema/memories/list-queries.ts'
import * as policies from '#schema/memories/policy.ts'
import { linksOf$, memoryBody$, memoryById$, memoryIds$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import { tierSentence } from '#schema/memories/tier-sentence.ts'
import { type MemoryLife, reviewTiers, scoreOf, tieringOf, tiers } from '#schema/memories/tiers.ts'
import * as transfers from '#schema/memories/transfers.ts'
import { receivedIdOf, TransferToItself } from '#schema/shared/transfers.ts'
import { livesOf, livesTextOf, memoryLife$ } from '#schema/stores/memory-lives.ts'
import { recallAll } from '#schema/stores/recall.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { commit, factsOf, personaStateHash, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const day = 86_400_000
const now = Date.UTC(2026, 2, 1, 10)
const at = (daysAgo: number) => ({ at: new Date(now - daysAgo * day), actorId: 'ada', deviceId: 'laptop' })
const draft = { content: 'Ada likes tea', importance: 0.5, kind: 'fact', tags: ['tea'], occurredAt: at(400).at }
const add = (memoryId: string, daysAgo: number, changes: Partial<commands.MemoryDraft> = {}) =>
  commands.addMemory('p1', memoryId, { ...draft, ...changes }, at(daysAgo), ['s1'])
const policy = policies.usualPolicy
const born: MemoryLife = {
  memoryId: 'm1',
  importance: 0.5,
  writtenAt: now,
  reinforcedAt: [],
  recalledAt: [],
  isPinned: false,
  tier: 'hot',
}

type Store = Awaited<ReturnType<typeof personaStoreWith>>
const livesIn = (store: Store) => livesOf(livesTextOf((query) => store.query(query)))
const review = (store: Store) => reviewTiers(livesIn(store), store.query(queries.memoryPolicy$), now)
const pass = (store: Store, passId = 't1') =>
  life.tierMemories('p1', passId, store.query(queries.memoryPolicy$), review(store).changes, at(0))
const idsOf = (store: Store, tier: (typeof tiers)[number]) => store.query(memoryIds$({ tier }, 100))

const anyLife: fc.Arbitrary<MemoryLife> = fc.record({
  memoryId: fc.uuid(),
  importance: fc.double({ min: 0, max: 1, noNaN: true }),
  writtenAt: fc.integer({ min: now - 900 * day, max: now + day }),
  reinforcedAt: fc.array(fc.integer({ min: now - 900 * day, max: now }), { maxLength: 5 }),
  recalledAt: fc.array(fc.integer({ min: now - 900 * day, max: now }), { maxLength: 5 }),
  isPinned: fc.boolean(),
  tier: fc.constantFrom(...tiers),
})
const anyLives = fc.uniqueArray(anyLife, { selector: ({ memoryId }) => memoryId, maxLength: 30 })

test('[TI1] the tier of a memory follows by one formula from importance, recency, reinforcements and recalls', () => {
  // The worked example of docs/memory.md.
  const worked = {
    ...born,
    importance: 0.4,
    writtenAt: now - 90 * day,
    reinforcedAt: [now - 180 * day, now],
    recalledAt: [now, now, now, now],
  }
  expect(tieringOf(worked, policy, now)).toEqual({
    tier: 'hot',
    shares: { importance: 0.18, recency: 0.125, reinforced: 0.116, recalled: 0.05 },
    days: 90,
    reinforcements: 2,
    recalls: 4,
  })
  expect(tieringOf(born, policy, now).tier).toBe('hot')
  expect(tieringOf({ ...born, writtenAt: now - 60 * day }, policy, now).tier).toBe('warm')
  expect(tieringOf({ ...born, importance: 0.1, writtenAt: now - 90 * day }, policy, now).tier).toBe('cold')
  // More of anything never cools, and time alone never warms.
  fc.assert(
    fc.property(anyLife, fc.integer({ min: 0, max: 400 }), (one, days) => {
      const score = (life: MemoryLife, time = now) => scoreOf(tieringOf(life, policy, time).shares)
      expect(score({ ...one, reinforcedAt: [...one.reinforcedAt, now] })).toBeGreaterThanOrEqual(score(one))
      expect(score({ ...one, importance: 1 })).toBeGreaterThanOrEqual(score(one))
      expect(score(one, now + days * day)).toBeLessThanOrEqual(score(one))
      expect(score(one)).toBeLessThanOrEqual(1)
    }),
    seeded,
  )
})

test('[TI2] the same memories, policy and time give the same tiers in any order, and a second pass changes nothing', () => {
  fc.assert(
    fc.property(anyLives, (lives) => {
      const found = reviewTiers(lives, policy, now)
      expect(reviewTiers(lives.toReversed(), policy, now)).toEqual(found)
      const tierById = new Map(found.changes.map(({ memoryId, tier }) => [memoryId, tier]))
      const applied = lives.map((one) => ({ ...one, tier: tierById.get(one.memoryId) ?? one.tier }))
      expect(reviewTiers(applied, policy, now).changes).toEqual([])
      expect(Object.values(found.after).reduce((sum, count) => sum + count)).toBe(lives.length)
    }),
    seeded,
  )
})

const storeOfAges = () =>
  personaStoreWith(
    add('fresh', 0),
    add('old', 80),
    add('faint', 300, { importance: 0.1 }),
    add('pinned', 300, { importance: 0.1 }),
    life.pinMemories('p1', ['pinned'], 'b1', at(0)),
  )

test('[TI3] [TI4] a pass moves memories between tiers; a pinned one is hot; the list is filtered by tier and each is counted', async () => {
  const store = await storeOfAges()
  expect(idsOf(store, 'hot')).toEqual(['faint', 'fresh', 'old', 'pinned'])
  commit(store, pass(store))
  expect(tiers.map((tier) => idsOf(store, tier))).toEqual([['fresh', 'pinned'], ['old'], ['faint']])
  expect(store.query(queries.tierCounts$)).toEqual([
    { value: 'hot', count: 2 },
    { value: 'warm', count: 1 },
    { value: 'cold', count: 1 },
  ])
  const rows = store.query(listedMemories$(['faint', 'pinned']))
  expect(rows.map(({ memoryId, tier, isPinned }) => [memoryId, tier, isPinned])).toEqual([
    ['faint', 'cold', false],
    ['pinned', 'hot', true],
  ])
  commit(store, life.unpinMemories('p1', ['pinned'], 'b2', at(0)), life.pinMemories('p1', ['faint'], 'b3', at(0)))
  expect(idsOf(store, 'hot')).toEqual(['faint', 'fresh', 'pinned'])
  commit(store, pass(store, 't2'))
  expect(idsOf(store, 'cold')).toEqual(['pinned'])
})

test('[TI5] a pass writes only what changes, in facts of less than 200 kB, and nothing when nothing changes', async () => {
  const store = await storeOfAges()
  commit(store, pass(store))
  expect(pass(store)).toEqual([])
  const changes = Array.from({ length: 2000 }, (_, n) => ({
    memoryId: `${n}`.padStart(26, 'm'),
    from: 'hot' as const,
    ...tieringOf({ ...born, writtenAt: now - 123 * day, reinforcedAt: [now - 3 * day] }, policy, now),
  }))
  const facts = life.tierMemories('p1', 't1', policy, changes, at(0))
  expect(facts).toHaveLength(3)
  for (const fact of facts) expect(JSON.stringify(fact).length).toBeLessThan(200_000)
})

test('[TI6] each change of tier keeps its reason, and says it as a sentence', async () => {
  const store = await storeOfAges()
  commit(store, pass(store))
  expect(store.query(queries.memoryTier$('old'))).toMatchObject({
    tier: 'warm',
    passId: 't1',
    ruleVersion: 1,
    importance: 0.225,
    days: 80,
    hotFrom: 0.45,
    tieredAt: at(0).at,
  })
  const known = store.query(memoryLife$('old'))!
  expect(tierSentence(tieringOf(known, policy, now), policy)).toBe(
    'Warm: it scores 0.360, and hot begins at 0.45. Importance gives 0.225; being written 80 days ago gives 0.135; nobody reinforced it; no answer used it.',
  )
  expect(store.query(memoryLife$('nobody'))).toBeUndefined()
})

test('[TI7] a pass is taken back as one: every memory is in the tier it was in, with the reason it had', async () => {
  const store = await storeOfAges()
  commit(store, pass(store))
  commit(store, life.revisePolicy('p1', policy, { ...policy, hotFrom: 0.3 }, at(0)))
  const { changes } = review(store)
  const ids = changes.map(({ memoryId }) => memoryId)
  const before = store.query(queries.tiersAmong$(ids))
  const adopted = store.query(queries.memoryPolicy$)
  commit(store, life.tierMemories('p1', 't2', adopted, changes, at(0)))
  expect(idsOf(store, 'hot')).toEqual(['fresh', 'old', 'pinned'])
  commit(store, life.untierMemories('p1', policy, ids, before, 'u1', at(0)))
  expect(idsOf(store, 'warm')).toEqual(['old'])
  commit(store, life.revisePolicy('p1', adopted, policy, at(0)))
  expect(store.query(queries.memoryPolicy$)).toEqual(policy)
  expect(store.query(queries.memoryTier$('old'))).toMatchObject({ tier: 'warm', importance: 0.225 })
})

test.each([
  [{ halfLifeDays: 0 }, policies.HalfLifeIllegal],
  [{ warmFrom: 0.5 }, policies.TiersOverlap],
  [{ hotFrom: 1.1 }, policies.TiersOverlap],
  [{ keepAbove: Number.NaN }, policies.KeepAboveIllegal],
  [{ keepDays: 0 }, policies.KeepDaysIllegal],
  [{ maximum: 0 }, policies.MaximumIllegal],
] as const)('[TI8] a policy out of its ranges is refused: %#', (changes, refusal) => {
  expect(life.revisePolicy('p1', policy, { ...policy, ...changes }, at(0))).toBeInstanceOf(refusal)
})

test('[TI8] a policy holds from the next pass on; the same one again is no fact', async () => {
  const store = await storeOfAges()
  commit(store, life.revisePolicy('p1', policy, { ...policy, hotFrom: 0.9, keepDays: null }, at(0)))
  expect(idsOf(store, 'warm')).toEqual([])
  commit(store, pass(store))
  expect(idsOf(store, 'warm')).toEqual(['fresh', 'old'])
  expect(life.revisePolicy('p1', policy, policy, at(0))).toEqual([])
})

test('[TI9] what is too old and not important enough, or the least of too many, is suggested to be forgotten; never what is pinned', () => {
  const lives = [
    { ...born, memoryId: 'a', writtenAt: now - 400 * day },
    { ...born, memoryId: 'b', writtenAt: now - 400 * day, isPinned: true },
    { ...born, memoryId: 'c', writtenAt: now - 400 * day, importance: 0.8 },
    { ...born, memoryId: 'd', writtenAt: now - 400 * day, recalledAt: [now - 10 * day] },
    { ...born, memoryId: 'e', importance: 0 },
  ]
  const beyond = (changes: Partial<policies.MemoryPolicy>) => reviewTiers(lives, { ...policy, ...changes }, now).beyond
  expect(beyond({})).toEqual([{ memoryId: 'a', because: 'age' }])
  expect(beyond({ maximum: 3 })).toEqual([
    { memoryId: 'a', because: 'age' },
    { memoryId: 'e', because: 'number' },
  ])
  expect(beyond({ keepDays: null, maximum: null })).toEqual([])
})

test('[TI10] passes of two devices on the same day are one', async () => {
  expect(life.dailyPassIdOf('p1', at(0).at)).toBe(life.dailyPassIdOf('p1', new Date(now + 3_600_000)))
  expect(life.dailyPassIdOf('p1', at(0).at)).not.toBe(life.dailyPassIdOf('p1', at(1).at))
  const store = await storeOfAges()
  const facts = pass(store)
  commit(store, facts)
  const once = personaStateHash(store)
  commit(store, facts)
  expect(personaStateHash(store)).toBe(once)
})

test('[TI11] a memory is split into several that say from which, and keep where it was learnt; taken back as one', async () => {
  const store = await personaStoreWith(add('m1', 1))
  const part = (memoryId: string, content: string) => ({ ...draft, memoryId, linkId: `l${memoryId}`, content })
  const memory = store.query(memoryById$('m1'))
  const parts = [part('m2', 'Ada likes tea'), part('m3', 'Ada lives in Pest')]
  expect(life.splitMemory(memory, parts.slice(1), [], at(0))).toBeInstanceOf(life.PartsIllegal)
  expect(life.splitMemory(null, parts, [], at(0))).toBeInstanceOf(commands.MemoryNotFound)
  expect(life.splitMemory(memory, [part('m2', ' '), part('m3', 'x')], [], at(0))).toBeInstanceOf(commands.MemoryEmpty)
  commit(store, life.splitMemory(memory, parts, ['s1'], at(0)))
  expect(store.query(memoryIds$({}, 9))).toEqual(['m2', 'm3'])
  expect(store.query(memoryBody$('m3'))).toMatchObject({ content: 'Ada lives in Pest', sourceEventIds: ['s1'] })
  expect(store.query(linksOf$('m1')).map(({ memoryId, relation }) => [memoryId, relation])).toEqual([
    ['m2', 'split from'],
    ['m3', 'split from'],
  ])
  expect(store.query(linksOf$('m3')).map(({ memoryId }) => memoryId)).toEqual(['m1'])
  commit(
    store,
    commands.forgetMemories('p1', ['m2', 'm3'], 'b', at(0)),
    commands.restoreMemories('p1', ['m1'], 'b', at(0)),
  )
  expect(store.query(memoryIds$({}, 9))).toEqual(['m1'])
})

test('[TI12] a transfer adds memories there with where they come from, and forgets them here; told again, it adds nothing', async () => {
  const here = await personaStoreWith(add('m1', 1), add('m2', 1))
  const there = await personaStoreWith()
  const memory = { ...here.query(memoryById$('m1'))!, content: 'Ada likes tea', tags: ['tea'], sourceEventIds: ['s1'] }
  expect(transfers.receiveMemories('p1', 'p1', [memory], 't1', at(0))).toBeInstanceOf(TransferToItself)
  const received = transfers.receiveMemories('p2', 'p1', [memory], 't1', at(0))
  commit(there, received, received)
  const id = receivedIdOf('m1', 't1')
  expect(there.query(memoryIds$({}, 9))).toEqual([id])
  expect(there.query(tagsOfMemory$(id))).toEqual(['tea'])
  expect(there.query(memoryBody$(id))?.origin).toMatchObject({ format: 'pjai-memory', sourceId: 'm1' })
  commit(here, transfers.transferMemories('p1', 'p2', ['m1'], 't1', at(0)))
  expect(here.query(memoryIds$({}, 9))).toEqual(['m2'])
  expect(here.query(queries.transferOf$('m1'))?.toPersonaId).toBe('p2')
  commit(here, commands.restoreMemories('p1', ['m1'], 'b', at(0)))
  expect(here.query(memoryIds$({}, 9))).toEqual(['m1', 'm2'])
  expect(here.query(queries.transferOf$('m1'))).toBeNull()
  const long = Array.from({ length: 30 }, (_, n) => ({ ...memory, memoryId: `m${n}`, content: 'x'.repeat(9000) }))
  expect(factsOf(transfers.receiveMemories('p2', 'p1', long, 't2', at(0))).length).toBeGreaterThan(1)
})

test('[TI13] nothing of the life of a memory outlives its erasure, nor comes back after it', async () => {
  const store = await storeOfAges()
  const facts = [pass(store), life.pinMemories('p1', ['faint'], 'b9', at(0))].flatMap(factsOf)
  commit(store, facts, life.reviseValidity(store.query(memoryById$('faint')), at(0).at, at(0)))
  commit(store, commands.forgetMemories('p1', ['faint'], 'b', at(0)))
  commit(store, commands.eraseMemories('p1', [{ memoryId: 'faint', forgottenAt: at(0).at }], 'e1', at(0)))
  commit(store, facts)
  expect(store.query(queries.memoryTier$('faint'))).toBeNull()
  expect(store.query(queries.isPinned$('faint'))).toBe(false)
  expect(store.query(queries.pinnedAmong$(['faint', 'pinned']))).toEqual(['pinned'])
})

test('[TI14] [TI17] until when a memory was true is apart from when it was learnt, and never before it began; recalled, it says so', async () => {
  const store = await personaStoreWith(add('m1', 1))
  const memory = store.query(memoryById$('m1'))
  expect(life.reviseValidity(memory, at(500).at, at(0))).toBeInstanceOf(life.EndsBeforeItBegan)
  expect(life.reviseValidity(null, null, at(0))).toBeInstanceOf(commands.MemoryNotFound)
  commit(store, life.reviseValidity(memory, at(10).at, at(0)))
  expect(store.query(queries.validUntil$('m1'))).toEqual(at(10).at)
  const recalled = recallAll('tea', (query, bindValues) => store.query({ query, bindValues: [...bindValues] }), {
    limit: 1,
    now: at(0).at,
  })
  expect(recalled[0]?.text).toBe('Ada likes tea (true until 2026-02-19)')
  commit(store, life.reviseValidity(memory, null, at(0)))
  expect(store.query(queries.validUntil$('m1'))).toBeNull()
})
