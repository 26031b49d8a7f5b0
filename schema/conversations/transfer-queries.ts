import { queryDb, Schema } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { Answer, ConversationSettings, type ImportedConversation, Role } from './events.ts'
import { MessagePart } from './parts.ts'
import { conversationTransferTables } from './transfer-state.ts'
import type { TransferredMessage } from './transfers.ts'

// What a transfer reads, once; no view lives on these but the last.

const ConversationRow = Schema.Struct({
  conversationId: Schema.String,
  title: Schema.String,
  settings: Schema.parseJson(ConversationSettings),
  tags: Schema.parseJson(Schema.Array(Schema.String)),
  startedAt: Schema.DateFromNumber,
  archivedAt: Schema.NullOr(Schema.DateFromNumber),
  favouredAt: Schema.NullOr(Schema.DateFromNumber),
  origin: Schema.NullOr(Schema.parseJson(Origin)),
  currentMessageId: Schema.NullOr(Schema.String),
})

/** All that another persona is given of a conversation but its messages and files; null if it is not here. */
export const conversationToTransfer$ = (conversationId: string) =>
  queryDb(
    {
      query: `select c.conversationId, c.title, c.settings, c.tags, c.startedAt, c.archivedAt, c.favouredAt, c.origin,
                h.messageId as currentMessageId
              from conversations c left join conversationHeads h on h.conversationId = c.conversationId
              where c.conversationId = ?`,
      schema: Schema.Array(ConversationRow),
      bindValues: [conversationId],
      queriedTables: new Set(['conversations', 'conversationHeads']),
    },
    {
      label: 'conversations.toTransfer',
      deps: [conversationId],
      map: ([row]): ImportedConversation | null => {
        if (row === undefined) return null
        const { favouredAt, origin, ...conversation } = row
        return { ...conversation, favourite: favouredAt !== null, ...(origin === null ? {} : { origin }) }
      },
    },
  )

const MessageRow = Schema.Struct({
  messageId: Schema.String,
  conversationId: Schema.String,
  parentMessageId: Schema.NullOr(Schema.String),
  role: Role,
  sentAt: Schema.DateFromNumber,
  deletedAt: Schema.NullOr(Schema.DateFromNumber),
  parts: Schema.parseJson(Schema.Array(MessagePart)),
  answer: Schema.NullOr(Schema.parseJson(Answer)),
})

/** The next `limit` messages of all branches, the oldest first; deleted ones too, so that no branch loses its beginning. */
export const messagesToTransfer$ = (
  conversationId: string,
  after: Pick<TransferredMessage, 'sentAt' | 'messageId'> | undefined,
  limit: number,
) => {
  const [sentAt, messageId] = [after?.sentAt.getTime() ?? Number.MIN_SAFE_INTEGER, after?.messageId ?? '']
  return queryDb(
    {
      query: `select m.messageId, m.conversationId, m.parentMessageId, m.role, m.sentAt, m.deletedAt, b.parts, b.answer
              from messages m join messageBodies b on b.messageId = m.messageId
              where m.conversationId = ?1 and (m.sentAt, m.messageId) > (?2, ?3)
              order by m.sentAt, m.messageId limit ${limit}`,
      schema: Schema.Array(MessageRow),
      bindValues: [conversationId, sentAt, messageId],
      queriedTables: new Set(['messages', 'messageBodies']),
    },
    {
      label: 'conversations.messagesToTransfer',
      deps: [conversationId, sentAt, messageId, limit],
      map: (rows) =>
        rows.map(
          ({ answer, deletedAt, ...message }): TransferredMessage => ({
            ...message,
            ...(answer === null ? {} : { answer }),
            ...(deletedAt === null ? {} : { deletedAt }),
          }),
        ),
    },
  )
}

/** How many messages a conversation has, deleted ones too. */
export const messageCountOf$ = (conversationId: string) =>
  queryDb(
    {
      query: 'select count(*) as count from messages where conversationId = ?',
      schema: Schema.Array(Schema.Struct({ count: Schema.Number })),
      bindValues: [conversationId],
      queriedTables: new Set(['messages']),
    },
    { label: 'conversations.messageCountOf', deps: [conversationId], map: (rows) => rows[0]?.count ?? 0 },
  )

/** Where a conversation went that left for another persona; null if it did not. */
export const conversationTransferOf$ = (conversationId: string) =>
  queryDb(
    conversationTransferTables.conversationTransfers
      .where({ conversationId })
      .first({ behaviour: 'fallback', fallback: () => null }),
    { label: 'conversations.transferOf', deps: [conversationId] },
  )
