import type { ImportedMemory } from '#schema/memories/events.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'

/** The same memories in every run. Each begins with its owner's name, so that a page tells whose it shows. */
export const memoriesOf = (owner: string, count: number): readonly ImportedMemory[] =>
  Array.from({ length: count }, (_, index) => ({
    memoryId: idFromNames('bench', owner, String(index)),
    content: `${owner} ${index}: ${sentence(index)}`,
    importance: (index % 101) / 100,
    kind: kinds[index % kinds.length] ?? 'fact',
    tags: [`tag${index % 17}`, `topic${index % 7}`],
    sourceEventIds: [],
    occurredAt: new Date(Date.UTC(2024, 0, 1) + index * 60_000),
  }))

export const batchesOf = <A>(rows: readonly A[], size: number): readonly (readonly A[])[] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, batch) => rows.slice(batch * size, (batch + 1) * size))

/** A `conversations.json` as ChatGPT exports it: conversations of 200 messages. */
export const chatGptExport = (messages: number): string =>
  JSON.stringify(
    Array.from({ length: messages / perConversation }, (_, conversation) => {
      const keyOf = (message: number) => `c${conversation}m${message}`
      return {
        title: `Conversation ${conversation}`,
        conversation_id: `c${conversation}`,
        create_time: startedAt(conversation),
        current_node: keyOf(perConversation - 1),
        mapping: Object.fromEntries(
          Array.from({ length: perConversation }, (_, message) => [
            keyOf(message),
            {
              id: keyOf(message),
              parent: message === 0 ? null : keyOf(message - 1),
              children: message === perConversation - 1 ? [] : [keyOf(message + 1)],
              message: {
                id: keyOf(message),
                author: { role: message % 2 === 0 ? 'user' : 'assistant' },
                create_time: startedAt(conversation) + message * 30,
                content: { content_type: 'text', parts: [`${sentence(message)} ${sentence(message * 7)}`] },
              },
            },
          ]),
        ),
      }
    }),
  )

const perConversation = 200
const startedAt = (conversation: number) => 1_700_000_000 + conversation * 86_400

const kinds = ['fact', 'preference', 'event', 'instruction', 'lore']
const words =
  'she keeps a small garden behind the old mill where tomatoes basil and roses grow until late autumn when friends come to cook together and tell stories of long journeys over mountains rivers deserts islands with music tea and letters'.split(
    ' ',
  )

/** Twenty words that repeat only after a while. */
export const sentence = (seed: number): string =>
  Array.from({ length: 20 }, (_, place) => words[(seed * 13 + place * (1 + (seed % 5))) % words.length]).join(' ')
