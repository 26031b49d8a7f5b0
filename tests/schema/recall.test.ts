import { expect, test } from 'vitest'
import { deleteConversations, startConversation } from '#schema/conversations/commands.ts'
import { deleteMessage, sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory, forgetMemories } from '#schema/memories/commands.ts'
import { builtInAnswer, builtInNotice, builtInText } from '#schema/stores/built-in-answer.ts'
import { passageOf } from '#schema/stores/passage.ts'
import { recall, whyText } from '#schema/stores/recall.ts'
import { termsOf, wordsOf } from '#schema/stores/recall-words.ts'
import { type Decision, personaStoreWith } from '#tests/support/stores.ts'

const now = new Date('2026-03-01T10:00:00Z')
const stamp = { at: now, actorId: 'ada', deviceId: 'laptop' }

const memory = (memoryId: string, content: string, { importance = 0.5, occurredAt = now } = {}) =>
  addMemory('p1', memoryId, { content, importance, kind: 'fact', tags: [], occurredAt }, stamp)

const chat = startConversation('p1', 'c1', { title: 'Harbours' }, stamp)
const message = (messageId: string, text: string, role: 'user' | 'assistant' = 'user', model?: string) =>
  sendMessage(
    { conversationId: 'c1', personaId: 'p1' },
    {
      messageId,
      parentMessageId: null,
      role,
      parts: [{ type: 'text', text }],
      ...(model === undefined ? {} : { answer: { model, recalledMemoryIds: [], recalledMessageIds: [] } }),
    },
    stamp,
  )

const recallFrom = async (facts: readonly Decision[], question: string, limit = 3) => {
  const store = await personaStoreWith(...facts)
  const select = (query: string, bindValues: readonly (string | number)[]) =>
    store.query({ query, bindValues: [...bindValues] }) as readonly unknown[]
  return recall(question, select, { limit, now, exceptMessageId: 'asked' })
}

const tea = memory('tea', 'Prefers green tea in the morning, never coffee after noon.')
const mira = memory('mira', 'Has a sister called Mira who plays the cello in Vienna.')
const harbour = memory('harbour', 'Lives in Lisbon near the harbour.')

test('[RE1] a question finds the memory that says it, in whatever form its words stand', async () => {
  expect((await recallFrom([tea, mira, harbour], 'What does she prefer to drink in the mornings?'))[0]?.id).toBe('tea')
  expect((await recallFrom([tea, mira, harbour], 'Who plays cellos?'))[0]?.id).toBe('mira')
})

test('[RE1] messages are remembered like memories, and say who said them where', async () => {
  const [found] = await recallFrom([chat, message('m1', 'The harbour lights were lovely.'), tea], 'harbour lights')
  expect(found).toMatchObject({
    id: 'm1',
    kind: 'message',
    said: { conversationId: 'c1', title: 'Harbours', role: 'user' },
  })
})

test('[RE2] it says why: which words, and whether it is important or recent', async () => {
  const [found] = await recallFrom([memory('nuts', 'Allergic to hazelnuts.', { importance: 0.9 })], 'Any hazelnuts?')
  expect(whyText(found?.why ?? [])).toBe('mentions “hazelnuts” · important · recent')
})

test('[RE3] a rare word weighs more than a frequent one', async () => {
  const many = Array.from({ length: 20 }, (_, n) => memory(`often${n}`, `Tea again, cup number ${n}.`))
  const found = await recallFrom([...many, memory('rare', 'Bergamot is for guests.')], 'tea with bergamot')
  expect(found[0]?.id).toBe('rare')
})

test('[RE3] of two that say the same amount the important one comes first, then the recent one', async () => {
  const old = new Date('2024-01-01T00:00:00Z')
  const important = await recallFrom(
    [memory('a', 'Tea from Assam.', { importance: 0.1 }), memory('b', 'Tea from Ceylon.', { importance: 0.9 })],
    'tea',
  )
  expect(important.map(({ id }) => id)).toEqual(['b', 'a'])
  const recent = await recallFrom(
    [memory('a', 'Tea from Assam.', { occurredAt: old }), memory('b', 'Tea from Ceylon.')],
    'tea',
  )
  expect(recent.map(({ id }) => id)).toEqual(['b', 'a'])
})

