import { expect, test } from 'vitest'
import { addMemory, forgetMemories, MemoryEmpty, restoreMemories, reviseMemory } from '#schema/memories/commands.ts'
import { memoryBody$, memoryById$, memoryCount$, memoryPage$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import { personaStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const draft = { content: 'Ada likes tea', importance: 0.5, kind: 'preference', tags: ['tea'], occurredAt: stamp.at }

test('[ME1] a memory added is in the list, with its text and tags', async () => {
  const store = await personaStoreWith(addMemory('p1', 'm1', draft, stamp))
  expect(store.query(memoryPage$({}, { sort: 'importance', direction: 'desc', offset: 0, limit: 50 }))).toHaveLength(1)
  expect(store.query(memoryBody$('m1'))?.content).toBe('Ada likes tea')
  expect(store.query(tagsOfMemory$('m1'))).toEqual(['tea'])
})

test('[ME2] a memory without text is refused', () => {
  expect(addMemory('p1', 'm1', { ...draft, content: '  ' }, stamp)).toBeInstanceOf(MemoryEmpty)
})

test('[ME3] forgetting hides a memory and restoring brings it back', async () => {
  const store = await personaStoreWith(addMemory('p1', 'm1', draft, stamp), forgetMemories('p1', ['m1'], 'b1', stamp))
  expect(store.query(memoryCount$({}))).toBe(0)
  expect(store.query(memoryCount$({ forgotten: true, text: 'TEA', tag: 'tea' }))).toBe(1)
  store.commit(restoreMemories('p1', ['m1'], 'b2', stamp) as never)
  expect(store.query(memoryCount$({}))).toBe(1)
})

test('[ME4] revising writes only what changed', async () => {
  const store = await personaStoreWith(addMemory('p1', 'm1', draft, stamp))
  const memory = store.query(memoryById$('m1'))
  const events = reviseMemory(
    memory && { ...memory, content: draft.content, tags: draft.tags },
    { ...draft, importance: 0.9 },
    stamp,
  )
  expect(events).toMatchObject([{ name: 'v1.MemoryImportanceRevised' }])
})
