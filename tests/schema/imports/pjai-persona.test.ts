import { expect, test } from 'vitest'
import { personaToJson } from '#schema/imports/pjai-persona.ts'
import { conversationOf, messageOf, personaOf, planOf } from './sources.ts'

const persona = {
  ...personaOf([
    conversationOf([
      ['u', null, 'Tea?'],
      ['a', 'u', messageOf('Yes.', { author: { role: 'assistant' }, metadata: { model_slug: 'm' } })],
      ['b', 'u', messageOf({ content_type: 'hologram', beam: [1] }, { author: { role: 'assistant' } })],
    ]),
  ]),
  memories: personaOf({ entries: [{ keys: ['tea'], content: 'Likes tea.', extensions: {} }] }).memories,
}
const [, answer] = persona.messages
const withRecall = {
  ...persona,
  messages: persona.messages.map((message) =>
    message === answer
      ? {
          ...message,
          answer: { model: 'm', recalledMemoryIds: [persona.memories[0]!.memoryId], recalledMessageIds: [] },
        }
      : message,
  ),
}

test('[IM18] a persona exported and imported is the same persona under new ids', () => {
  const plan = planOf(personaToJson(withRecall))
  expect(plan).toMatchObject({ format: 'pjai-persona', rejected: [], notes: [] })
  const copy = plan.personas[0]!
  const renamed = new Map([
    [withRecall.personaId, copy.personaId],
    ...withRecall.conversations.map(
      (it, index) => [it.conversationId, copy.conversations[index]!.conversationId] as const,
    ),
    ...withRecall.messages.map((it, index) => [it.messageId, copy.messages[index]!.messageId] as const),
    ...withRecall.memories.map((it, index) => [it.memoryId, copy.memories[index]!.memoryId] as const),
  ])
  const expected = [...renamed].reduce((json, [from, to]) => json.replaceAll(from, to), JSON.stringify(withRecall))
  expect(JSON.parse(JSON.stringify(copy))).toEqual(JSON.parse(expected))
  expect([...renamed].filter(([from, to]) => from === to)).toEqual([])
})

test('[IM18] a second export and import gives the same copy', () => {
  expect(planOf(personaToJson(withRecall))).toEqual(planOf(personaToJson(withRecall)))
})

test('[IM18] rows of an export that do not fit are rejected, each with its place, and the rest comes', () => {
  const json = JSON.parse(personaToJson(withRecall))
  json.messages[1].conversationId = 'elsewhere'
  json.messages[2].sentAt = 'yesterday'
  json.memories[0].importance = 7
  json.memories.push({ ...json.memories[0], memoryId: 'm2', importance: 1, content: ' ' })
  const plan = planOf(json)
  expect(plan.personas[0]).toMatchObject({ messages: [{ parts: [{ text: 'Tea?' }] }], memories: [] })
  expect(plan.rejected).toEqual([
    { where: 'messages › 3', reason: expect.stringMatching(/Date/) },
    { where: 'memories › 1', reason: expect.stringMatching(/between 0 and 1/) },
    { where: `messages › ${answer?.messageId}`, reason: 'Its conversation is not in the file.' },
    { where: 'memories › m2', reason: 'It has no text.' },
  ])
})

test('[IM20] an export whose persona breaks our rules comes with what of it is legal', () => {
  const json = JSON.parse(personaToJson(withRecall))
  const plan = planOf({ ...json, draft: { ...json.draft, name: 'a/b', traits: { openness: 900 } } })
  expect(plan.personas[0]?.draft).toMatchObject({ name: 'a b', traits: { openness: 50 } })
  expect(plan.notes.map(({ where }) => where)).toEqual(['name', 'persona'])
})
