import { Option, Schema } from 'effect'
import { memoryKinds } from '#schema/memories/commands.ts'
import type { Proposal } from '#schema/proposals/events.ts'
import { characterCount } from '#schema/shared/text.ts'
import type { Looked } from '#schema/tasks/events.ts'
import { proposalIdFor, type Said } from './built-in-proposals.ts'
import { knownIn, type ProposalReads } from './known-sayings.ts'
import { foundLengthAtMost, proposedAtMost } from './look-prompt.ts'

/** Why something that a model found is not proposed. */
export type DropReason = 'malformed' | 'tooLong' | 'unknownMessage' | 'notSaid' | 'known' | 'tooMany'

export interface FoundMemories {
  readonly proposals: readonly Proposal[]
  readonly dropped: Looked['dropped']
}

/**
 * Reads what a model answered to a look. Nothing of it is trusted: each memory stands or falls by itself, and what falls is
 * counted. Undefined where the answer is no list at all.
 */
export const foundIn = (
  answer: string,
  saidByName: ReadonlyMap<string, Said>,
  model: string,
  store: ProposalReads,
): FoundMemories | undefined => {
  const list = listIn(answer)
  if (list === undefined) return undefined
  const proposals: Proposal[] = []
  const dropped = new Map<DropReason, number>()
  const isKnown = knownIn(store)
  for (const item of list) {
    const read = proposals.length === proposedAtMost ? 'tooMany' : proposalOf(item, saidByName, model)
    const one = typeof read === 'string' ? read : isKnown(read.content) ? 'known' : read
    if (typeof one === 'string') dropped.set(one, (dropped.get(one) ?? 0) + 1)
    else proposals.push(one)
  }
  return { proposals, dropped: [...dropped].map(([reason, count]) => ({ reason, count })) }
}

/** The list in an answer, whatever stands around it. */
const listIn = (answer: string): readonly unknown[] | undefined => {
  if (answer.length > answerLengthAtMost) return undefined
  try {
    const list: unknown = JSON.parse(answer.slice(answer.indexOf('['), answer.lastIndexOf(']') + 1))
    return Array.isArray(list) ? list : undefined
  } catch {
    return undefined
  }
}

const answerLengthAtMost = 100_000

const FoundMemory = Schema.Struct({
  text: Schema.String,
  kind: Schema.String,
  importance: Schema.Finite.pipe(Schema.between(0, 1)),
  messageIds: Schema.NonEmptyArray(Schema.String),
})
const decodeFound = Schema.decodeUnknownOption(FoundMemory)

const proposalOf = (item: unknown, saidByName: ReadonlyMap<string, Said>, model: string): Proposal | DropReason => {
  const found = Option.getOrUndefined(decodeFound(item))
  const content = found?.text.replace(/\s+/g, ' ').trim() ?? ''
  if (found === undefined || content === '' || hidden.test(content)) return 'malformed'
  if (characterCount(content) > foundLengthAtMost) return 'tooLong'
  const sources = [...new Set(found.messageIds)].map((name) => saidByName.get(name))
  if (!sources.every((source) => source !== undefined)) return 'unknownMessage'
  const first = sources.find(({ role }) => role === 'user')
  if (first === undefined) return 'notSaid'
  return {
    memoryId: proposalIdFor(first.conversationId, content),
    content,
    importance: found.importance,
    kind: memoryKinds.find((kind) => kind === found.kind) ?? 'fact',
    tags: [],
    sourceMessageIds: sources.map(({ messageId }) => messageId),
    occurredAt: first.sentAt,
    why: `Found by ${model}.`,
  }
}

/** What steers a terminal, turns the direction of writing or is half a character has no business in a sentence. */
const hidden = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u