test('[RE4] what is forgotten or deleted, or was itself a quote, is not recalled', async () => {
  const deleted = { messageId: 'm1', conversationId: 'c1', personaId: 'p1' }
  expect(await recallFrom([harbour, forgetMemories('p1', ['harbour'], 'b1', stamp)], 'harbour')).toEqual([])
  expect(
    await recallFrom([chat, message('m1', 'The harbour.'), deleteMessage(deleted, 'b1', stamp)], 'harbour'),
  ).toEqual([])
  expect(
    await recallFrom([chat, message('m1', 'The harbour.'), deleteConversations('p1', ['c1'], 'b1', stamp)], 'harbour'),
  ).toEqual([])
  expect(await recallFrom([chat, message('m1', '> The harbour', 'assistant', 'built-in')], 'harbour')).toEqual([])
})

test('[RE4] a question does not recall itself, nor the same question asked before', async () => {
  const facts = [chat, message('asked', 'Where is the harbour?'), message('before', 'Where is the harbour?')]
  expect(await recallFrom(facts, 'Where is the harbour?')).toEqual([])
})

test('[RE5] what has nothing to do with the question is not offered', async () => {
  expect(await recallFrom([tea, mira, harbour], 'What do you think of zeppelins?')).toEqual([])
  expect(await recallFrom([tea, mira, harbour], 'Who are you?')).toEqual([])
  expect(await recallFrom([tea], 'How does the steamtrain cross the mountains?')).toEqual([])
})

test('[RE6] words of scripts without spaces are found in pairs of characters', async () => {
  expect((await recallFrom([memory('zh', '她喜欢在早上喝绿茶。'), tea], '她喝绿茶吗'))[0]?.id).toBe('zh')
  expect((await recallFrom([memory('ja', '朝は緑茶を飲みます'), tea], '緑茶は好き'))[0]?.id).toBe('ja')
  expect(wordsOf('绿茶好').map(({ stem }) => stem)).toEqual(['绿茶', '茶好'])
})

test('[RE6] letters with marks and words with apostrophes are words', () => {
  expect(termsOf('Zoë’s café in Łódź').map(({ stem }) => stem)).toEqual(['zoë', 'café', 'łódź'])
})

test('[RE7] the same question over the same memories gives the same answer', async () => {
  const facts = Array.from({ length: 50 }, (_, n) => memory(`m${n}`, `Tea number ${n % 5} with milk.`))
  const [a, b] = [await recallFrom(facts, 'tea milk', 5), await recallFrom(facts.toReversed(), 'tea milk', 5)]
  expect(a).toEqual(b)
})

test('[RE8] a quote is the sentence that says it, not the whole text', () => {
  const text = 'It rained all day. The harbour lights came on at six! Then we went home.'
  expect(passageOf(text, termsOf('harbour lights'), 40)).toBe('The harbour lights came on at six!')
  expect(passageOf(`${'word '.repeat(200)}harbour ${'word '.repeat(200)}`, termsOf('harbour'), 100)).toMatch(
    /^….*harbour.*…$/,
  )
})

test('[RE9] the built-in responder says once that it only quotes, and names what it quotes', async () => {
  const found = await recallFrom([tea], 'tea')
  const first = builtInText('tea', found, true)
  expect(first).toContain(builtInNotice)
  expect(first).toContain('> Prefers green tea in the morning, never coffee after noon.')
  expect(first).toContain('— a memory, 1 March 2026')
  expect(builtInText('tea', found, false)).not.toContain(builtInNotice)
  expect(builtInAnswer(found, 12)).toMatchObject({ model: 'built-in', processingTime: 12, recalledMemoryIds: ['tea'] })
})

test('[RE10] it says so when it remembers nothing', () => {
  expect(builtInText('zeppelins', [], false)).toContain('I remember nothing that says enough about “zeppelins”')
  expect(builtInText('who are you', [], false)).toContain('I cannot tell what to look for')
})

test('[RE11] what is quoted stays text: it cannot become a link, a heading or code', async () => {
  const [found] = await recallFrom([memory('x', '# tea [x](javascript:alert(1)) `tea` <b>')], 'tea')
  const text = builtInText('tea', found === undefined ? [] : [found], false)
  expect(text).toContain('> \\# tea \\[x\\](javascript:alert(1)) \\`tea\\` \\<b>')
})
