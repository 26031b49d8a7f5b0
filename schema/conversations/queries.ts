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
              from conversations c where ${where} and instr(c.searchTitle, ?) > 0
              order by c.favouredAt is null, lastMessageAt desc, c.conversationId limit ${limit}`,
      schema: Schema.Array(ConversationRow),
      bindValues: [wanted],
      queriedTables: new Set(['conversations', 'messages']),
    },
    { label: 'conversations.list', deps: [show, wanted, limit] },
  )
}

const Counts = Schema.Struct({ open: Schema.Number, archived: Schema.Number, deleted: Schema.Number })

/** How many conversations each list holds. */
export const conversationCounts$ = queryDb(
  {
    query: `select total(deletedAt is null and archivedAt is null) as open,
              total(deletedAt is null and archivedAt is not null) as archived, total(deletedAt is not null) as deleted
            from conversations`,
    schema: Schema.Array(Counts),
    queriedTables: new Set(['conversations']),
  },
  { label: 'conversations.counts', map: (rows) => rows[0] ?? { open: 0, archived: 0, deleted: 0 } },
)

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
  /** Texts that stand beside this one until a person chooses. */
  conflictCount: Schema.Number,
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
                   and s.parentMessageId is m.parentMessageId) as siblingCount,
                (select count(*) from messageConflicts c where c.messageId = m.messageId and c.settledAt is null)
                  as conflictCount
              from branch join messages m on m.messageId = branch.messageId
              join messageBodies b on b.messageId = m.messageId order by depth desc`,
      schema: Schema.Array(MessageRow),
      bindValues: [conversationId, limit],
      queriedTables: new Set(['conversationHeads', 'messages', 'messageBodies', 'messageConflicts']),
    },
    { label: 'conversations.openBranch', deps: [conversationId, limit] },
  )

/** The last message of the open branch, deleted or not: what the next one follows. Null in an empty conversation. */
export const endOfOpenBranch$ = (conversationId: string) =>
  queryDb(
    conversationTables.conversationHeads
      .where({ conversationId })
      .first({ behaviour: 'fallback', fallback: () => null }),
    { label: 'conversations.endOfOpenBranch', deps: [conversationId], map: (head) => head?.messageId ?? null },
  )

/** How far before the end of the open branch a message stands: 1 is the end, null is another branch. */
export const branchPlace$ = (conversationId: string, messageId: string) =>
  queryDb(
    {
      query: `with recursive branch (messageId, depth) as (
                select messageId, 1 from conversationHeads where conversationId = ?1
                union all
                select m.parentMessageId, depth + 1 from branch join messages m on m.messageId = branch.messageId
                where m.parentMessageId is not null and branch.messageId <> ?2 and depth < 100000
              )
              select depth from branch where messageId = ?2 limit 1`,
      schema: Schema.Array(Schema.Struct({ depth: Schema.Number })),
      bindValues: [conversationId, messageId],
      queriedTables: new Set(['conversationHeads', 'messages']),
    },
    { label: 'conversations.branchPlace', deps: [conversationId, messageId], map: (rows) => rows[0]?.depth ?? null },
  )

/** Whether a message is still there to be answered: neither it nor its conversation was deleted. */
export const isAnswerable$ = (messageId: string) =>
  queryDb(
    {
      query: `select 1 as found from messages m join conversations c on c.conversationId = m.conversationId
              where m.messageId = ? and m.deletedAt is null and c.deletedAt is null`,
      schema: Schema.Array(Schema.Struct({ found: Schema.Number })),
      bindValues: [messageId],
      queriedTables: new Set(['messages', 'conversations']),
    },
    { label: 'conversations.isAnswerable', deps: [messageId], map: (rows) => rows.length > 0 },
  )

/** The last `limit` messages of the branch that ends in a message, oldest first; those deleted are left out. */
export const branchTo$ = (messageId: string, limit: number) =>
  queryDb(
    {
      query: `with recursive branch (messageId, depth) as (
                select ?1, 1
                union all
                select m.parentMessageId, depth + 1 from branch join messages m on m.messageId = branch.messageId
                where m.parentMessageId is not null and depth < ?2
              )
              select m.messageId, m.role, m.sentAt, b.parts from branch
              join messages m on m.messageId = branch.messageId
              join messageBodies b on b.messageId = m.messageId where m.deletedAt is null order by depth desc`,
      schema: Schema.Array(
        Schema.Struct({
          messageId: Schema.String,
          role: Role,
          sentAt: Schema.DateFromNumber,
          parts: Schema.parseJson(Schema.Array(MessagePart)),
        }),
      ),
      bindValues: [messageId, limit],
      queriedTables: new Set(['messages', 'messageBodies']),
    },
    { label: 'conversations.branchTo', deps: [messageId, limit] },
  )

