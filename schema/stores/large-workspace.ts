import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents, type ImportedConversation, type ImportedMessage } from '#schema/conversations/events.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'
import { type ImportedMemory, memoryEvents } from '#schema/memories/events.ts'
import { personaEvents } from '#schema/personas/events.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { randomFrom } from '#schema/shared/random.ts'
import { listPersona } from '#schema/workspace/commands.ts'
import { summaryFact } from './sample/summary-fact.ts'
import type { SampleOptions } from './sample-workspace.ts'

export interface LargeOptions extends SampleOptions {
  /** How many personas. Most are small, a few are large: a persona's size is drawn from a long tail. */
  readonly personas: number
  readonly seed: number
}

/** A workspace to test against, persona by persona: the same for the same options, in coarse facts under 200 kB. */
export function* largeWorkspace(options: LargeOptions) {
  for (let number = 0; number < options.personas; number++) yield personaNumbered(number, options)
}

const personaNumbered = (number: number, { workspaceId, now, actorId, deviceId, cell, seed }: LargeOptions) => {
  const random = randomFrom(seed * 1_000_003 + number)
  const by = { actorId, deviceId }
  const id = (...names: readonly string[]) => idFromNames(workspaceId, 'large', String(seed), String(number), ...names)
  const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0]
  /** A number with a long tail: mostly a little over `least`, seldom many times as much. */
  const skewed = (least: number, most: number) => Math.min(most, Math.floor(least * (1 - random()) ** -0.8))
  const sentence = () => `${pick(starts)} ${pick(middles)} ${pick(ends)}.`
  const sentences = (count: number) => Array.from({ length: count }, sentence).join(' ')

  const personaId = id()
  const importId = id('import')
  const name = `${pick(names)} ${number + 1}`
  const portrait = { name, hue: Math.floor(random() * 360), avatar: null }
  const createdAt = new Date(now.getTime() - 400 * day)
  const anyTime = () => new Date(createdAt.getTime() + Math.floor(random() * 400 * day))

  const partOf: Readonly<Record<string, () => MessagePart>> = {
    image: () => ({ type: 'image', url: 'https://example.com/a.png', alt: sentence(), width: 640, height: 480 }),
    code: () => ({ type: 'code', language: 'sql', code: `select ${Math.floor(random() * 1000)};`, filename: 'a.sql' }),
    file: () => ({ type: 'file', attachmentId: id('file'), name: 'notes.pdf' }),
    toolCall: () => ({ type: 'toolCall', toolCallId: 'call', name: 'weather', input: { place: sentence() } }),
    toolResult: () => ({ type: 'toolResult', toolCallId: 'call', output: sentence() }),
    poll: () => ({ type: 'poll', question: sentence(), options: ['yes', 'no'] }),
  }
  const parts = (): readonly MessagePart[] => [
    { type: 'text', text: sentences(skewed(1, 12)) },
    ...(random() < 0.2 ? [partOf[pick(['image', 'code', 'file', 'toolCall', 'toolResult', 'poll'])]?.()] : []).filter(
      (part) => part !== undefined,
    ),
  ]

  const conversations: ImportedConversation[] = []
  const messages: ImportedMessage[] = []
  for (let talk = 0, count = skewed(1, 60); talk < count; talk++) {
    const conversationId = id('talk', String(talk))
    const startedAt = anyTime()
    const length = skewed(2, 80)
    for (let turn = 0; turn < length; turn++) {
      messages.push({
        messageId: id('talk', String(talk), String(turn)),
        conversationId,
        parentMessageId: turn === 0 ? null : id('talk', String(talk), String(turn - 1)),
        role: turn % 2 === 0 ? 'user' : 'assistant',
        parts: parts(),
        sentAt: new Date(startedAt.getTime() + turn * 90_000),
      })
    }
    conversations.push({
      conversationId,
      title: sentence(),
      settings: defaultSettings,
      tags: random() < 0.3 ? [pick(tags)] : [],
      startedAt,
      archivedAt: null,
      favourite: random() < 0.05,
      currentMessageId: id('talk', String(talk), String(length - 1)),
    })
  }
  const memories: readonly ImportedMemory[] = Array.from({ length: skewed(3, 400) }, (_, memory) => ({
    memoryId: id('memory', String(memory)),
    content: sentences(1 + Math.floor(random() * 2)),
    importance: Math.round(random() * 100) / 100,
    kind: pick(['fact', 'preference', 'event', 'instruction', 'lore']),
    tags: [...new Set([pick(tags), pick(tags)])],
    sourceEventIds: messages.length === 0 ? [] : [messages[Math.floor(random() * messages.length)]?.messageId ?? ''],
    occurredAt: anyTime(),
  }))

  const imported = { personaId, importId, importedAt: now, ...by }
  const events = [
    personaEvents.personaCreated({
      personaId,
      ...portrait,
      personality: sentences(3),
      tone: pick(['dry', 'warm', 'curious']),
      traits: blankDraft.traits,
      customTraits: [],
      systemPrompt: '',
      createdAt,
      ...by,
    }),
    ...inChunks(conversations, 200).map((chunk) =>
      conversationEvents.conversationsImported({ ...imported, conversations: chunk }),
    ),
    ...inChunks(messages, 100).map((chunk) => conversationEvents.messagesImported({ ...imported, messages: chunk })),
    ...inChunks(memories, 200).map((chunk) => memoryEvents.memoriesImported({ ...imported, memories: chunk })),
  ]
  return {
    personaId,
    events,
    workspaceEvents: [
      ...listPersona({ personaId, ...portrait }, cell, { at: createdAt, ...by }),
      summaryFact(
        {
          personaId,
          head: events.length,
          ...portrait,
          conversations: conversations.length,
          sentAt: messages.map(({ sentAt }) => sentAt),
          learntAt: memories.map(({ occurredAt }) => occurredAt),
        },
        { at: now, ...by },
      ),
    ],
  }
}

const day = 86_400_000

const inChunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, chunk) => items.slice(chunk * size, (chunk + 1) * size))

const names = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Larch', 'Maple'] as const
const tags = ['work', 'home', 'journey', 'food', 'music', 'books', 'plans', 'weather', 'health', 'language'] as const
const starts = ['We agreed that', 'You said that', 'It turned out that', 'Remember that', 'By now'] as const
const middles = [
  'the early train',
  'a quiet evening',
  'the second draft',
  'the long way round',
  'an honest answer',
  'the blue notebook',
  'the recipe with lemon',
  'a short walk',
  'the old map',
  'the open window',
] as const
const ends = [
  'works best on Mondays',
  'is worth the trouble',
  'comes before everything else',
  'can wait until spring',
  'was a good idea after all',
  'needs twice the time',
  'should not be repeated',
  'goes well with rain',
] as const
