import { expect, test, vi } from 'vitest'
import * as commands from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import * as queries from '#schema/memories/queries.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 1, 10, minute)), actorId: 'ada', deviceId: 'laptop' })
const draft = { content: 'Ada likes tea', importance: 0.5, kind: 'preference', tags: ['tea'], occurredAt: at(0).at }
const add = (memoryId: string, changes: Partial<commands.MemoryDraft> = {}, minute = 0) =>
  commands.addMemory('p1', memoryId, { ...draft, ...changes }, at(minute))

const storeWithMemories = async () => {
  const store = await personaStoreWith(
    add('m1'),
    add('m2', { importance: 1, content: 'Über Tee', tags: [] }, 1),
    add('m3', { importance: 0, kind: 'fact' }, 2),
  )
  const memory = (id: string) => store.query(queries.memoryById$(id))
  const ids = (filter: queries.MemoryFilter = {}, page: Partial<queries.MemoryPage> = {}) =>
    store
      .query(queries.memoryPage$(filter, { sort: 'importance', direction: 'desc', offset: 0, limit: 50, ...page }))
      .map(({ memoryId }) => memoryId)
  return { store, memory, ids }
}

test('[ME1] a memory added is in the list, with its text and tags', async () => {
  const store = await personaStoreWith(add('m1', { content: ' Ada likes tea ', tags: [' tea', 'tea', ''] }))
  expect(store.query(queries.memoryCount$({}))).toBe(1)
  expect(store.query(queries.memoryBody$('m1'))?.content).toBe('Ada likes tea')
  expect(store.query(queries.tagsOfMemory$('m1'))).toEqual(['tea'])
})

test.each([
  [{ content: '  ' }, commands.MemoryEmpty],
  [{ content: 'x'.repeat(100_001) }, commands.MemoryTooLong],
  [{ importance: 1.01 }, commands.ImportanceOutOfRange],
  [{ importance: -0.01 }, commands.ImportanceOutOfRange],
  [{ importance: Number.NaN }, commands.ImportanceOutOfRange],
  [{ kind: ' ' }, commands.MemoryKindIllegal],
  [{ kind: 'x'.repeat(61) }, commands.MemoryKindIllegal],
  [{ tags: ['x'.repeat(61)] }, commands.TagIllegal],
] as const)(
  '[ME2] a memory without text, out of range or with an illegal kind or tag is refused: %#',
  (changes, refusal) => {
    expect(add('m1', changes)).toBeInstanceOf(refusal)
  },
)

test('[ME3] forgetting hides a memory and restoring brings it back', async () => {
  const { store, ids } = await storeWithMemories()
  commit(store, commands.forgetMemories('p1', ['m1', 'm3'], 'b1', at(5)))
  expect([ids(), ids({ forgotten: true })]).toEqual([['m2'], ['m1', 'm3']])
  commit(store, commands.restoreMemories('p1', ['m1', 'm3'], 'b2', at(6)))
  expect(ids()).toEqual(['m2', 'm1', 'm3'])
})

test('[ME4] revising writes only what changed', async () => {
  const { store, memory } = await storeWithMemories()
  const revise = (changes: Partial<commands.MemoryDraft>) =>
    commands.reviseMemory(
      { ...memory('m1')!, content: draft.content, tags: draft.tags },
      { ...draft, ...changes },
      at(7),
    )
  expect(revise({})).toEqual([])
  expect(revise({ importance: 0.9 })).toMatchObject([{ name: 'v1.MemoryImportanceRevised' }])
  expect(revise({ content: ' ' })).toBeInstanceOf(commands.MemoryEmpty)
  commit(store, revise({ importance: 0.9, content: 'Coffee', kind: 'fact', tags: ['coffee'] }))
  expect(memory('m1')).toMatchObject({ importance: 0.9, preview: 'Coffee', kind: 'fact', revisedAt: at(7).at })
  expect(store.query(queries.tagsOfMemory$('m1'))).toEqual(['coffee'])
})

test('[ME5] a page is a window of the list in any order, stable among equals', async () => {
  const { ids } = await storeWithMemories()
  expect(ids({}, { sort: 'addedAt', direction: 'asc' })).toEqual(['m1', 'm2', 'm3'])
  expect(ids({}, { sort: 'occurredAt', direction: 'desc' })).toEqual(['m3', 'm2', 'm1'])
  expect([ids({}, { limit: 1 }), ids({}, { limit: 2, offset: 1 })]).toEqual([['m2'], ['m1', 'm3']])
})

test('[ME6] filters narrow together: text in any case, kind, tag, importance, time', async () => {
  const { store, ids } = await storeWithMemories()
  expect(ids({ text: 'ÜBER' })).toEqual(['m2'])
  expect(ids({ text: '  ' })).toHaveLength(3)
  expect(ids({ kind: 'preference', tag: 'tea' })).toEqual(['m1'])
  expect(ids({ importanceFrom: 0.5, importanceTo: 0.5 })).toEqual(['m1'])
  expect([ids({ from: at(0).at }), ids({ to: at(0).at })]).toEqual([['m2', 'm1', 'm3'], []])
  expect(store.query(queries.memoryCount$({ tag: 'tea' }))).toBe(2)
  expect(store.query(queries.memoryIds$({ tag: 'tea' }, 1))).toEqual(['m1'])
})

