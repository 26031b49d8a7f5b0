import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { recall, recallAll } from '#schema/stores/recall.ts'
import { timesIn } from '#schema/stores/recall-dates.ts'
import type { Select } from '#schema/stores/recall-scan.ts'
import { type Decision, personaStoreWith } from '#tests/support/stores.ts'

const now = new Date('2026-03-01T10:00:00Z')
const by = { actorId: 'ada', deviceId: 'laptop' }

/** A conversation in which the person begins and the two take turns; ids are its name and the number of the turn. */
const talk = (conversationId: string, texts: readonly string[], at = now): readonly Decision[] => [
  startConversation('p1', conversationId, { title: conversationId }, { at, ...by }),
  ...texts.map((text, n) =>
    sendMessage(
      { conversationId, personaId: 'p1' },
      {
        messageId: `${conversationId}${n + 1}`,
        parentMessageId: n === 0 ? null : `${conversationId}${n}`,
        role: n % 2 === 0 ? 'user' : 'assistant',
        parts: [{ type: 'text', text }],
      },
      { at: new Date(at.getTime() + n * 1000), ...by },
    ),
  ),
]

const selectIn = async (facts: readonly Decision[]): Promise<Select> => {
  const store = await personaStoreWith(...facts)
  return (query, bindValues) => store.query({ query, bindValues: [...bindValues] }) as readonly unknown[] // rows
}

const found = async (facts: readonly Decision[], question: string) =>
  recallAll(question, await selectIn(facts), { limit: 10, now })
const foundIds = async (facts: readonly Decision[], question: string) =>
  (await found(facts, question)).map(({ id }) => id)

test('[RA1] an answer is found by the words of its question, and what stands nearer counts more', async () => {
  const facts = talk('c', ['Which harbour did you see?', 'Lisbon, it was lovely.', 'Good.', 'Yes, good.', 'Bye then.'])
  const ids = await foundIds(facts, 'harbour')
  // A question that repeats the word answers nothing.
  expect(ids.slice(0, 2)).toEqual(['c2', 'c3'])
  expect(ids).not.toContain('c5')
  const [answer] = (await found(facts, 'harbour')).filter(({ id }) => id === 'c2')
  expect(answer?.why.map(({ reason }) => reason)).toContain('beside “harbour”')
})

test('[RA2] a name by which one side is called says who said it, and is no word to look for', async () => {
  const calls = talk('calls', ['Hi!', 'Hey Nora, hello!', 'So?', 'Well, Nora, it rains.', 'Oh?', 'Bye, Nora!'])
  const facts = [...calls, ...talk('a', ['I baked bread.']), ...talk('b', ['So?', 'I baked bread.'])]
  const [first, ...others] = await found(facts, 'What has Nora baked?')
  expect(first?.id).toBe('a1')
  expect(first?.why.map(({ reason }) => reason)).toContain('said by Nora')
  expect(others.map(({ id }) => id).filter((id) => id.startsWith('calls'))).toEqual([])
})

test('[RA2] a name that both sides call, or hardly anybody, is a word like others', async () => {
  const facts = talk('c', ['Hi, Nora!', 'Hello, Nora!', 'Bye, Nora!', 'Bye, Nora!'])
  expect((await foundIds(facts, 'Nora')).length).toBeGreaterThan(0)
})

test('[RA3] “I” asks for what the person said, “you” for what the persona said', async () => {
  const facts = [...talk('a', ['The tea was cold.']), ...talk('b', ['So?', 'The tea was cold.'])]
  expect((await foundIds(facts, 'What did I say of the tea?'))[0]).toBe('a1')
  expect((await foundIds(facts, 'What was your tea like?'))[0]).toBe('b2')
})

