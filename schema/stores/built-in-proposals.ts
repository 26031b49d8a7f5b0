import { textOfParts } from '#schema/conversations/parts.ts'
import type { MessageRow } from '#schema/conversations/queries.ts'
import type { Proposal } from '#schema/proposals/events.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { searchTextOf } from '#schema/shared/text.ts'

/**
 * What a person says of himself is worth remembering: found by the first words of a sentence, without a model. It finds
 * little and makes nothing up; each proposal is the sentence as it was said.
 */
export const proposalsIn = (messages: readonly Said[]): readonly Proposal[] => {
  const seen = new Set<string>()
  return messages.flatMap((message) =>
    (message.role === 'user' ? sentencesOf(textOfParts(message.parts)) : []).flatMap((sentence) => {
      const found = patterns.find(({ begins }) => begins.test(sentence))
      const id = proposalIdFor(message.conversationId, sentence)
      if (found === undefined || seen.has(id)) return []
      seen.add(id)
      const { kind, importance, why } = found
      return [
        {
          memoryId: id,
          content: sentence,
          importance,
          kind,
          tags: [],
          sourceMessageIds: [message.messageId],
          occurredAt: message.sentAt,
          why,
        },
      ]
    }),
  )
}

export type Said = Pick<MessageRow, 'messageId' | 'conversationId' | 'role' | 'parts' | 'sentAt'>

/** The same sentence of a conversation is the same proposal, on every device and however often it is said. */
export const proposalIdFor = (conversationId: string, content: string): string =>
  idFromNames('proposal', conversationId, searchTextOf(content))

/** Statements of 12 to 300 characters; a question tells nothing, and code is none. */
const sentencesOf = (text: string): readonly string[] =>
  text
    .replace(/```[\s\S]*?(```|$)/g, '\n')
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= 12 && sentence.length <= 300 && !sentence.endsWith('?'))

const patterns = [
  {
    begins: /^(please )?(remember|don['’]t forget|note|keep in mind)( that)?[ :,]/i,
    kind: 'instruction',
    importance: 0.8,
    why: 'You asked to remember it.',
  },
  {
    begins: /^(from now on|always|never|please (always|never|call me)|call me)\b/i,
    kind: 'instruction',
    importance: 0.7,
    why: 'You said how you want it.',
  },
  {
    begins:
      /^(i|we)( (really|also|absolutely|only))? (like|love|enjoy|prefer|hate|dislike|can['’]t stand|don['’]t (like|eat|drink)|am allergic)\b|^i['’]m (allergic|fond)\b|^my favou?rite\b/i,
    kind: 'preference',
    importance: 0.6,
    why: 'You said what you like.',
  },
  {
    begins:
      /^(my (name|birthday|job|wife|husband|partner|mother|father|mum|mom|dad|son|daughter|sister|brother|dog|cat|doctor|boss|team|address|phone)|i (am|was born|live|work|study|grew up|moved|have (a|an|two|three|four|\d+))|i['’]m (a|an|from|in|called|\d+)|i['’]ve (been|lived|worked))\b/i,
    kind: 'fact',
    importance: 0.6,
    why: 'You said it of yourself.',
  },
] as const