test('[ME7] a reinforcement counts once, and a forgotten memory takes none', async () => {
  const { store, memory } = await storeWithMemories()
  const reinforced = commands.reinforceMemory(memory('m1'), 'r1', at(3))
  commit(store, reinforced, reinforced, commands.reinforceMemory(memory('m1'), 'r2', at(4)))
  expect(store.query(queries.reinforcementsOf$('m1')).map(({ reinforcementId }) => reinforcementId)).toEqual([
    'r2',
    'r1',
  ])
  commit(store, commands.forgetMemories('p1', ['m1'], 'b', at(5)))
  expect(commands.reinforceMemory(memory('m1'), 'r3', at(6))).toBeInstanceOf(commands.MemoryIsForgotten)
})

test('[ME8] two memories are linked by a relation, seen from both, until unlinked', async () => {
  const { store, memory } = await storeWithMemories()
  const link = (relation: string, to = 'm2') => commands.linkMemories('l1', memory('m1'), memory(to), relation, at(3))
  expect(link('about', 'm1')).toBeInstanceOf(commands.MemoryLinkedToItself)
  expect(link(' ')).toBeInstanceOf(commands.RelationIllegal)
  commit(store, link(' about '))
  expect(store.query(queries.linksOf$('m1'))).toMatchObject([{ memoryId: 'm2', relation: 'about' }])
  expect(store.query(queries.linksOf$('m2'))).toMatchObject([{ memoryId: 'm1', relation: 'about' }])
  commit(store, commands.unlinkMemories('p1', 'l1', at(4)))
  expect(store.query(queries.linksOf$('m1'))).toEqual([])
})

test('[ME9] a memory merged into another leaves the list, and can be restored', async () => {
  const { store, memory, ids } = await storeWithMemories()
  expect(commands.mergeMemory(memory('m1'), memory('m1'), at(3))).toBeInstanceOf(commands.MemoryLinkedToItself)
  commit(store, commands.mergeMemory(memory('m1'), memory('m2'), at(3)))
  expect([ids(), memory('m1')?.mergedIntoId]).toEqual([['m2', 'm3'], 'm2'])
  expect(commands.mergeMemory(memory('m3'), memory('m1'), at(4))).toBeInstanceOf(commands.MemoryIsForgotten)
  commit(store, commands.restoreMemories('p1', ['m1'], 'b', at(5)))
  expect(memory('m1')).toMatchObject({ mergedIntoId: null, forgottenAt: null })
})

test('[ME10] a tag is put on many at once and taken off many at once; kinds and tags are counted', async () => {
  const { store } = await storeWithMemories()
  commit(store, commands.tagMemories('p1', ['m1', 'm2'], ' new ', 'b1', at(3)))
  expect(store.query(queries.memoryTagCounts$)).toEqual([
    { value: 'new', count: 2 },
    { value: 'tea', count: 2 },
  ])
  expect(store.query(queries.memoryKinds$)).toEqual([
    { value: 'preference', count: 2 },
    { value: 'fact', count: 1 },
  ])
  commit(store, commands.untagMemories('p1', ['m1', 'm2'], 'new', 'b2', at(4)))
  expect(store.query(queries.memoryTagCounts$)).toEqual([{ value: 'tea', count: 2 }])
  expect(commands.tagMemories('p1', ['m1'], ' ', 'b', at(5))).toBeInstanceOf(commands.TagIllegal)
})

test('[ME11] at most 2000 memories at once, and what is not here cannot be changed', async () => {
  const many = Array.from({ length: 2001 }, (_, n) => `m${n}`)
  for (const refused of [
    commands.forgetMemories('p1', many, 'b', at(0)),
    commands.restoreMemories('p1', many, 'b', at(0)),
    commands.tagMemories('p1', many, 'x', 'b', at(0)),
    commands.untagMemories('p1', many, 'x', 'b', at(0)),
  ])
    expect(refused).toBeInstanceOf(commands.TooManyAtOnce)
  for (const refused of [
    commands.reviseMemory(null, draft, at(0)),
    commands.reinforceMemory(null, 'r', at(0)),
    commands.linkMemories('l', null, null, 'x', at(0)),
    commands.mergeMemory(null, null, at(0)),
  ])
    expect(refused).toBeInstanceOf(commands.MemoryNotFound)
})

test('[ME12] an import withdrawn leaves no trace of its memories, and none is taken that was here before', async () => {
  const { store, ids } = await storeWithMemories()
  const by = { actorId: 'ada', deviceId: 'laptop' }
  const memory = (memoryId: string) => ({ ...draft, memoryId, sourceEventIds: [] })
  commit(
    store,
    memoryEvents.memoriesImported({
      personaId: 'p1',
      importId: 'i1',
      memories: [memory('m1'), memory('i')],
      importedAt: at(3).at,
      ...by,
    }),
  )
  commit(
    store,
    memoryEvents.memoriesLinked({
      linkId: 'l',
      personaId: 'p1',
      fromMemoryId: 'i',
      toMemoryId: 'm1',
      relation: 'x',
      linkedAt: at(4).at,
      ...by,
    }),
  )
  expect(ids()).toHaveLength(4)
  commit(store, memoryEvents.memoriesImportWithdrawn({ personaId: 'p1', importId: 'i1', withdrawnAt: at(5).at, ...by }))
  expect(ids()).toEqual(['m2', 'm1', 'm3'])
  expect(
    store.query({ query: 'select * from memoryTags natural join memoryBodies where memoryId = ?', bindValues: ['i'] }),
  ).toEqual([])
  expect(store.query({ query: 'select * from memoryLinks', bindValues: [] })).toEqual([])
})