test('[RA4] a time in the question raises what was said then, or soon after', async () => {
  const walks = ['2025-05-09', '2025-06-04', '2025-11-20'].flatMap((day) =>
    talk(`c${day}x`, ['We walked to the lake.'], new Date(`${day}T12:00:00Z`)),
  )
  expect(await foundIds(walks, 'Who walked to the lake in May 2025?')).toEqual([
    'c2025-05-09x1',
    'c2025-06-04x1',
    'c2025-11-20x1',
  ])
  expect((await foundIds(walks, 'Who walked to the lake on 20 November?'))[0]).toBe('c2025-11-20x1')
})

test.each([
  ['on 9 May 2025', '2025-05-09', '2025-05-08'],
  ['on May 9, 2025', '2025-05-12', '2025-06-12'],
  ['on 2025-05-09', '2025-05-09', '2025-04-09'],
  ['in May', '2019-05-30', '2019-08-30'],
  ['on the 9th of May', '2019-05-09', '2019-04-30'],
  ['in 2024', '2024-12-31', '2025-06-01'],
  ['yesterday', '2026-02-28', '2026-02-27'],
  ['last week', '2026-02-20', '2026-02-01'],
  ['last month', '2026-02-01', '2026-01-31'],
  ['last year', '2025-07-01', '2024-12-31'],
  ['on Monday', '2026-02-23', '2026-02-22'],
])('[RA4] “%s” means %s, and not %s', (words, inside, outside) => {
  const [time, ...others] = timesIn(`What was ${words}?`, now)
  expect(others).toEqual([])
  expect(time?.nearness(new Date(`${inside}T12:00:00Z`))).toBeGreaterThan(0)
  expect(time?.nearness(new Date(`${outside}T12:00:00Z`))).toBe(0)
})

test('[RA4] what names no time has none', () => {
  expect(timesIn('Who may march to the 9 doors?', now)).toEqual([])
})

test('[RA5] asked when, what says when comes first', async () => {
  const facts = [...talk('a', ['We sailed home.']), ...talk('b', ['We sailed home yesterday.'])]
  expect((await foundIds(facts, 'When did they sail home? They sailed?'))[0]).toBe('b1')
})

test('[RA6] of two that say the same, the one in a conversation about it comes first', async () => {
  const filler = ['Oh.', 'Well.', 'Hm.', 'Ah.']
  const facts = [
    ...talk('a', ['A kettle.']),
    ...talk('b', ['A kettle.', ...filler, 'Tea needs a kettle.', ...filler, 'The kettle sings.']),
  ]
  const ids = await foundIds(facts, 'kettle')
  expect(ids.indexOf('b1')).toBeLessThan(ids.indexOf('a1'))
})

test('[RA7] every reason has a share, and the shares make one together', async () => {
  const facts = [
    addMemory(
      'p1',
      'm',
      { content: 'Tea in May.', importance: 0.9, kind: 'fact', tags: [], occurredAt: now },
      { at: now, ...by },
    ),
    ...talk('a', ['Is there tea?', 'Tea at noon today.', 'Good tea.']),
  ]
  const all = await found(facts, 'When is your tea in March?')
  expect(all.length).toBeGreaterThan(2)
  for (const { why } of all) {
    expect(why.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1)
    for (const { share } of why) expect(share).toBeGreaterThan(0)
  }
})

test('[RA8] any text is a question: it is answered or finds nothing, and never fails', async () => {
  const select = await selectIn(talk('a', ['Tea at noon.', 'The * of [all] things, "quoted"?']))
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      '*',
      '[',
      '[^a]*',
      "'; drop table messages; --",
      'NEAR(a b)',
      '"',
      '\u0000tea',
      '\u200b',
      '🫖',
      'مرحبا',
    ),
    fc.constantFrom('tea '.repeat(2500), 'x'.repeat(60_000), 'Aa'.repeat(30_000)),
  )
  fc.assert(
    fc.property(odd, (text) => {
      for (const by of [recall, recallAll]) expect(by(text, select, { limit: 5, now }).length).toBeLessThanOrEqual(5)
    }),
    { numRuns: 15 },
  )
})
