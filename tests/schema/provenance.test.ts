import { expect, test } from 'vitest'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents, type ImportedConversation, type ImportedMessage } from '#schema/conversations/events.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { type ImportedMemory, memoryEvents } from '#schema/memories/events.ts'
import { answersGiven$, quotedMessages$ } from '#schema/stores/memory-trace.ts'
import { type Read, readProvenance } from '#schema/stores/provenance.ts'
import { mostNamed, type SourceKey } from '#schema/stores/provenance-queries.ts'
import { taskEvents } from '#schema/tasks/events.ts'
import { answerIdOf } from '#schema/tasks/state.ts'
import { personaStoreWith } from '#tests/support/stores.ts'
import { flowOf, linkedTo, sourceToText, textToSource } from '#web/features/memories/provenance/flow.ts'
import { nodeAfterKey } from '#web/features/memories/provenance/node-after-key.ts'
import { ribbonsOf } from '#web/features/memories/provenance/ribbons.ts'

const at = new Date('2026-03-01T10:00:00Z')
const by = { actorId: 'ada', deviceId: 'laptop' }
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)

const talk = (conversationId: string, title: string): ImportedConversation => ({
  conversationId,
  title,
  settings: defaultSettings,
  tags: [],
  startedAt: at,
  archivedAt: null,
  favourite: false,
  currentMessageId: null,
})
const said = (
  messageId: string,
  conversationId: string,
  minutes: number,
  more: Partial<ImportedMessage> = {},
): ImportedMessage => ({
  messageId,
  conversationId,
  parentMessageId: null,
  role: 'user',
  parts: [{ type: 'text', text: `Said in ${messageId}` }],
  sentAt: later(minutes),
  ...more,
})
const given = (memoryIds: readonly string[]) => ({
  role: 'assistant' as const,
  answer: { model: 'm', recalledMemoryIds: memoryIds, recalledMessageIds: [] },
})
const learnt = (memoryId: string, sourceEventIds: readonly string[]): ImportedMemory => ({
  memoryId,
  content: `Memory ${memoryId}`,
  importance: 0.5,
  kind: 'fact',
  tags: [],
  sourceEventIds,
  occurredAt: at,
})
const talks = (...conversations: readonly ImportedConversation[]) =>
  conversationEvents.conversationsImported({ personaId: 'p1', importId: 'i1', conversations, importedAt: at, ...by })
const messages = (...messages: readonly ImportedMessage[]) =>
  conversationEvents.messagesImported({ personaId: 'p1', importId: 'i1', messages, importedAt: at, ...by })
const memories = (...memories: readonly ImportedMemory[]) =>
  memoryEvents.memoriesImported({ personaId: 'p1', importId: 'i1', memories, importedAt: at, ...by })
const draft = { content: 'By hand', importance: 0.5, kind: 'lore', tags: [], occurredAt: at }

const small = () =>
  personaStoreWith(
    talks(talk('c1', 'Tea'), talk('c2', 'Trains')),
    messages(
      said('q1', 'c1', 0),
      said('a1', 'c1', 1, { parentMessageId: 'q1', ...given(['m1', 'm2']) }),
      said('q2', 'c2', 2),
      said('a2', 'c2', 3, { parentMessageId: 'q2', ...given(['m1']) }),
    ),
    memories(learnt('m1', ['q1', 'q2']), learnt('m2', ['q2']), learnt('m3', []), learnt('m4', ['gone'])),
    addMemory('p1', 'm5', draft, { at, ...by }),
  )
const read = async (store: Awaited<ReturnType<typeof small>>, chosen?: SourceKey, filter = {}) => {
  const ask: Read = async (query) => store.query(query)
  return readProvenance(ask, filter, chosen)
}

