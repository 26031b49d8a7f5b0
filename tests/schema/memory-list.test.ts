import { expect, test } from 'vitest'
import {
  addMemory,
  forgetMemories,
  MemoryNotFound,
  reinforceMemory,
  tagMemories,
  withdrawReinforcement,
} from '#schema/memories/commands.ts'
import {
  listedMemories$,
  memoryChanges$,
  memoryOrder$,
  memoryTotals$,
  taggedAmong$,
  tagsAmong$,
} from '#schema/memories/list-queries.ts'
import { memoryById$, memoryKinds$, memoryTagCounts$, reinforcementsOf$ } from '#schema/memories/queries.ts'
import { personaStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const draft = { content: 'Ada likes tea', importance: 0.5, kind: 'preference', tags: ['tea'], occurredAt: stamp.at }
const added = (memoryId: string, changed: Partial<typeof draft> = {}) =>
  addMemory('p1', memoryId, { ...draft, ...changed }, stamp)
const orderOf = (json: string): unknown => JSON.parse(json)

test('[MX1] the list is every id the filter finds, in the order asked for', async () => {
  const store = await personaStoreWith(
    added('m1', { importance: 0.2 }),
    added('m2', { importance: 0.9, kind: 'fact' }),
    added('m3', { content: 'The ocean is cold', tags: [] }),
  )
  const order = (filter: Parameters<typeof memoryOrder$>[0], direction: 'asc' | 'desc' = 'desc') =>
    orderOf(store.query(memoryOrder$(filter, { sort: 'importance', direction })))
  expect(order({})).toEqual(['m2', 'm3', 'm1'])
  expect(order({}, 'asc')).toEqual(['m1', 'm3', 'm2'])
  expect(order({ text: ' TEA ' })).toEqual(['m2', 'm1'])
  expect(order({ tag: 'tea', kind: 'preference' })).toEqual(['m1'])
  expect(order({ importanceFrom: 0.5, importanceTo: 0.5 })).toEqual(['m3'])
  expect(order({ text: 'nowhere' })).toEqual([])
})

test('[MX2] rows are read for a window of ids, with their tags', async () => {
  const store = await personaStoreWith(added('m1', { tags: ['tea', 'cup'] }), added('m2'))
  expect(store.query(listedMemories$(['m1', 'gone']))).toMatchObject([{ memoryId: 'm1', tags: ['cup', 'tea'] }])
})

test('[MX3] whoever watches for changes is told of each, whatever it changes', async () => {
  const store = await personaStoreWith(added('m1'))
  const told = { all: 0, tagged: 0 }
  store.subscribe(memoryChanges$({}), () => void told.all++)
  store.subscribe(memoryChanges$({ tag: 'tea' }), () => void told.tagged++)
  const before = { ...told }
  store.commit(added('m2') as never)
  expect(told).toEqual({ all: before.all + 1, tagged: before.tagged + 1 })
  store.commit(tagMemories('p1', ['m2'], 'cup', 'b1', stamp) as never)
  expect(told).toEqual({ all: before.all + 1, tagged: before.tagged + 2 })
})

test('[MX4] totals, kinds and tags count what is remembered', async () => {
  const store = await personaStoreWith(
    added('m1'),
    added('m2', { tags: ['tea', 'cup'] }),
    added('m3', { kind: 'fact', tags: ['ship'] }),
    forgetMemories('p1', ['m2', 'm3'], 'b1', stamp),
  )
  expect(store.query(memoryTotals$)).toEqual({ remembered: 1, forgotten: 2 })
  expect(store.query(memoryKinds$)).toEqual([{ value: 'preference', count: 1 }])
  expect(store.query(memoryTagCounts$)).toEqual([{ value: 'tea', count: 1 }])
})

test('[MX15] a reinforcement taken back counts no more', async () => {
  const store = await personaStoreWith(added('m1'))
  store.commit(reinforceMemory(store.query(memoryById$('m1')), 'r1', stamp) as never)
  expect(store.query(reinforcementsOf$('m1'))).toHaveLength(1)
  store.commit(withdrawReinforcement(store.query(memoryById$('m1')), 'r1', stamp) as never)
  expect(store.query(reinforcementsOf$('m1'))).toEqual([])
  expect(withdrawReinforcement(null, 'r1', stamp)).toBeInstanceOf(MemoryNotFound)
})

test('[MX16] of many memories one can tell which carry a tag, and which tags they carry', async () => {
  const store = await personaStoreWith(added('m1'), added('m2', { tags: ['tea', 'cup'] }), added('m3', { tags: [] }))
  expect(store.query(taggedAmong$(['m1', 'm3'], 'tea'))).toEqual(['m1'])
  expect(store.query(tagsAmong$(['m1', 'm2', 'm3']))).toEqual([
    { value: 'tea', count: 2 },
    { value: 'cup', count: 1 },
  ])
})
