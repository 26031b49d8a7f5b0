import { queryDb, Schema } from '@livestore/livestore'
import { Answer, ConversationSettings } from '#schema/conversations/events.ts'
import { personaToJson } from '#schema/imports/pjai-persona.ts'
import {
  type PlannedConversation,
  type PlannedMemory,
  PlannedMessage,
  type PlannedOrigin,
} from '#schema/imports/plan.ts'
import { privacy$ } from '#schema/personas/privacy-queries.ts'
import type { Persona, PrivacySettings } from '#schema/personas/state.ts'
import { Origin } from '#schema/shared/origin.ts'

// A persona whole, for a copy or a file: read once, never watched by a view. What is forgotten or deleted stays behind.

const strings = Schema.parseJson(Schema.Array(Schema.String))
const originOrNull = Schema.NullOr(Schema.parseJson(Origin))

export const wholeMemories$ = queryDb(
  {
    query: `select m.memoryId, b.content, m.importance, m.kind, b.sourceEventIds, m.occurredAt, b.origin,
              (select json_group_array(tag) from memoryTags t where t.memoryId = m.memoryId) as tags
            from memories m join memoryBodies b on b.memoryId = m.memoryId
            where m.forgottenAt is null order by m.occurredAt, m.memoryId`,
    schema: Schema.Array(
      Schema.Struct({
        memoryId: Schema.String,
        content: Schema.String,
        importance: Schema.Number,
        kind: Schema.String,
        tags: strings,
        sourceEventIds: strings,
        occurredAt: Schema.DateFromNumber,
        origin: originOrNull,
      }),
    ),
    queriedTables: new Set(['memories', 'memoryBodies', 'memoryTags']),
  },
  {
    label: 'stores.wholeMemories',
    map: (rows) => rows.map(({ origin, ...memory }): PlannedMemory => ({ ...memory, ...knownOrigin(origin) })),
  },
)

const wholeConversations$ = queryDb(
  {
    query: `select c.conversationId, c.title, c.settings, c.tags, c.startedAt, c.archivedAt, c.favouredAt, c.origin,
              h.messageId as currentMessageId
            from conversations c left join conversationHeads h on h.conversationId = c.conversationId
            where c.deletedAt is null order by c.startedAt, c.conversationId`,
    schema: Schema.Array(
      Schema.Struct({
        conversationId: Schema.String,
        title: Schema.String,
        settings: Schema.parseJson(ConversationSettings),
        tags: strings,
        startedAt: Schema.DateFromNumber,
        archivedAt: Schema.NullOr(Schema.DateFromNumber),
        favouredAt: Schema.NullOr(Schema.DateFromNumber),
        origin: originOrNull,
        currentMessageId: Schema.NullOr(Schema.String),
      }),
    ),
    queriedTables: new Set(['conversations', 'conversationHeads']),
  },
  {
    label: 'stores.wholeConversations',
    map: (rows) =>
      rows.map(
        ({ origin, favouredAt, ...conversation }): PlannedConversation => ({
          ...conversation,
          favourite: favouredAt !== null,
          ...knownOrigin(origin),
        }),
      ),
  },
)

const wholeMessages$ = queryDb(
  {
    query: `select m.messageId, m.conversationId, m.parentMessageId, m.role, m.sentAt, b.parts, b.answer, b.sourceId
            from messages m join messageBodies b on b.messageId = m.messageId
            join conversations c on c.conversationId = m.conversationId
            where m.deletedAt is null and c.deletedAt is null order by m.sentAt, m.messageId`,
    schema: Schema.Array(
      Schema.Struct({
        messageId: Schema.String,
        conversationId: Schema.String,
        parentMessageId: Schema.NullOr(Schema.String),
        role: PlannedMessage.fields.role,
        sentAt: Schema.DateFromNumber,
        parts: Schema.parseJson(PlannedMessage.fields.parts),
        answer: Schema.NullOr(Schema.parseJson(Answer)),
        sourceId: Schema.NullOr(Schema.String),
      }),
    ),
    queriedTables: new Set(['messages', 'messageBodies', 'conversations']),
  },
  {
    label: 'stores.wholeMessages',
    map: (rows) =>
      rows.map(
        ({ answer, sourceId, ...message }): PlannedMessage => ({
          ...message,
          ...(answer === null ? {} : { answer }),
          ...(sourceId === null ? {} : { sourceId }),
        }),
      ),
  },
)

const knownOrigin = (origin: PlannedOrigin | null) => (origin === null ? {} : { origin })

/** What a file of the persona is made of; `personaFile` makes it. */
export const wholePersonaQueries = {
  memories: wholeMemories$,
  conversations: wholeConversations$,
  messages: wholeMessages$,
  /** As it is set. The consents stay behind. */
  privacy: privacy$,
}

interface WholePersona {
  readonly memories: readonly PlannedMemory[]
  readonly conversations: readonly PlannedConversation[]
  readonly messages: readonly PlannedMessage[]
  readonly privacy: PrivacySettings
}

/** The persona as a file that an import reads again. */
export const personaFile = (
  { personaId, origin, createdAt: _at, archivedAt: _archived, ...draft }: Persona,
  whole: WholePersona,
) => personaToJson({ personaId, draft, ...knownOrigin(origin), ...whole })