test('[PW1] memories are counted by the conversation, the import or the hand they come from', async () => {
  const store = await small()
  const { sources, totals } = await read(store)
  expect(sources).toEqual([
    { kind: 'conversation', id: 'c2', title: 'Trains', of: 2, chosen: 2 },
    { kind: 'import', id: 'i1', title: null, of: 2, chosen: 2 }, // one that names no message, and one whose message is not here
    { kind: 'conversation', id: 'c1', title: 'Tea', of: 1, chosen: 1 },
    { kind: 'hand', id: '', title: null, of: 1, chosen: 1 },
  ])
  expect(totals).toEqual({ sources: 4, comes: 6, memories: 5, used: 2, answers: 2, goes: 3 })
  const lore = await read(store, undefined, { kind: 'lore' })
  expect(lore.sources.map(sourceToText)).toEqual(['hand'])
})

test('[PW2] a source that is chosen leaves its own memories and their answers, and every source in its place', async () => {
  const store = await small()
  const { sources, memories, answers, totals } = await read(store, { kind: 'conversation', id: 'c1' })
  expect(memories.map(({ memoryId, uses }) => [memoryId, uses])).toEqual([['m1', 2]])
  expect(answers.map(({ messageId, memories }) => [messageId, memories])).toEqual([
    ['a2', 1],
    ['a1', 1],
  ])
  expect(sources.map((source) => [sourceToText(source), source.of, source.chosen])).toEqual([
    ['conversation.c1', 1, 1],
    ['conversation.c2', 2, 1],
    ['import.i1', 2, 0],
    ['hand', 1, 0],
  ])
  expect(totals).toMatchObject({ memories: 1, comes: 2, goes: 2 })
  for (const text of ['hand', 'import.i1', 'conversation.c.1']) expect(sourceToText(textToSource(text)!)).toBe(text)
  for (const nonsense of [undefined, '', 'chat.1', 'import.']) expect(textToSource(nonsense)).toBeUndefined()
})

