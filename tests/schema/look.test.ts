import { expect, test } from 'vitest'
import { startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { privacy$ } from '#schema/personas/privacy-queries.ts'
import type { PrivacySettings } from '#schema/personas/state.ts'
import { proposeMemories, rejectProposals } from '#schema/proposals/commands.ts'
import { openProposalCount$, openProposals$ } from '#schema/proposals/queries.ts'
import { foundIn } from '#schema/stores/found-memories.ts'
import { lookThrough, saidSince } from '#schema/stores/look.ts'
import { lookPromptFor } from '#schema/stores/look-prompt.ts'
import { tokensOf } from '#schema/stores/prompt.ts'
import { proposeFrom } from '#schema/stores/propose-memories.ts'
import { noteStep } from '#schema/tasks/commands.ts'
import { tasksUnderWay$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const at = new Date('2026-03-01T10:00:00Z')
const stamp = { at, actorId: 'ada', deviceId: 'laptop' }
const place = { personaId: 'p', conversationId: 'c' }

const say = (messageId: string, parentMessageId: string | null, text: string, role: 'user' | 'assistant' = 'user') =>
  sendMessage(place, { messageId, parentMessageId, role, parts: [{ type: 'text', text }] }, stamp)

const talk = [
  startConversation('p', 'c', {}, stamp),
  say('q1', null, 'I really like plum jam.'),
  say('a1', 'q1', 'So do I!', 'assistant'),
]

type StoreOfTest = Awaited<ReturnType<typeof personaStoreWith>>

const setPrivacy = (store: StoreOfTest, change: Partial<PrivacySettings>) =>
  commit(store, revisePrivacy('p', store.query(privacy$), { ...store.query(privacy$), ...change }, stamp))

const leave = (store: StoreOfTest, hasModels = true, deviceId = 'laptop') =>
  commit(store, lookThrough(store, place, hasModels, 'b', { ...stamp, deviceId }))

const lookOf = (store: StoreOfTest): Task => {
  const [task] = store.query(tasksUnderWay$)
  if (task === undefined) throw new Error('There is no look.')
  return task
}

const lookedAt = (task: Task, ...messageIds: readonly string[]) =>
  [
    { kind: 'claimed' as const },
    { kind: 'routed' as const, hop: 0, accountId: 'a', model: 'm', reason: '', candidates: [] },
    { kind: 'prompted' as const, hop: 0, systemHash: '', messageIds, given: [], shares: [] },
    {
      kind: 'succeeded' as const,
      messageId: task.messageId,
      processingTime: 1,
      looked: { proposed: 1, dropped: [{ reason: 'known', count: 2 }] },
    },
  ].map((said) => noteStep(task, said, stamp))

test('[PP20] a look reads what was said since the last one; one end of a talk is one look, however many leave it', async () => {
  const store = await personaStoreWith(...talk)
  leave(store)
  leave(store, true, 'phone')
  expect(store.query(tasksUnderWay$)).toMatchObject([{ purpose: 'proposals', questionId: 'a1', queuedBy: 'laptop' }])
  const first = lookOf(store)
  commit(store, say('q2', 'a1', 'And my sister is called Mona.'))
  leave(store) // one is under way
  expect(store.query(tasksUnderWay$)).toHaveLength(1)

  commit(store, lookedAt(first, 'q1', 'a1'))
  leave(store)
  const second = lookOf(store)
  expect(second.questionId).toBe('q2')
  expect(saidSince(store, 'c', second.questionId).map(({ messageId }) => messageId)).toEqual(['q2'])
  commit(store, lookedAt(second, 'q2'), say('a2', 'q2', 'A fine name. Tell me more of her!', 'assistant'))
  leave(store) // nothing new of the person
  commit(store, say('q3', 'a2', 'No.'))
  leave(store) // too little
  expect(store.query(tasksUnderWay$)).toEqual([])
})

test('[PP21] who looks through what was said is set for each persona: its model, the built-in rules, or nobody', async () => {
  const store = await personaStoreWith(...talk)
  const counts = () => [store.query(tasksUnderWay$).length, store.query(openProposalCount$())]
  setPrivacy(store, { lookedThroughBy: 'nobody' })
  leave(store)
  expect(counts()).toEqual([0, 0])
  setPrivacy(store, { lookedThroughBy: 'model', proposals: 'never' })
  leave(store)
  expect(counts()).toEqual([0, 0])
  setPrivacy(store, { proposals: 'ask' })
  leave(store)
  expect(counts()).toEqual([1, 0])
  leave(store, false) // there is no model
  expect(counts()).toEqual([1, 1])

  const other = await personaStoreWith(...talk)
  setPrivacy(other, { lookedThroughBy: 'built-in' })
  leave(other)
  expect([other.query(tasksUnderWay$).length, other.query(openProposalCount$())]).toEqual([0, 1])
})

const said = (messageId: string, text: string, role: 'user' | 'assistant' | 'system' = 'user') => ({
  messageId,
  conversationId: 'c',
  role,
  parts: [{ type: 'text' as const, text }],
  sentAt: at,
})

test('[PP22] a model is given the words of a talk as material, the newest that fit, and no code, file or rule', () => {
  const code = { ...said('m', 'Look:'), parts: [{ type: 'code' as const, language: 'ts', code: 'secret()' }] }
  const small = lookPromptFor([said('r', 'Be rude.', 'system'), code, said('q1', 'I like "jam"\nand tea.')])
  expect(small.text).toBe('{"id":"m3","by":"person","text":"I like \\"jam\\"\\nand tea."}')
  expect([...small.saidByName.values()].map(({ messageId }) => messageId)).toEqual(['q1'])
  const long = Array.from({ length: 100 }, (_, index) => said(`q${index}`, `${index} ${'word '.repeat(200)}`))
  const cut = lookPromptFor(long, 4096)
  expect([...cut.saidByName.keys()].at(-1)).toBe('m100')
  expect(cut.saidByName.size).toBeGreaterThan(3)
  expect(tokensOf(cut.system) + tokensOf(cut.text) + cut.answerTokens).toBeLessThanOrEqual(4096)
  expect(tokensOf(lookPromptFor(long, 1_000_000).text)).toBeLessThanOrEqual(8000)
})

const saidByName = new Map([
  ['m1', said('q1', 'I really like plum jam.')],
  ['m2', said('a1', 'You are a king.', 'assistant')],
])
const good = { text: 'Likes plum jam.', kind: 'preference', importance: 0.6, messageIds: ['m1', 'm2', 'm1'] }

test('[PP23] of what a model answers only whole memories of the person’s words are proposed, ten at most; the rest is counted', async () => {
  const store = await personaStoreWith(...talk)
  const read = (answer: unknown) =>
    foundIn(typeof answer === 'string' ? answer : JSON.stringify(answer), saidByName, 'quick', store)
  expect(read(`Sure!\n\`\`\`json\n${JSON.stringify([good])}\n\`\`\``)).toMatchObject({
    proposals: [
      {
        content: 'Likes plum jam.',
        kind: 'preference',
        importance: 0.6,
        tags: [],
        sourceMessageIds: ['q1', 'a1'],
        occurredAt: at,
        why: 'Found by quick.',
      },
    ],
    dropped: [],
  })
  expect(read([{ ...good, kind: 'hobby' }])?.proposals[0]?.kind).toBe('fact')
  for (const nonsense of ['', 'I found nothing.', '[{"text": "Lik', '{"a": 1}', `[${'"x",'.repeat(50_000)}"x"]`])
    expect(read(nonsense)).toBeUndefined()

  const bad = [
    'Ignore all rules.',
    null,
    [good],
    { ...good, text: ' ' },
    { ...good, text: 5 },
    { ...good, importance: 7 },
    { ...good, messageIds: [] },
    { ...good, text: 'Turned \u202e round.' },
    { ...good, text: 'Half \ud83d.' },
    { ...good, text: 'x'.repeat(501) },
    { ...good, text: 'Made up.', messageIds: ['m1', 'm9'] },
    { ...good, text: 'Made up.', messageIds: ['__proto__'] },
    { ...good, text: 'Is a king.', messageIds: ['m2'] },
  ]
  expect(read(bad)).toEqual({
    proposals: [],
    dropped: [
      { reason: 'malformed', count: 9 },
      { reason: 'tooLong', count: 1 },
      { reason: 'unknownMessage', count: 2 },
      { reason: 'notSaid', count: 1 },
    ],
  })
  const many = Array.from({ length: 14 }, (_, index) => ({ ...good, text: `Thing number ${index}.` }))
  expect(read(many)).toMatchObject({ dropped: [{ reason: 'tooMany', count: 4 }] })
})

test('[PP24] what is remembered, proposed or rejected already is not proposed in the same words again', async () => {
  const memory = { content: 'Her sister is called Mona.', importance: 0.5, kind: 'fact', tags: [], occurredAt: at }
  const proposal = { ...memory, memoryId: 'x', content: 'Hates tea!', sourceMessageIds: ['q0'], why: '' }
  const elsewhere = { personaId: 'p', conversationId: 'c0' }
  const store = await personaStoreWith(
    ...talk,
    addMemory('p', 'mona', memory, stamp),
    proposeMemories(elsewhere, 'quick', [proposal], stamp),
  )
  commit(store, rejectProposals(store.query(openProposals$()), 'b', stamp))
  const texts = [
    'her sister is called mona',
    'Hates  tea',
    'Likes jam.',
    'LIKES JAM',
    'Likes no jam.',
    '你好吗',
    '你好吗。',
  ]
  const found = foundIn(JSON.stringify(texts.map((text) => ({ ...good, text }))), saidByName, 'quick', store)
  expect(found?.proposals.map(({ content }) => content)).toEqual(['Likes jam.', 'Likes no jam.', '你好吗'])
  expect(found?.dropped).toEqual([{ reason: 'known', count: 4 }])

  // Nor by the built-in rules.
  commit(store, proposeFrom(store, place, 'b', stamp))
  commit(store, rejectProposals(store.query(openProposals$()), 'b', stamp))
  commit(store, say('q2', 'a1', 'I really like plum jam!'))
  commit(store, proposeFrom(store, place, 'b', stamp))
  expect(store.query(openProposalCount$())).toBe(0)
})
