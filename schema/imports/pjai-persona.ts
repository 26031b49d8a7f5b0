import { Either, Option, Schema } from 'effect'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { byteCount } from '#schema/shared/text.ts'
import { isJsonObject, type JsonObject, listOf, objectOf, storable, textOf } from './json-values.ts'
import { restLimits } from './kept-rest.ts'
import { cut, draftOf } from './persona-draft.ts'
import {
  type ImportOptions,
  type ImportPlan,
  PlannedConversation,
  PlannedDraft,
  PlannedMemory,
  PlannedMessage,
  PlannedOrigin,
  type PlannedPersona,
  PlannedPrivacy,
  type Remark,
} from './plan.ts'
import { reasonAgainstMemory, reasonAgainstParts } from './size-limits.ts'
import { parentsFirst } from './source-tree.ts'

const Export = Schema.Struct({
  format: Schema.Literal('pjai-persona'),
  version: Schema.Literal(1),
  personaId: Schema.String,
  draft: PlannedDraft,
  origin: Schema.optional(PlannedOrigin),
  privacy: Schema.optional(PlannedPrivacy),
  conversations: Schema.Array(PlannedConversation),
  messages: Schema.Array(PlannedMessage),
  memories: Schema.Array(PlannedMemory),
})

const exportToJson = Schema.encodeSync(Export)

/** One persona with all it said and remembers, as a file that `planImport` reads again. */
export const personaToJson = (persona: Omit<PlannedPersona, 'origin'> & { readonly origin?: PlannedOrigin }): string =>
  JSON.stringify(exportToJson({ format: 'pjai-persona', version: 1, ...persona }), null, 1)

export const isPersonaExport = (json: unknown): json is JsonObject =>
  isJsonObject(json) && json.format === 'pjai-persona'

/**
 * The ids in the file name things of the workspace it came from. They are made anew for this one, each from the old, so
 * that the copy never writes into the log of the original, and a second import still finds what the first one brought.
 */
export const planPersonaExport = (source: JsonObject, stem: string, options: ImportOptions): ImportPlan => {
  const json = objectOf(storable(source))
  const sourceId = textOf(json.personaId)
  const personaId = options.intoPersonaId ?? idFromNames(options.workspaceId, 'pjai-persona', sourceId)
  const renewed = (id: string) => idFromNames(personaId, 'pjai-persona', sourceId, id)
  const { draft, notes } = legalDraft(json.draft, stem, personaId)

  const rejected: Remark[] = []
  const rowsOf = <A, I>(
    schema: Schema.Schema<A, I>,
    field: string,
    idOf: (row: A) => string,
  ): ReadonlyMap<string, A> => {
    const decode = Schema.decodeUnknownEither(schema)
    const rows = new Map<string, A>()
    for (const [index, row] of listOf(json[field]).entries()) {
      const decoded = decode(row)
      if (byteCount(JSON.stringify(row)) > rowLimit) {
        rejected.push({ where: `${field} › ${index + 1}`, reason: `It takes more than ${rowLimit} bytes.` })
      } else if (Either.isRight(decoded)) rows.set(idOf(decoded.right), decoded.right)
      else rejected.push({ where: `${field} › ${index + 1}`, reason: firstLineOf(decoded.left.message) })
    }
    return rows
  }
  const conversations = rowsOf(PlannedConversation, 'conversations', (row) => row.conversationId)
  const messages = rowsOf(PlannedMessage, 'messages', (row) => row.messageId)
  const memories = rowsOf(PlannedMemory, 'memories', (row) => row.memoryId)

  const orders = parentsFirst(new Map([...messages].map(([id, { parentMessageId }]) => [id, parentMessageId])))
  const plannedMessages = orders.flatMap(({ key, parent }): PlannedMessage[] => {
    const message = messages.get(key)
    if (message === undefined) return []
    const reason = conversations.has(message.conversationId)
      ? reasonAgainstParts(message.parts)
      : 'Its conversation is not in the file.'
    if (reason !== undefined) {
      rejected.push({ where: `messages › ${cut(key, 60)}`, reason })
      return []
    }
    const { answer } = message
    return [
      {
        ...message,
        messageId: renewed(key),
        conversationId: renewed(message.conversationId),
        parentMessageId: parent === null ? null : renewed(parent),
        ...(answer === undefined
          ? {}
          : {
              answer: {
                ...answer,
                recalledMemoryIds: answer.recalledMemoryIds.map(renewed),
                recalledMessageIds: answer.recalledMessageIds.map(renewed),
              },
            }),
      },
    ]
  })
  const plannedMemories = [...memories].flatMap(([id, memory]): PlannedMemory[] => {
    const reason = reasonAgainstMemory(memory.content)
    if (reason === undefined) {
      return [{ ...memory, memoryId: renewed(id), sourceEventIds: memory.sourceEventIds.map(renewed) }]
    }
    rejected.push({ where: `memories › ${cut(id, 60)}`, reason })
    return []
  })
  return {
    format: 'pjai-persona',
    personas: [
      {
        personaId,
        draft,
        origin: originOf(json.origin, sourceId),
        ...privacyOf(json.privacy),
        conversations: [...conversations].map(([id, conversation]) => ({
          ...conversation,
          conversationId: renewed(id),
          title: cut(conversation.title.trim(), 200) || 'Untitled',
          currentMessageId: conversation.currentMessageId === null ? null : renewed(conversation.currentMessageId),
        })),
        messages: plannedMessages,
        memories: plannedMemories,
      },
    ],
    rejected,
    notes,
  }
}

