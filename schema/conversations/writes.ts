import { Schema } from '@livestore/livestore'
import { encoderOf } from '#schema/shared/quick-schema.ts'
import { rowsAsJson, write } from '#schema/shared/tables.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'
import { inserter, listInserter, writer } from '#schema/shared/writer.ts'
import { Answer, ConversationSettings, type ImportedConversation, type ImportedMessage } from './events.ts'
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

interface Place {
  readonly conversationId: string
  readonly messageId: string
}

/** To a message of this conversation only: one that is not here would show the conversation empty. */
export const moveHead = ({ conversationId, messageId }: Place) => moveHeadTo({ conversationId, messageId })

const moveHeadTo = writer(
  `insert into conversationHeads (conversationId, messageId)
   select conversationId, messageId from messages where messageId = $messageId and conversationId = $conversationId
   on conflict (conversationId) do update set messageId = excluded.messageId`,
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
    ...['messages', 'conversationHeads', 'conversationTransfers', 'conversations'].map((table) =>
      write(`delete from ${table} where ${these}`, values, table),
    ),
  ]
}

/** One already here keeps what it has; one that was erased does not come back. */
export const insertConversations = (
  personaId: string,
  imported: readonly ImportedConversation[],
  importId: string | null,
) => [
  write(
    `insert or ignore into conversations
       (conversationId, personaId, title, settings, tags, startedAt, favouredAt, archivedAt, importId, origin, searchTitle)
     select value ->> 0, $personaId, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
       $importId, value ->> 7, value ->> 8
     from json_each($rows) where value ->> 0 not in (select id from erasedIds)`,
    {
      personaId,
      importId,
      rows: rowsAsJson(
        imported.map((c) => [
          c.conversationId,
          c.title,
          settingsToJson(c.settings),
          c.tags,
          c.startedAt.getTime(),
          c.favourite ? c.startedAt.getTime() : null,
          c.archivedAt?.getTime() ?? null,
          c.origin ?? null,
          searchTextOf(c.title),
        ]),
      ),
    },
    'conversations',
  ),
  write(
    `insert or ignore into conversationHeads (conversationId, messageId)
     select value ->> 0, value ->> 1 from json_each($rows)
     where value ->> 1 is not null and value ->> 0 not in (select id from erasedIds)`,
    { rows: rowsAsJson(imported.map((c) => [c.conversationId, c.currentMessageId])) },
    'conversationHeads',
  ),
]

interface InsertedMessage extends ImportedMessage {
  readonly deletedAt?: Date | undefined
}

/**
 * Three statements for any number of messages. One already here keeps what it has; one of an erased conversation does not
 * come back. Parts travel as text, not as JSON inside JSON: SQLite refuses to read what is nested deeper than 1000, and a
 * tool may return anything.
 */
export const insertMessages = (personaId: string, imported: readonly InsertedMessage[], importId: string | null) => [
  write(
    `insert or ignore into messageRecalls (messageId, memoryId)
     select row.value ->> 0, memory.value from json_each($rows) as row, json_each(row.value, '$[1]') as memory
     where row.value ->> 0 not in (select messageId from messages)
       and row.value ->> 2 not in (select id from erasedIds)`,
    {
      rows: rowsAsJson(
        imported.flatMap((m) =>
          m.answer === undefined ? [] : [[m.messageId, m.answer.recalledMemoryIds, m.conversationId]],
        ),
      ),
    },
    'messageRecalls',
  ),
  write(
    `insert or ignore into messages
       (messageId, conversationId, personaId, parentMessageId, role, preview, sentAt, deletedAt, importId)
     select value ->> 0, value ->> 1, $personaId, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, $importId
     from json_each($rows) where value ->> 1 not in (select id from erasedIds)`,
    {
      personaId,
      importId,
      rows: rowsAsJson(
        imported.map((m) => [
          m.messageId,
          m.conversationId,
          m.parentMessageId,
          m.role,
          previewOf(textOfParts(m.parts)),
          m.sentAt.getTime(),
          m.deletedAt?.getTime() ?? null,
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
        imported.map((m) => [
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

/** The same for one: `json_each` costs several times what a row does, and a long log is mostly messages. */
export const insertMessage = (personaId: string, sent: Omit<ImportedMessage, 'sourceId'>) => {
  const { messageId, conversationId, answer } = sent
  const text = textOfParts(sent.parts)
  return [
    ...noteRecalls({ messageId, conversationId }, answer?.recalledMemoryIds ?? []),
    insertHeader({
      messageId,
      conversationId,
      personaId,
      parentMessageId: sent.parentMessageId,
      role: sent.role,
      preview: previewOf(text),
      sentAt: sent.sentAt.getTime(),
    }),
    insertBody({
      messageId,
      parts: JSON.stringify(partsToJson(sent.parts)),
      searchText: searchTextOf(text),
      answer: answer === undefined ? null : JSON.stringify(answerToJson(answer)),
    }),
  ]
}

/** Before the message is here: one that is already keeps the memories it has. */
const noteRecalls = listInserter(
  'messageRecalls',
  ['messageId', 'memoryId'],
  '$messageId not in (select messageId from messages) and $conversationId not in (select id from erasedIds)',
)

const insertHeader = inserter(
  'messages',
  'messageId, conversationId, personaId, parentMessageId, role, preview, sentAt',
  '$conversationId not in (select id from erasedIds)',
)

const insertBody = inserter(
  'messageBodies',
  'messageId, parts, searchText, answer',
  '$messageId in (select messageId from messages)',
)

export const settingsToJson = encoderOf(ConversationSettings)
export const partsToJson = encoderOf(Schema.Array(MessagePart))
const answerToJson = encoderOf(Answer)
