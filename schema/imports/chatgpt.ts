import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { isHidden, partsOfMessage, writingOf } from './chatgpt-parts.ts'
import { isJsonObject, type JsonObject, listOf, objectOf, textOf, timeOf } from './json-values.ts'
import { keepRest, restLimits } from './kept-rest.ts'
import { cut, draftOf } from './persona-draft.ts'
import type { ImportOptions, ImportPlan, PlannedConversation, PlannedMessage, Remark } from './plan.ts'
import { reasonAgainstParts } from './size-limits.ts'
import { parentsFirst } from './source-tree.ts'

/** One file of an export: `conversations.json`, or one of its shards. */
export interface ChatGptFile {
  readonly where: string
  readonly conversations: readonly unknown[]
}

/** The conversations in a file of ChatGPT, of a whole export or of one conversation; none if it is something else. */
export const chatGptConversations = (json: unknown): readonly unknown[] | undefined => {
  const list = Array.isArray(json) ? json : (objectOf(json).conversations ?? [json])
  return Array.isArray(list) && list.some(looksLikeConversation) ? list : undefined
}

const looksLikeConversation = (value: unknown) =>
  isJsonObject(value) && (isJsonObject(value.mapping) || ('conversation_id' in value && 'title' in value))

/** Yields the part that is done, 0–1, every few hundred messages. */
export function* planChatGpt(files: readonly ChatGptFile[], options: ImportOptions): Generator<number, ImportPlan> {
  // Whoever exported it, with or without the archive around it: the same conversations must get the same ids.
  const personaId = options.intoPersonaId ?? idFromNames(options.workspaceId, 'chatgpt')
  const planned: Planned = { personaId, conversations: new Map(), messages: new Map(), rejected: [] }
  const total = files.reduce((sum, { conversations }) => sum + conversations.length, 0)
  let done = 0
  for (const { where, conversations } of files) {
    for (const [index, source] of conversations.entries()) {
      for (const _ of planConversation(source, index, where, planned, options.now)) yield done / total
      done++
    }
  }
  const { draft } = draftOf({ names: ['ChatGPT'], personality: '', systemPrompt: '' }, personaId)
  const conversations = [...planned.conversations.values()]
  return {
    format: 'chatgpt',
    personas:
      conversations.length === 0
        ? []
        : [
            {
              personaId,
              draft,
              origin: { format: 'chatgpt', sourceId: 'chatgpt' },
              conversations,
              messages: [...planned.messages.values()],
              memories: [],
            },
          ],
    rejected: planned.rejected,
    notes: [],
  }
}

/** By id: shards overlap, and what stands in two of them is taken once. */
interface Planned {
  readonly personaId: string
  readonly conversations: Map<string, PlannedConversation>
  readonly messages: Map<string, PlannedMessage>
  readonly rejected: Remark[]
}

function* planConversation(source: unknown, index: number, file: string, planned: Planned, now: Date) {
  const name = textOf(objectOf(source).title).trim()
  const where = `${file} › conversation ${index + 1}${name === '' ? '' : ` “${cut(name, 60)}”`}`
  if (!isJsonObject(source) || !isJsonObject(source.mapping)) {
    const reason = isJsonObject(source) ? 'It has no messages: “mapping” is missing.' : 'It is not a conversation.'
    planned.rejected.push({ where, reason })
    return
  }
  const { mapping, title: _, current_node, ...rest } = source
  const nodes = new Map(Object.entries(mapping).map(([key, node]) => [key, objectOf(node)]))
  const startedAt = startOf(source, nodes) ?? now
  const sourceId = sourceIdOf(source, index)
  const conversationId = idFromNames(planned.personaId, 'chatgpt', sourceId)
  const byNode = yield* planMessages(nodes, { conversationId, startedAt, where }, planned)

  const kept = keepRest(worthKeeping(name.length > 200 ? { ...rest, title: name } : rest), restLimits.row, where)
  planned.rejected.push(...kept.rejected)
  if (planned.conversations.has(conversationId)) return
  planned.conversations.set(conversationId, {
    conversationId,
    title: cut(name.replace(/\s+/g, ' '), 200) || 'Untitled',
    tags: [],
    startedAt,
    archivedAt: source.is_archived === true ? (timeOf(source.update_time) ?? startedAt) : null,
    favourite: source.is_starred === true || typeof source.pinned_time === 'number',
    currentMessageId: byNode.get(String(current_node))?.messageId ?? newestOf(byNode),
    origin: { format: 'chatgpt', sourceId, rest: kept.rest },
  })
}

