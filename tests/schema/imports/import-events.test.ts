import { expect, test } from 'vitest'
import { textOfParts } from '#schema/conversations/parts.ts'
import { conversationById$, openBranch$ } from '#schema/conversations/queries.ts'
import { countsOfPlan } from '#schema/imports/plan.ts'
import { planImportSteps } from '#schema/imports/plan-import.ts'
import { memoryCount$, memoryPage$ } from '#schema/memories/queries.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { importDifference, importEvents, nothingKnown, withdrawEvents } from '#schema/stores/import-events.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import { commit, personaStateHash, personaStoreWith } from '#tests/support/stores.ts'
import { bytesOf, conversationOf, messageOf, options, personaOf, planOf, stamp } from './sources.ts'

const chat = [
  conversationOf([
    ['q', null, 'Tea?'],
    ['hidden', 'q', messageOf('x', { weight: 0 })],
    ['a1', 'hidden', messageOf('Green.', { author: { role: 'assistant' }, metadata: { model_slug: 'm' } })],
    ['a2', 'hidden', messageOf('Black.', { author: { role: 'assistant' } })],
  ]),
]
const book = {
  entries: [
    { keys: ['tea'], content: 'Likes tea.' },
    { keys: ['wolf'], content: 'Fears wolves.' },
  ],
}
const chatGpt = personaOf(chat)
const lore = personaOf(book)

test('[IM2] what was planned is what the store holds', async () => {
  const store = await personaStoreWith([...importEvents(chatGpt, 'i1', stamp)])
  expect(store.query(summaryCounts$)).toMatchObject({ conversations: 1, messages: 3, memories: 0 })
  expect(store.query(persona$)).toMatchObject({ name: 'ChatGPT', origin: { format: 'chatgpt' } })
  const { conversationId } = chatGpt.conversations[0]!
  const branch = store.query(openBranch$(conversationId, 50))
  expect(branch.map(({ parts }) => textOfParts(parts))).toEqual(['Tea?', 'Black.'])
  expect(branch.map(({ siblingCount }) => siblingCount)).toEqual([1, 2])
  expect(store.query(conversationById$(conversationId))?.startedAt).toEqual(chatGpt.conversations[0]?.startedAt)
})

test('[IM3] a second import changes nothing, whether what is here is known or not', async () => {
  const store = await personaStoreWith([...importEvents(chatGpt, 'i1', stamp)])
  const before = personaStateHash(store)
  const later = { ...stamp, at: new Date('2027-01-01') }
  commit(store, [...importEvents(personaOf(chat), 'i2', later)])
  expect(personaStateHash(store)).toBe(before)
  const known = {
    persona: true,
    conversationIds: new Set(chatGpt.conversations.map(({ conversationId }) => conversationId)),
    messageIds: new Set(chatGpt.messages.map(({ messageId }) => messageId)),
    memoryIds: new Set<string>(),
  }
  expect([...importEvents(personaOf(chat), 'i2', later, known)]).toEqual([])
  expect(importDifference(chatGpt, known)).toEqual({
    added: { conversations: 0, messages: 0, memories: 0 },
    alreadyHere: { conversations: 1, messages: 3, memories: 0 },
  })
})

test('[IM3] of a conversation that went on, only what is new is written', () => {
  const grown = personaOf([
    conversationOf([
      ['q', null, 'Tea?'],
      ['a1', 'q', 'Green.'],
      ['q2', 'a1', 'Why?'],
    ]),
  ])
  const known = {
    ...nothingKnown,
    persona: true,
    conversationIds: new Set(grown.conversations.map(({ conversationId }) => conversationId)),
    messageIds: new Set(chatGpt.messages.map(({ messageId }) => messageId)),
  }
  const events = [...importEvents(grown, 'i2', stamp, known)]
  expect(events).toMatchObject([{ name: 'v1.MessagesImported', args: { messages: [{ sourceId: 'q2' }] } }])
})

test('[IM17] an import is taken back as one; another import and the persona stay', async () => {
  const into = { intoPersonaId: chatGpt.personaId }
  const store = await personaStoreWith([...importEvents(chatGpt, 'i1', stamp)])
  const before = personaStateHash(store)
  commit(store, [...importEvents(personaOf(book, into), 'i2', stamp, { ...nothingKnown, persona: true })])
  expect(store.query(memoryCount$({ tag: 'wolf' }))).toBe(1)
  commit(store, withdrawEvents(chatGpt.personaId, 'i2', stamp))
  expect(personaStateHash(store)).toBe(before)
  commit(store, withdrawEvents(chatGpt.personaId, 'i1', stamp))
  expect(store.query(summaryCounts$)).toMatchObject({ conversations: 0, messages: 0, memories: 0 })
})

test('[IM17] what was imported, taken back and imported again is here once', async () => {
  const store = await personaStoreWith([...importEvents(chatGpt, 'i1', stamp)])
  commit(store, withdrawEvents(chatGpt.personaId, 'i1', stamp), [...importEvents(chatGpt, 'i2', stamp)])
  expect(store.query(summaryCounts$)).toMatchObject({ conversations: 1, messages: 3 })
})

test('[IM12] memories of a book are in the list, with their tags', async () => {
  const store = await personaStoreWith([...importEvents(lore, 'i1', stamp)])
  const page = { sort: 'importance', direction: 'desc', offset: 0, limit: 50 } as const
  expect(store.query(memoryPage$({ kind: 'lore', tag: 'tea' }, page))).toMatchObject([{ preview: 'Likes tea.' }])
})

test('[IM21] 20 000 messages are planned in small steps that say how far they are', { timeout: 60_000 }, () => {
  const nodes = Array.from({ length: 1000 }, (_, index) => {
    return [`n${index}`, index === 0 ? null : `n${index - 1}`, `message ${index}`] as const
  })
  const source = Array.from({ length: 20 }, (_, index) => conversationOf(nodes, { conversation_id: `c${index}` }))
  const steps = planImportSteps(bytesOf(source), 'conversations.json', options)
  const progress: number[] = []
  let step = steps.next()
  for (; step.done !== true; step = steps.next()) progress.push(step.value)
  expect(progress.length).toBeGreaterThan(60)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  expect(progress.at(-1)).toBeGreaterThan(0.9)
  if (step.value instanceof Error) throw step.value
  expect(countsOfPlan(step.value)).toMatchObject({ conversations: 20, messages: 20_000 })
})

test('[IM2] a plan counts what it would bring', () => {
  const counts = { personas: 1, conversations: 1, messages: 3, memories: 0, rejected: 1 }
  expect(countsOfPlan(planOf([...chat, {}]))).toEqual(counts)
})
