import { queryDb, Schema } from '@livestore/livestore'
import { searchTextOf } from '#schema/shared/text.ts'
import { Answer, Role } from './events.ts'
import { MessagePart } from './parts.ts'
import { conversationTables } from './state.ts'

const ConversationRow = Schema.Struct({
  conversationId: Schema.String,
  title: Schema.String,
  startedAt: Schema.DateFromNumber,
  favouredAt: Schema.NullOr(Schema.DateFromNumber),
  archivedAt: Schema.NullOr(Schema.DateFromNumber),
  deletedAt: Schema.NullOr(Schema.DateFromNumber),
  messageCount: Schema.Number,
  lastMessageAt: Schema.DateFromNumber,
})
export type ConversationRow = typeof ConversationRow.Type

export interface ConversationFilter {
  readonly show: 'open' | 'archived' | 'deleted'
  /** Part of a title. */
  readonly text?: string
}

/** The newest `limit` conversations; counts and the last time are derived from the messages. */
export const conversationList$ = ({ show, text = '' }: ConversationFilter, limit: number) => {
  const wanted = searchTextOf(text.trim())
  const where = {
    open: 'c.deletedAt is null and c.archivedAt is null',
    archived: 'c.deletedAt is null and c.archivedAt is not null',
    deleted: 'c.deletedAt is not null',
  }[show]
  return queryDb(
    {
      query: `select c.conversationId, c.title, c.startedAt, c.favouredAt, c.archivedAt, c.deletedAt,
                (select count(*) from messages m where m.conversationId = c.conversationId and m.deletedAt is null)
                  as messageCount,
                coalesce((select max(sentAt) from messages m where m.conversationId = c.conversationId), c.startedAt)
                  as lastMessageAt
              from conversations c where ${where} and instr(lower(c.title), ?) > 0
              order by c.favouredAt is null, lastMessageAt desc, c.conversationId limit ${limit}`,
      schema: Schema.Array(ConversationRow),
      bindValues: [wanted],
      queriedTables: new Set(['conversations', 'messages']),
    },
    { label: 'conversations.list', deps: [show, wanted, limit] },
  )
}

export const conversationById$ = (conversationId: string) =>
  queryDb(
    conversationTables.conversations.where({ conversationId }).first({ behaviour: 'fallback', fallback: () => null }),
    { label: 'conversations.byId', deps: [conversationId] },
  )

const MessageRow = Schema.Struct({
  messageId: Schema.String,
  conversationId: Schema.String,
  personaId: Schema.String,
  parentMessageId: Schema.NullOr(Schema.String),
  role: Role,
  preview: Schema.String,
  sentAt: Schema.DateFromNumber,
  editedAt: Schema.NullOr(Schema.DateFromNumber),
  deletedAt: Schema.NullOr(Schema.DateFromNumber),
  importId: Schema.NullOr(Schema.String),
  parts: Schema.parseJson(Schema.Array(MessagePart)),
  answer: Schema.NullOr(Schema.parseJson(Answer)),
  /** Messages that answer the same one, this included: more than one means branches. */
  siblingCount: Schema.Number,
})
export type MessageRow = typeof MessageRow.Type

/** The last `limit` messages of the open branch, oldest first. The walk starts at its end, so a long past costs nothing. */
export const openBranch$ = (conversationId: string, limit: number) =>
  queryDb(
    {
      query: `with recursive branch (messageId, depth) as (
                select messageId, 1 from conversationHeads where conversationId = ?1
                union all
                select m.parentMessageId, depth + 1 from branch join messages m on m.messageId = branch.messageId
                where m.parentMessageId is not null and depth < ?2
              )
              select m.*, b.parts, b.answer,
                (select count(*) from messages s where s.conversationId = ?1
                   and s.parentMessageId is m.parentMessageId) as siblingCount
              from branch join messages m on m.messageId = branch.messageId
              join messageBodies b on b.messageId = m.messageId order by depth desc`,
      schema: Schema.Array(MessageRow),
      bindValues: [conversationId, limit],
      queriedTables: new Set(['conversationHeads', 'messages', 'messageBodies']),
    },
    { label: 'conversations.openBranch', deps: [conversationId, limit] },
  )

export const messageById$ = (messageId: string) =>
  queryDb(conversationTables.messages.where({ messageId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'conversations.message',
    deps: [messageId],
  })

export const messageBody$ = (messageId: string) =>
  queryDb(
    conversationTables.messageBodies.where({ messageId }).first({ behaviour: 'fallback', fallback: () => null }),
    {
      label: 'conversations.messageBody',
      deps: [messageId],
    },
  )

/** What a message said before each edit, newest first. */
export const editsOfMessage$ = (messageId: string) =>
  queryDb(conversationTables.messageEdits.where({ messageId }).orderBy('editedAt', 'desc').limit(100), {
    label: 'conversations.editsOf',
    deps: [messageId],
  })

/** For each sibling of a message the end of its newest branch: what to choose to open it. Oldest sibling first. */
export const branchEnds$ = (conversationId: string, parentMessageId: string | null) =>
  queryDb(
    {
      query: `with recursive walk (siblingId, messageId, sentAt) as (
                select messageId, messageId, sentAt from messages
                where conversationId = ?1 and parentMessageId is ?2
                union all
                select siblingId, m.messageId, m.sentAt from walk join messages m on m.parentMessageId = walk.messageId
              )
              select siblingId, messageId as endId, max(sentAt) as sentAt from walk
              group by siblingId order by (select sentAt from messages s where s.messageId = siblingId), siblingId
              limit 100`,
      schema: Schema.Array(
        Schema.Struct({ siblingId: Schema.String, endId: Schema.String, sentAt: Schema.DateFromNumber }),
      ),
      bindValues: [conversationId, parentMessageId],
      queriedTables: new Set(['messages']),
    },
    { label: 'conversations.branchEnds', deps: [conversationId, parentMessageId ?? ''] },
  )

/** Answers that were given a memory, newest first. */
export const answersThatRecalled$ = (memoryId: string) =>
  queryDb(
    {
      query: `select m.messageId, m.conversationId, m.preview, m.sentAt from messageRecalls r
              join messages m on m.messageId = r.messageId
              where r.memoryId = ? order by m.sentAt desc limit 50`,
      schema: Schema.Array(
        Schema.Struct({
          messageId: Schema.String,
          conversationId: Schema.String,
          preview: Schema.String,
          sentAt: Schema.DateFromNumber,
        }),
      ),
      bindValues: [memoryId],
      queriedTables: new Set(['messageRecalls', 'messages']),
    },
    { label: 'conversations.answersThatRecalled', deps: [memoryId] },
  )
