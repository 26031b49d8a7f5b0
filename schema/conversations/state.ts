import { Schema, State } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { key, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'
import { Answer, ConversationSettings, conversationEvents, type ImportedMessage, Role } from './events.ts'
import { MessagePart, textOfParts } from './parts.ts'

const conversations = State.SQLite.table({
  name: 'conversations',
  columns: {
    conversationId: key(),
    personaId: State.SQLite.text(),
    title: State.SQLite.text(),
    settings: State.SQLite.json({ schema: ConversationSettings }),
    tags: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    startedAt: time(),
    favouredAt: timeOrNull(),
    archivedAt: timeOrNull(),
    deletedAt: timeOrNull(),
    importId: State.SQLite.text({ nullable: true }),
    origin: State.SQLite.json({ nullable: true, schema: Origin }),
  },
  indexes: [
    { name: 'conversations_by_started', columns: ['deletedAt', 'startedAt', 'conversationId'] },
    { name: 'conversations_by_import', columns: ['importId'] },
  ],
})

/** Where a conversation stands open: the last message of the chosen branch. Apart, because every message moves it. */
const conversationHeads = State.SQLite.table({
  name: 'conversationHeads',
  columns: { conversationId: key(), messageId: State.SQLite.text() },
})

/** What lists and trees need. The content lives in `messageBodies`, so that counting and sorting stay cheap. */
const messages = State.SQLite.table({
  name: 'messages',
  columns: {
    messageId: key(),
    conversationId: State.SQLite.text(),
    personaId: State.SQLite.text(),
    parentMessageId: State.SQLite.text({ nullable: true }),
    role: State.SQLite.text({ schema: Role }),
    preview: State.SQLite.text(),
    sentAt: time(),
    editedAt: timeOrNull(),
    deletedAt: timeOrNull(),
    importId: State.SQLite.text({ nullable: true }),
  },
  indexes: [
    { name: 'messages_by_conversation', columns: ['conversationId', 'sentAt', 'messageId'] },
    { name: 'messages_by_parent', columns: ['parentMessageId', 'sentAt', 'messageId'] },
    { name: 'messages_by_sent', columns: ['sentAt'] },
    { name: 'messages_by_import', columns: ['importId'] },
  ],
})

const messageBodies = State.SQLite.table({
  name: 'messageBodies',
  columns: {
    messageId: key(),
    parts: State.SQLite.json({ schema: Schema.Array(MessagePart) }),
    searchText: State.SQLite.text(),
    answer: State.SQLite.json({ nullable: true, schema: Answer }),
    sourceId: State.SQLite.text({ nullable: true }),
  },
})

/** Every text a message had after its first, so that its history is a read. */
const messageEdits = State.SQLite.table({
  name: 'messageEdits',
  columns: {
    editId: key(),
    messageId: State.SQLite.text(),
    previousParts: State.SQLite.json({ schema: Schema.Array(MessagePart) }),
    editedAt: time(),
  },
  indexes: [{ name: 'messageEdits_by_message', columns: ['messageId', 'editedAt'] }],
})

/** The memories an answer was given, both ways. */
const messageRecalls = State.SQLite.table({
  name: 'messageRecalls',
  columns: { messageId: key(), memoryId: key() },
  indexes: [{ name: 'messageRecalls_by_memory', columns: ['memoryId', 'messageId'] }],
})

export type Conversation = typeof conversations.Type
export type Message = typeof messages.Type

export const conversationTables = {
  conversations,
  conversationHeads,
  messages,
  messageBodies,
  messageEdits,
  messageRecalls,
}

const partsToJson = Schema.encodeSync(Schema.Array(MessagePart))
const answerToJson = Schema.encodeSync(Answer)
const settingsToJson = Schema.encodeSync(ConversationSettings)

/** Total and idempotent: an event given twice, or for a thing not here, changes nothing more. */
export const conversationMaterializers = State.SQLite.materializers(conversationEvents, {
  'v1.ConversationStarted': ({ actorId: _actor, deviceId: _device, ...conversation }) =>
    conversations.insert(conversation).onConflict('conversationId', 'ignore'),
  'v1.ConversationRenamed': ({ conversationId, title }) => conversations.update({ title }).where({ conversationId }),
  'v1.ConversationTuned': ({ conversationId, settings }) =>
    conversations.update({ settings }).where({ conversationId }),
  'v1.ConversationTagged': ({ conversationId, tags }) => conversations.update({ tags }).where({ conversationId }),
  'v1.ConversationFavoured': ({ conversationId, favouredAt }) =>
    conversations.update({ favouredAt }).where({ conversationId }),
  'v1.ConversationUnfavoured': ({ conversationId }) =>
    conversations.update({ favouredAt: null }).where({ conversationId }),
  'v1.ConversationsArchived': ({ conversationIds, archivedAt }) =>
    conversations.update({ archivedAt }).where('conversationId', 'IN', conversationIds),
  'v1.ConversationsUnarchived': ({ conversationIds }) =>
    conversations.update({ archivedAt: null }).where('conversationId', 'IN', conversationIds),
  'v1.ConversationsDeleted': ({ conversationIds, deletedAt }) =>
    conversations.update({ deletedAt }).where('conversationId', 'IN', conversationIds),
  'v1.ConversationsRestored': ({ conversationIds }) =>
    conversations.update({ deletedAt: null }).where('conversationId', 'IN', conversationIds),
  'v1.MessageSent': ({ personaId, actorId: _actor, deviceId: _device, ...message }) => [
    ...insertMessages(personaId, [message], null),
    conversationHeads
      .insert({ conversationId: message.conversationId, messageId: message.messageId })
      .onConflict('conversationId', 'replace'),
  ],
  'v1.MessageEdited': ({ editId, messageId, parts, editedAt }) => [
    write(
      `insert or ignore into messageEdits (editId, messageId, previousParts, editedAt)
       select $editId, messageId, parts, $editedAt from messageBodies where messageId = $messageId`,
      { editId, messageId, editedAt: editedAt.getTime() },
      'messageEdits',
    ),
    messages.update({ preview: previewOf(textOfParts(parts)), editedAt }).where({ messageId }),
    messageBodies.update({ parts, searchText: searchTextOf(textOfParts(parts)) }).where({ messageId }),
  ],
  'v1.MessagesDeleted': ({ messageIds, deletedAt }) =>
    messages.update({ deletedAt }).where('messageId', 'IN', messageIds),
  'v1.MessagesRestored': ({ messageIds }) => messages.update({ deletedAt: null }).where('messageId', 'IN', messageIds),
  'v1.BranchChosen': ({ conversationId, messageId }) =>
    conversationHeads.insert({ conversationId, messageId }).onConflict('conversationId', 'replace'),
  'v1.ConversationsImported': ({ personaId, importId, conversations: imported }) => [
    write(
      `insert or ignore into conversations
         (conversationId, personaId, title, settings, tags, startedAt, favouredAt, archivedAt, importId, origin)
       select value ->> 0, $personaId, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
         $importId, value ->> 7
       from json_each($rows)`,
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
          ]),
        ),
      },
      'conversations',
    ),
    write(
      `insert or ignore into conversationHeads (conversationId, messageId)
       select value ->> 0, value ->> 1 from json_each($rows) where value ->> 1 is not null`,
      { rows: rowsAsJson(imported.map((c) => [c.conversationId, c.currentMessageId])) },
      'conversationHeads',
    ),
  ],
  'v1.MessagesImported': ({ personaId, importId, messages: imported }) => insertMessages(personaId, imported, importId),
  'v1.ConversationsImportWithdrawn': ({ importId }) => [
    ...['messageBodies', 'messageEdits', 'messageRecalls'].map((table) =>
      write(
        `delete from ${table} where messageId in (select messageId from messages where importId = $importId)`,
        { importId },
        table,
      ),
    ),
    messages.delete().where({ importId }),
    write(
      `delete from conversationHeads where messageId not in (select messageId from messages)
         and conversationId in (select conversationId from conversations where importId = $importId)`,
      { importId },
      'conversationHeads',
    ),
    // A conversation the person went on with stays, for what they wrote in it.
    write(
      `delete from conversations where importId = $importId
         and conversationId not in (select conversationId from messages)`,
      { importId },
      'conversations',
    ),
  ],
})

