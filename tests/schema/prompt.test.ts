import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { type PromptInput, promptFor, tokensOf } from '#schema/stores/prompt.ts'
import { seeded } from '#tests/support/any-fact.ts'

const at = new Date('2026-03-01T10:00:00Z')
const ada = { name: 'Ada', personality: 'Curious.', tone: 'warm', systemPrompt: 'Be brief.' }

const memory = (id: string, text: string, score = 1): PromptInput['recalled'][number] => ({
  id,
  kind: 'memory',
  score,
  why: [{ reason: 'mentions “tea”', share: 1 }],
  text,
  quote: text,
  at,
  said: null,
})

const said = (messageId: string, text: string, role: 'user' | 'assistant' = 'user') => ({
  messageId,
  role,
  parts: [{ type: 'text' as const, text }],
})

const input: PromptInput = {
  persona: ada,
  instructions: 'Answer in rhyme.',
  recalled: [memory('tea', 'Prefers green tea.')],
  branch: [said('m1', 'Hello'), said('m2', 'Hello yourself', 'assistant'), said('m3', 'Which tea?')],
  goesOn: false,
  contextTokens: 4000,
  maxTokens: 500,
}

const sharesOf = (prompt: ReturnType<typeof promptFor>) =>
  Object.fromEntries(prompt.shares.map(({ section, tokens }) => [section, tokens]))

test('[PM1] a model is told who it is, what the conversation asks for, what is remembered, and the branch', () => {
  const prompt = promptFor(input)
  for (const text of ['You are Ada.', 'Be brief.', 'Curious.', 'warm', 'Answer in rhyme.', 'Prefers green tea.'])
    expect(prompt.system).toContain(text)
  expect(prompt.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user'])
  expect(prompt).toMatchObject({ messageIds: ['m1', 'm2', 'm3'], given: [{ memoryId: 'tea', why: 'mentions “tea”' }] })
})

test('[PM2] a prompt keeps within what the model reads, and says what each part takes', () => {
  const text = fc.integer({ min: 0, max: 3000 }).map((length) => 'word '.repeat(length / 5))
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1, maxLength: 20 }),
      fc.array(text, { maxLength: 10 }),
      text,
      fc.integer({ min: 2000, max: 8000 }),
      (messages, memories, personality, contextTokens) => {
        const branch = [...messages.map((it, n) => said(`m${n}`, `a${it}`)), said('last', 'Which tea?')]
        const prompt = promptFor({
          ...input,
          persona: { ...ada, personality },
          recalled: memories.map((it, n) => memory(`k${n}`, it)),
          branch,
          contextTokens,
        })
        const told =
          tokensOf(prompt.system) +
          prompt.messages.reduce((sum, { parts }) => sum + 4 + tokensOf((parts[0] as { text: string }).text), 0)
        expect(told + (sharesOf(prompt).answer ?? 0)).toBeLessThanOrEqual(contextTokens + 2)
        const total = Object.values(sharesOf(prompt)).reduce((sum, tokens) => sum + tokens, 0)
        expect(Math.abs(total - contextTokens)).toBeLessThanOrEqual(2)
      },
    ),
    { ...seeded, numRuns: 100 },
  )
})

test('[PM3] the newest messages are kept and none is left out between two; the question always goes along', () => {
  const branch = Array.from({ length: 30 }, (_, n) => said(`m${n}`, 'x'.repeat(800)))
  const { messageIds } = promptFor({ ...input, branch, contextTokens: 2000 })
  expect(messageIds.at(-1)).toBe('m29')
  expect(messageIds).toEqual(branch.slice(-messageIds.length).map(({ messageId }) => messageId))
  const long = promptFor({ ...input, branch: [said('m1', 'y'.repeat(40_000))], contextTokens: 2000 })
  expect(long.messageIds).toEqual(['m1'])
})

test('[PM4] memories take a fifth of the room at most, the best first, and none that the branch holds', () => {
  const recalled = Array.from({ length: 20 }, (_, n) => memory(`k${n}`, `memory ${n} ${'z'.repeat(380)}`, 20 - n))
  const prompt = promptFor({ ...input, recalled, contextTokens: 4000 })
  expect(prompt.given.map(({ memoryId }) => memoryId)).toEqual(
    recalled.slice(0, prompt.given.length).map(({ id }) => id),
  )
  expect(sharesOf(prompt).memories).toBeLessThanOrEqual(Math.floor(3500 / 5) + 30)
  expect(promptFor({ ...input, recalled: [memory('m1', 'Hello')] }).given).toEqual([])
})

test('[PM5] what a model thought and pictures on the web stay behind; the tools it called go along', () => {
  const parts = [
    { type: 'reasoning' as const, text: 'secretly' },
    { type: 'toolCall' as const, toolCallId: 't', name: 'search', input: {} },
    { type: 'image' as const, url: 'https://example.org/a.png' },
    { type: 'text' as const, text: 'Said.' },
  ]
  const { messages } = promptFor({ ...input, branch: [{ messageId: 'm1', role: 'assistant', parts }] })
  expect(messages).toEqual([{ role: 'assistant', parts: [parts[1], { type: 'text', text: 'Said.' }] }])
})

test('[PM6] to go on from an answer that was cut, the model is asked to go on', () => {
  const prompt = promptFor({
    ...input,
    branch: [said('m1', 'Tell'), said('m2', 'Once upon', 'assistant')],
    goesOn: true,
  })
  expect(prompt.messages.at(-1)).toMatchObject({ role: 'user' })
  expect(prompt.messageIds).toEqual(['m1', 'm2'])
})