/** Where a node of the source ended up: at its own message, or at the nearest one above it. */
interface Place {
  readonly messageId: string | null
  readonly sentAt: Date
  readonly toolCallId: string | null
}

interface ConversationPlace {
  readonly conversationId: string
  readonly startedAt: Date
  readonly where: string
}

function* planMessages(nodes: ReadonlyMap<string, JsonObject>, at: ConversationPlace, planned: Planned) {
  const places = new Map<string, Place>()
  const root: Place = { messageId: null, sentAt: at.startedAt, toolCallId: null }
  for (const [index, { key, parent }] of parentsFirst(parentsOf(nodes)).entries()) {
    if (index % 300 === 0) yield
    const above = (parent === null ? undefined : places.get(parent)) ?? root
    places.set(key, placeMessage(key, nodes.get(key)?.message, above, at, planned))
  }
  return places
}

/** Plans the message of one node. What is hidden, empty or refused leaves its answers to the message above. */
const placeMessage = (key: string, message: unknown, above: Place, at: ConversationPlace, planned: Planned): Place => {
  if (message === null || message === undefined) return above
  const reject = (reason: string): Place => {
    planned.rejected.push({ where: `${at.where} › message ${cut(textOf(key), 60)}`, reason })
    return above
  }
  if (!isJsonObject(message)) return reject('It is not a message.')
  if (isHidden(message)) return above
  const writing = writingOf(message)
  if (writing === undefined) return reject('It does not say who wrote it.')
  const toolCallId = writing.isToolResult ? (above.toolCallId ?? key) : key
  const parts = partsOfMessage(message, writing, toolCallId)
  if (parts.length === 0) return above
  const reason = reasonAgainstParts(parts)
  if (reason !== undefined) return reject(reason)

  const messageId = idFromNames(at.conversationId, 'message', key)
  // Without a time of its own it follows the one it answers, by a millisecond, so that lists keep the order.
  const after = new Date(above.sentAt.getTime() + (above.messageId === null ? 0 : 1))
  const sentAt = timeOf(message.create_time) ?? after
  const model = textOf(objectOf(message.metadata).model_slug)
  if (!planned.messages.has(messageId)) {
    planned.messages.set(messageId, {
      messageId,
      conversationId: at.conversationId,
      parentMessageId: above.messageId,
      role: writing.role,
      parts,
      sentAt,
      ...(writing.role === 'assistant' && model !== ''
        ? { answer: { model, recalledMemoryIds: [], recalledMessageIds: [] } }
        : {}),
      sourceId: textOf(message.id) || textOf(key),
    })
  }
  return {
    messageId,
    sentAt,
    toolCallId: writing.calledTool !== null ? key : writing.isToolResult ? above.toolCallId : null,
  }
}

/** A node names its parent; where it does not, the node that lists it as a child is its parent. */
const parentsOf = (nodes: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, string | null> => {
  const listedBy = new Map<string, string>()
  for (const [key, { children }] of nodes) {
    for (const child of listOf(children)) if (typeof child === 'string' && child !== key) listedBy.set(child, key)
  }
  return new Map(
    [...nodes].map(([key, { parent }]) => [
      key,
      typeof parent === 'string' && nodes.has(parent) ? parent : (listedBy.get(key) ?? null),
    ]),
  )
}

const startOf = (source: JsonObject, nodes: ReadonlyMap<string, JsonObject>): Date | undefined => {
  const own = timeOf(source.create_time)
  if (own !== undefined) return own
  const times = [...nodes.values()].flatMap(({ message }) => timeOf(objectOf(message).create_time) ?? [])
  return times.length > 0 ? times.reduce((first, time) => (time < first ? time : first)) : timeOf(source.update_time)
}

const sourceIdOf = (source: JsonObject, index: number): string =>
  [source.conversation_id, source.id].map(textOf).find((id) => id !== '') ??
  JSON.stringify([textOf(source.title), source.create_time ?? null, index])

const newestOf = (places: ReadonlyMap<string, Place>): string | null =>
  [...places.values()].reduce<Place | undefined>(
    (newest, place) =>
      place.messageId !== null && (newest === undefined || place.sentAt >= newest.sentAt) ? place : newest,
    undefined,
  )?.messageId ?? null

/** Exports name every field there is: what is empty says nothing. */
const worthKeeping = (source: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(source).filter(
      ([, value]) => value !== null && value !== false && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