/** Three statements for any number of messages. One already here keeps what it has. */
const insertMessages = (personaId: string, sent: readonly ImportedMessage[], importId: string | null) => [
  write(
    `insert or ignore into messageRecalls (messageId, memoryId)
     select row.value ->> 0, memory.value from json_each($rows) as row, json_each(row.value, '$[1]') as memory
     where row.value ->> 0 not in (select messageId from messages)`,
    {
      rows: rowsAsJson(
        sent.flatMap((m) => (m.answer === undefined ? [] : [[m.messageId, m.answer.recalledMemoryIds]])),
      ),
    },
    'messageRecalls',
  ),
  write(
    `insert or ignore into messages
       (messageId, conversationId, personaId, parentMessageId, role, preview, sentAt, importId)
     select value ->> 0, value ->> 1, $personaId, value ->> 2, value ->> 3, value ->> 4, value ->> 5, $importId
     from json_each($rows)`,
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
     select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each($rows)`,
    {
      rows: rowsAsJson(
        sent.map((m) => [
          m.messageId,
          partsToJson(m.parts),
          searchTextOf(textOfParts(m.parts)),
          m.answer === undefined ? null : answerToJson(m.answer),
          m.sourceId ?? null,
        ]),
      ),
    },
    'messageBodies',
  ),
]