/** The newest `limit` answers to a message, oldest first. */
export const answersOf$ = (conversationId: string, messageId: string, limit: number) =>
  queryDb(
    {
      query: `select m.messageId, m.conversationId, m.personaId, b.parts, b.answer from messages m
              join messageBodies b on b.messageId = m.messageId
              where m.conversationId = ? and m.parentMessageId = ? and m.role = 'assistant' and m.deletedAt is null
              order by m.sentAt desc, m.messageId desc limit ${limit}`,
      schema: Schema.Array(
        Schema.Struct({
          messageId: Schema.String,
          conversationId: Schema.String,
          personaId: Schema.String,
          parts: Schema.parseJson(Schema.Array(MessagePart)),
          answer: Schema.NullOr(Schema.parseJson(Answer)),
        }),
      ),
      bindValues: [conversationId, messageId],
      queriedTables: new Set(['messages', 'messageBodies']),
    },
    {
      label: 'conversations.answersOf',
      deps: [conversationId, messageId, limit],
      map: (rows) => rows.toReversed(),
    },
  )

/** How many answers of a model a conversation holds. */
export const answersBy$ = (conversationId: string, model: string) =>
  queryDb(
    {
      query: `select count(*) as count from messages m join messageBodies b on b.messageId = m.messageId
              where m.conversationId = ? and m.role = 'assistant' and b.answer ->> '$.model' = ?`,
      schema: Schema.Array(Schema.Struct({ count: Schema.Number })),
      bindValues: [conversationId, model],
      queriedTables: new Set(['messages', 'messageBodies']),
    },
    { label: 'conversations.answersBy', deps: [conversationId, model], map: (rows) => rows[0]?.count ?? 0 },
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

/** Who wrote the text that stands; null as long as nobody edited it. */
export const messageAuthor$ = (messageId: string) =>
  queryDb(
    conversationTables.messageAuthors.where({ messageId }).first({ behaviour: 'fallback', fallback: () => null }),
    { label: 'conversations.author', deps: [messageId] },
  )

/** Texts that stand beside that of a message until a person chooses, oldest first. */
export const conflictsOfMessage$ = (messageId: string) =>
  queryDb(
    conversationTables.messageConflicts.where({ messageId, settledAt: null }).orderBy('openedAt', 'asc').limit(20),
    { label: 'conversations.conflictsOf', deps: [messageId] },
  )

export const messageConflict$ = (conflictId: string) =>
  queryDb(
    conversationTables.messageConflicts.where({ conflictId }).first({ behaviour: 'fallback', fallback: () => null }),
    { label: 'conversations.conflict', deps: [conflictId] },
  )

/** Messages of a conversation of which more than one text stands, the longest waiting first; none that is deleted. */
export const conflictingMessages$ = (conversationId: string) =>
  queryDb(
    {
      query: `select c.messageId from messageConflicts c
              join messages m on m.messageId = c.messageId
              join conversations t on t.conversationId = m.conversationId
              where c.settledAt is null and m.conversationId = ? and m.deletedAt is null and t.deletedAt is null
              group by c.messageId order by min(c.openedAt), c.messageId limit 200`,
      schema: Schema.Array(Schema.Struct({ messageId: Schema.String })),
      bindValues: [conversationId],
      queriedTables: new Set(['messageConflicts', 'messages', 'conversations']),
    },
    {
      label: 'conversations.conflicting',
      deps: [conversationId],
      map: (rows) => rows.map(({ messageId }) => messageId),
    },
  )

/** The first `limit` messages that answer the same one, the oldest first. */
export const siblings$ = (conversationId: string, parentMessageId: string | null, limit: number) =>
  queryDb(
    {
      query: `select messageId from messages where conversationId = ?1 and parentMessageId is ?2
              order by sentAt, messageId limit ${limit}`,
      schema: Schema.Array(Schema.Struct({ messageId: Schema.String })),
      bindValues: [conversationId, parentMessageId],
      queriedTables: new Set(['messages']),
    },
    {
      label: 'conversations.siblings',
      deps: [conversationId, parentMessageId ?? '', limit],
      map: (rows) => rows.map(({ messageId }) => messageId),
    },
  )

/**
 * For each sibling of a message the end of its newest branch: what to choose to open it. Oldest sibling first.
 * `union`, not `union all`: messages that answer each other in a circle end the walk.
 */
export const branchEnds$ = (conversationId: string, parentMessageId: string | null) =>
  queryDb(
    {
      query: `with recursive walk (siblingId, messageId, sentAt) as (
                select messageId, messageId, sentAt from messages
                where conversationId = ?1 and parentMessageId is ?2
                union
                select siblingId, m.messageId, m.sentAt from walk
                join messages m on m.conversationId = ?1 and m.parentMessageId = walk.messageId
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
              where r.memoryId = ? and m.deletedAt is null order by m.sentAt desc, m.messageId limit 50`,
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
