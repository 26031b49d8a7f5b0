import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents, type ImportedMessage } from '#schema/conversations/events.ts'
import { addAccount, listModels } from '#schema/providers/commands.ts'
import { batchesOf } from '#tests/bench/data.ts'
import { factsOf } from '#tests/support/stores.ts'
import { stampOf } from './persona.ts'

/** Whom the talks are with. */
export const personaId = 'tara'
const branches = 200

/** An account of the model that waits for the bench. */
export const accountFacts = (baseUrl: string) => {
  const stamp = stampOf(personaId)
  const draft = { kind: 'openai-compatible', name: 'Bench', baseUrl, viaProxy: false, limits: {} } as const
  return [
    addAccount('bench', draft, stamp),
    listModels({ accountId: 'bench', listedModels: [] }, [{ id: 'paced', contextTokens: 100_000 }], stamp),
  ].flatMap(factsOf)
}

const words = 'the tide comes in twice a day and nobody at the harbour thinks it strange but the gulls'.split(' ')
const textOf = (n: number) =>
  `${n % 7 === 0 ? `## Number ${n}\n\n- one\n- **two**\n\n` : ''}${words.map((word, at) => words[(at * (n + 3)) % words.length] ?? word).join(' ')}.`

const messageAt = (conversationId: string, id: string, parent: string | null, n: number): ImportedMessage => ({
  messageId: id,
  conversationId,
  parentMessageId: parent,
  role: n % 2 === 0 ? 'user' : 'assistant',
  parts: [{ type: 'text', text: textOf(n) }],
  sentAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000),
})

const lineOf = (conversationId: string, length: number, from: string | null = null, prefix = conversationId) =>
  Array.from({ length }, (_, n) => messageAt(conversationId, `${prefix}${n}`, n === 0 ? from : `${prefix}${n - 1}`, n))

/** A trunk of 3 000, and ten messages beside every fifteenth of it. */
const treeOfMessages = (): readonly ImportedMessage[] => [
  ...lineOf('long', 3000),
  ...Array.from({ length: branches }, (_, n) => lineOf('long', 10, `long${n * 15}`, `branch${n}x`)).flat(),
]

/** A talk of 5 000 messages with 200 branches, and one of two. */
export const talkFacts = () => [
  ...conversationFacts('long', treeOfMessages()),
  ...conversationFacts('short', lineOf('short', 2)),
]

const conversationFacts = (conversationId: string, messages: readonly ImportedMessage[]) => {
  const by = { personaId, importId: 'bench', importedAt: new Date(), actorId: 'bench', deviceId: 'bench' }
  const conversation = {
    conversationId,
    title: `A ${conversationId} one`,
    settings: { ...defaultSettings, model: 'bench/paced' },
    tags: [],
    startedAt: new Date(Date.UTC(2026, 0, 1)),
    archivedAt: null,
    favourite: false,
    currentMessageId: messages.findLast(({ messageId }) => messageId.startsWith(conversationId))?.messageId ?? null,
  }
  return [
    ...batchesOf(messages, 400).map((some) => conversationEvents.messagesImported({ ...by, messages: some })),
    conversationEvents.conversationsImported({ ...by, conversations: [conversation] }),
  ]
}