test('[PW3] of many, fifty are named in each column, and the others are counted: nothing is lost on the way', async () => {
  const many = Array.from({ length: 120 }, (_, n) => `m${n}`)
  const store = await personaStoreWith(
    talks(...many.map((id) => talk(`c-${id}`, id))),
    messages(
      ...many.map((id, n) => said(`q-${id}`, `c-${id}`, n)),
      ...many.map((id, n) =>
        said(`a-${id}`, `c-${id}`, n, { parentMessageId: `q-${id}`, ...given(many.slice(0, n % 7)) }),
      ),
    ),
    memories(...many.map((id) => learnt(id, [`q-${id}`]))),
  )
  const provenance = await read(store)
  const flow = flowOf(provenance)
  const sum = (links: readonly { readonly count: number }[]) => links.reduce((all, { count }) => all + count, 0)
  for (const column of [flow.sources, flow.memories, flow.answers]) expect(column).toHaveLength(mostNamed + 1)
  expect(sum(flow.comes)).toBe(120)
  expect(sum(flow.goes)).toBe(provenance.totals.goes)
  expect(flow.memories.at(-1)).toBe('other memories')
  // Every line ends at something in its column.
  for (const { from, to } of flow.comes)
    expect([flow.sources.includes(from), flow.memories.includes(to)]).toEqual([true, true])
  for (const { from, to } of flow.goes)
    expect([flow.memories.includes(from), flow.answers.includes(to)]).toEqual([true, true])
  // The memories of a source stand together, so that few lines cross.
  const places = flow.memories.slice(0, -1).map((id) => flow.sourceOf.get(id) ?? 0)
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('[PW4] what is pointed at is seen with all it is linked to', async () => {
  const flow = flowOf(await read(await small()))
  expect(linkedTo(flow, 'm2')).toEqual(new Set(['m2', 'conversation.c2', 'a1']))
  expect(linkedTo(flow, 'conversation.c1')).toEqual(new Set(['conversation.c1', 'm1', 'a1', 'a2']))
  expect(linkedTo(flow, 'a2')).toEqual(new Set(['a2', 'm1', 'conversation.c1', 'conversation.c2']))
  expect(linkedTo(flow, 'hand')).toEqual(new Set(['hand', 'm5']))
})

test('[PW5] arrows lead up and down a column, and along its lines to the next', async () => {
  const flow = flowOf(await read(await small()))
  const columns = ['sources', 'memories', 'answers'] as const
  const go = (key: string, from: string) => nodeAfterKey(key, from, flow, columns)
  expect(go('ArrowDown', 'conversation.c2')).toBe('import.i1')
  expect(go('ArrowUp', 'conversation.c2')).toBeUndefined()
  expect(go('End', 'conversation.c2')).toBe('hand')
  expect(go('ArrowRight', 'hand')).toBe('m5')
  expect(go('ArrowLeft', 'm5')).toBe('hand')
  expect(flow.answers).toContain(go('ArrowRight', 'm5')) // nothing leads on, so straight across
  expect(go('ArrowRight', 'a1')).toBeUndefined()
  expect(go('x', 'hand')).toBeUndefined()
  expect(nodeAfterKey('ArrowRight', 'hand', flow, ['sources'])).toBeUndefined()
})

test('[PW6] lines are the wider the more they are, and stay within their rows', () => {
  const links = [
    { from: 's1', to: 'm1', count: 1 },
    { from: 's1', to: 'm2', count: 3 },
    { from: 's2', to: 'm2', count: 1000 },
  ]
  const ribbons = ribbonsOf(links, ['s1', 's2'], ['m1', 'm2'], 40)
  expect(ribbons).toHaveLength(3)
  // `M0 start C… end V end+width C… start+width Z`
  const edges = ribbons.map(({ path }) =>
    /^M0 ([\d.]+)C50 \1 50 ([\d.]+) 100 \2V([\d.]+)/.exec(path)!.slice(1).map(Number),
  )
  const widths = edges.map(([, top, bottom]) => (bottom ?? 0) - (top ?? 0))
  expect(widths[2]).toBeGreaterThan(20)
  for (const width of widths) expect(width).toBeGreaterThan(1)
  expect(edges[0]![0]).toBeLessThan(40) // leaves s1
  expect(edges[2]![0]).toBeGreaterThanOrEqual(40) // leaves s2
  expect(ribbonsOf([{ from: 'elsewhere', to: 'm1', count: 1 }], ['s1'], ['m1'], 40)).toEqual([])
})

test('[PW7] one memory leads to what was said, with its neighbours, and to each answer with its score and why', async () => {
  const task = { taskId: 't1', personaId: 'p1', conversationId: 'c1', ...by }
  const store = await personaStoreWith(
    talks(talk('c1', 'Tea')),
    messages(
      said('q0', 'c1', 0),
      said('q1', 'c1', 1, { parentMessageId: 'q0' }),
      said('q2', 'c1', 2, { parentMessageId: 'q1' }),
      said('old', 'c1', 3, given(['m1'])),
      said(answerIdOf('t1'), 'c1', 4, { parentMessageId: 'q2', ...given(['m1']) }),
    ),
    memories(learnt('m1', ['q1', 'gone'])),
    taskEvents.taskQueued({ ...task, questionId: 'q2', purpose: 'reply', wantedModel: '', queuedAt: at }),
    taskEvents.taskPrompted({
      ...task,
      hop: 0,
      systemHash: 'h',
      messageIds: [],
      given: [{ memoryId: 'm1', score: 2.5, why: 'says “tea”' }],
      shares: [],
      promptedAt: at,
    }),
  )
  expect(store.query(quotedMessages$(['q1', 'gone']))).toMatchObject([
    { messageId: 'q1', title: 'Tea', before: 'Said in q0', after: 'Said in q2', parts: [{ text: 'Said in q1' }] },
  ])
  expect(store.query(answersGiven$('m1'))).toMatchObject([
    { messageId: answerIdOf('t1'), question: 'Said in q2', given: { score: 2.5, why: 'says “tea”' } },
    { messageId: 'old', question: null, given: null },
  ])
})
