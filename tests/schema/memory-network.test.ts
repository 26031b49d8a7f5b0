import { expect, test } from 'vitest'
import { deleteConversations, startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory, forgetMemories } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import {
  mappedMemories$,
  memoriesLinkedTo$,
  memoryTies$,
  networkConversations$,
  networkMemories$,
} from '#schema/stores/memory-network.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const by = { actorId: 'ada', deviceId: 'laptop' }
const at = new Date('2026-03-01T10:00:00Z')
const stamp = { at, ...by }
const draft = { content: 'Ada likes tea', importance: 0.5, kind: 'preference', tags: [], occurredAt: at }
const talk = { conversationId: 'talk', personaId: 'p1' }
const answer = { model: 'built-in', recalledMemoryIds: ['m2'], recalledMessageIds: [] }
const linked = (linkId: string, fromMemoryId: string, toMemoryId: string) =>
  memoryEvents.memoriesLinked({
    personaId: 'p1',
    linkId,
    fromMemoryId,
    toMemoryId,
    relation: 'supports',
    linkedAt: at,
    ...by,
  })
const said = (messageId: string, more: object = {}) =>
  sendMessage(
    talk,
    { messageId, parentMessageId: null, role: 'user', parts: [{ type: 'text', text: 'Tea?' }], ...more },
    stamp,
  )

test('[GR1] memories are tied by links, by the talks they were learnt in, and by those whose answers recalled them', async () => {
  const store = await personaStoreWith(
    startConversation('p1', 'talk', { title: 'Tea time' }, stamp),
    said('asked'),
    said('asked again'),
    said('answered', { role: 'assistant', answer }),
    addMemory('p1', 'm1', draft, stamp, ['asked', 'asked again', 'nowhere']),
    addMemory('p1', 'm2', draft, stamp),
    addMemory('p1', 'm3', draft, stamp),
    linked('l1', 'm1', 'm2'),
    linked('l2', 'm2', 'm3'),
  )
  expect(store.query(memoryTies$(['m1', 'm2']))).toEqual([
    { how: 'learnt', memoryId: 'm1', otherId: 'talk', relation: '' },
    { how: 'linked', memoryId: 'm1', otherId: 'm2', relation: 'supports' },
    { how: 'recalled', memoryId: 'm2', otherId: 'talk', relation: '' },
  ])
  expect(store.query(networkConversations$(['talk', 'gone']))).toEqual([{ conversationId: 'talk', title: 'Tea time' }])
  expect(store.query(networkMemories$(['m1', 'gone']))).toEqual([
    {
      memoryId: 'm1',
      preview: 'Ada likes tea',
      kind: 'preference',
      importance: 0.5,
      tier: 'hot',
      tags: [],
      importId: null,
      format: null,
    },
  ])
  commit(store, deleteConversations('p1', ['talk'], 'b1', stamp))
  expect(store.query(networkConversations$(['talk']))).toEqual([])
})

test('[GR2] a map holds the newest of what is remembered, or of what is forgotten', async () => {
  const later = { ...stamp, at: new Date('2026-03-02T10:00:00Z') }
  const store = await personaStoreWith(
    addMemory('p1', 'm1', draft, stamp),
    addMemory('p1', 'm2', draft, later),
    addMemory('p1', 'm3', draft, stamp),
    forgetMemories('p1', ['m3'], 'b1', later),
  )
  const ids = (forgotten: boolean, limit: number) =>
    store.query(mappedMemories$({ forgotten, limit })).map(({ memoryId }) => memoryId)
  expect(ids(false, 10)).toEqual(['m2', 'm1'])
  expect(ids(false, 1)).toEqual(['m2'])
  expect(ids(true, 10)).toEqual(['m3'])
})

test('[GR20] what is linked to the open memory is drawn with it, wherever it stands', async () => {
  const ids = ['m1', 'm2', 'm3', 'm4', 'm5', 'm6']
  const store = await personaStoreWith(
    ...ids.map((id) => addMemory('p1', id, draft, stamp)),
    linked('l1', 'm2', 'm1'),
    linked('l2', 'm2', 'm3'),
    linked('l3', 'm4', 'm3'),
    linked('l4', 'm4', 'm5'),
    linked('l5', 'm3', 'm1'),
  )
  expect(store.query(memoriesLinkedTo$('m2'))).toEqual(['m2', 'm1', 'm3', 'm4', 'm5'])
  expect(store.query(memoriesLinkedTo$('m5'))).toEqual(['m5', 'm4', 'm3', 'm1', 'm2'])
  expect(store.query(memoriesLinkedTo$('m6'))).toEqual(['m6'])
})
