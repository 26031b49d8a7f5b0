import { Schema } from '@livestore/livestore'
import { rowsAsJson, write } from '#schema/shared/tables.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'
import { Answer, type ImportedMessage } from './events.ts'
import { MessagePart, textOfParts } from './parts.ts'

/** The ids go in as one value: SQLite allows 32 766 of them and no more. */
export const setTime = (
  table: 'conversations' | 'messages',
  column: 'archivedAt' | 'deletedAt',
  at: Date | null,
  ids: readonly string[],
) =>
  write(
    `update ${table} set ${column} = $at
     where ${table === 'messages' ? 'messageId' : 'conversationId'} in (select value from json_each($ids))`,
    { at: at?.getTime() ?? null, ids: rowsAsJson(ids) },
    table,
  )

/** To a message of this conversation only: one that is not here would show the conversation empty. */
export const moveHead = ({
  conversationId,
  messageId,
}: {
  readonly conversationId: string
  readonly messageId: string
}) =>
  write(
    `insert or replace into conversationHeads (conversationId, messageId)
     select conversationId, messageId from messages where messageId = $messageId and conversationId = $conversationId`,
    { conversationId, messageId },
    'conversationHeads',
  )

/** With all that was said in them. */
export const removeConversations = (conversationIds: readonly string[]) => {
  const values = { ids: rowsAsJson(conversationIds) }
  const these = 'conversationId in (select value from json_each($ids))'
  return [
    ...['messageBodies', 'messageEdits', 'messageRecalls', 'messageAuthors', 'messageConflicts'].map((table) =>
      write(`delete from ${table} where messageId in (select messageId from messages where ${these})`, values, table),
    ),
    ...['messages', 'conversationHeads', 'conversations'].map((table) =>
      write(`delete from ${table} where ${these}`, values, table),
    ),
  ]
}

/**
 * Three statements for any number of messages. One already here keeps what it has; one of an erased conversation does not
 * come back. Parts travel as text, not as JSON inside JSON: SQLite refuses to read what is nested deeper than 1000, and a
 * tool may return anything.
 */
export const insertMessages = (personaId: string, sent: readonly ImportedMessage[], importId: string | null) => [
  write(
    `insert or ignore into messageRecalls (messageId, memoryId)
     select row.value ->> 0, memory.value from json_each($rows) as row, json_each(row.value, '$[1]') as memory
     where row.value ->> 0 not in (select messageId from messages)
       and row.value ->> 2 not in (select id from erasedIds)`,
    {
      rows: rowsAsJson(
        sent.flatMap((m) =>
          m.answer === undefined ? [] : [[m.messageId, m.answer.recalledMemoryIds, m.conversationId]],
        ),
      ),
    },
    'messageRecalls',
  ),
  write(
    `insert or ignore into messages
       (messageId, conversationId, personaId, parentMessageId, role, preview, sentAt, importId)
     select value ->> 0, value ->> 1, $personaId, value ->> 2, value ->> 3, value ->> 4, value ->> 5, $importId
     from json_each($rows) where value ->> 1 not in (select id from erasedIds)`,
    {
      personaId,
      importId,
      rows: rowsAsJson(
        sent.map((m) => [
          m.messageId,
          m.conversationId,
          m.parentMessageId,
          m.role,
          previewOf(textOfParts(m.parts)),
          m.sentAt.getTime(),
        ]),
      ),
    },
    'messages',
  ),
  write(
    `insert or ignore into messageBodies (messageId, parts, searchText, answer, sourceId)
     select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each($rows)
     where value ->> 0 in (select messageId from messages)`,
    {
      rows: rowsAsJson(
        sent.map((m) => [
          m.messageId,
          JSON.stringify(partsToJson(m.parts)),
          searchTextOf(textOfParts(m.parts)),
          m.answer === undefined ? null : JSON.stringify(answerToJson(m.answer)),
          m.sourceId ?? null,
        ]),
      ),
    },
    'messageBodies',
  ),
]

export const partsToJson = Schema.encodeSync(Schema.Array(MessagePart))
const answerToJson = Schema.encodeSync(Answer)