/** A row must fit into one event, and an event into 900 000 bytes. */
const rowLimit = 700_000

/** Where the original came from, so that the copy can still be exported as what it was. */
const originOf = (given: unknown, sourceId: string): PlannedOrigin => {
  const origin = Schema.decodeUnknownOption(PlannedOrigin)(given)
  const isFit = Option.isSome(origin) && byteCount(JSON.stringify(origin.value)) <= restLimits.persona
  return isFit ? origin.value : { format: 'pjai-persona', sourceId }
}

/** Files from before it was written hold none; what cannot be read becomes the strictest there is, never what is laxer. */
const privacyOf = (given: unknown): { readonly privacy?: PlannedPrivacy } => {
  if (given === undefined) return {}
  return { privacy: Option.getOrElse(Schema.decodeUnknownOption(PlannedPrivacy)(given), () => strictest) }
}

const strictest: PlannedPrivacy = {
  leaves: 'nothing',
  memoriesInPrompts: false,
  proposals: 'never',
  lookedThroughBy: 'nobody',
}

/** The draft of the file where it is legal; else what of it can be saved. */
const legalDraft = (given: unknown, stem: string, personaId: string) => {
  const fields = objectOf(given)
  const { draft, notes } = draftOf(
    {
      names: [textOf(fields.name), stem],
      personality: textOf(fields.personality),
      systemPrompt: textOf(fields.systemPrompt),
    },
    personaId,
  )
  const whole = Schema.decodeUnknownEither(PlannedDraft)(given)
  if (Either.isLeft(whole)) {
    return {
      draft,
      notes: [...notes, { where: 'persona', reason: `Defaults are used: ${firstLineOf(whole.left.message)}` }],
    }
  }
  const { tone, traits, customTraits, hue, avatar } = whole.right
  const isSmall = avatar === null || avatar.length <= 64_000
  return { draft: { ...draft, tone, traits, customTraits, hue, avatar: isSmall ? avatar : null }, notes }
}

/** Of a tree of reasons, the innermost: what a person can look up in the file. */
const firstLineOf = (message: string) =>
  message
    .split('\n')
    .at(-1)
    ?.replace(/^[\s│├└─]+/, '')
    .slice(0, 200) ?? message
