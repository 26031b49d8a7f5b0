import { Schema, State } from '@livestore/livestore'
import { authorColumns, conflictColumns, reopenConflict, textWriter } from '#schema/shared/concurrent-texts.ts'
import { noteErased } from '#schema/shared/erasures.ts'
import { Origin } from '#schema/shared/origin.ts'
import { deleteRows, key, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { inserter, writer } from '#schema/shared/writer.ts'
import { defaultSettings, defaultTitle } from './defaults.ts'
import { Answer, ConversationSettings, conversationEvents, Role } from './events.ts'
import { MessagePart, textOfParts } from './parts.ts'
import {
  insertConversations,
  insertMessage,
  insertMessages,
  moveHead,
  partsToJson,
  removeConversations,
  setTime,
  settingsToJson,
} from './writes.ts'

const conversations = State.SQLite.table({
  name: 'conversations',
  columns: {
    conversationId: key(),
    personaId: State.SQLite.text(),
    title: State.SQLite.text(),
    /** SQLite folds the case of ASCII only. */
    searchTitle: State.SQLite.text(),
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
    // `deletedAt` stands in two of them so that counts and activity are read from the index alone.
    { name: 'messages_by_conversation', columns: ['conversationId', 'sentAt', 'messageId', 'deletedAt'] },
    { name: 'messages_by_parent', columns: ['conversationId', 'parentMessageId', 'sentAt', 'messageId'] },
    { name: 'messages_by_sent', columns: ['sentAt', 'deletedAt'] },
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

/** Who wrote the text of a message, once it was edited. */
const messageAuthors = State.SQLite.table({
  name: 'messageAuthors',
  columns: { messageId: key(), ...authorColumns() },
})

/** Texts that were written beside the one that stands, and those a person has chosen about. */
const messageConflicts = State.SQLite.table({
  name: 'messageConflicts',
  columns: {
    conflictId: key(),
    messageId: State.SQLite.text(),
    parts: State.SQLite.json({ schema: Schema.Array(MessagePart) }),
    ...conflictColumns(),
  },
  indexes: [
    { name: 'messageConflicts_by_message', columns: ['messageId', 'settledAt'] },
    { name: 'messageConflicts_by_settled', columns: ['settledAt', 'openedAt'] },
  ],
})

export type Conversation = typeof conversations.Type
export type Message = typeof messages.Type
export type MessageConflict = typeof messageConflicts.Type

export const conversationTables = {
  conversations,
  conversationHeads,
  messages,
  messageBodies,
  messageEdits,
  messageRecalls,
  messageAuthors,
  messageConflicts,
}

const startConversation = (
  started: Pick<Conversation, 'conversationId' | 'personaId' | 'title' | 'settings' | 'tags' | 'startedAt'>,
) =>
  insertConversation({
    conversationId: started.conversationId,
    personaId: started.personaId,
    title: started.title,
    searchTitle: searchTextOf(started.title),
    settings: JSON.stringify(settingsToJson(started.settings)),
    tags: JSON.stringify(started.tags),
    startedAt: started.startedAt.getTime(),
  })

const insertConversation = inserter(
  'conversations',
  'conversationId, personaId, title, searchTitle, settings, tags, startedAt',
  '$conversationId not in (select id from erasedIds)',
)

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

/** One that nobody tells of any more. Said with every message, and seldom so: hence nothing is bound that is always the same. */
const startUntold = writer(
  `insert or ignore into conversations (conversationId, personaId, title, searchTitle, settings, tags, startedAt)
   select $conversationId, $personaId, ${literal(defaultTitle)}, ${literal(searchTextOf(defaultTitle))},
     ${literal(JSON.stringify(settingsToJson(defaultSettings)))}, '[]', $startedAt
   where $conversationId not in (select id from erasedIds)`,
  'conversations',
)

/** Total and idempotent: an event given twice, or for a thing not here, changes nothing that is seen. */
export const conversationMaterializers = State.SQLite.materializers(conversationEvents, {
  'v1.ConversationStarted': startConversation,
  'v1.ConversationRenamed': ({ conversationId, title }) =>
    conversations.update({ title, searchTitle: searchTextOf(title) }).where({ conversationId }),
  'v1.ConversationTuned': ({ conversationId, settings }) =>
    conversations.update({ settings }).where({ conversationId }),
  'v1.ConversationTagged': ({ conversationId, tags }) => conversations.update({ tags }).where({ conversationId }),
  'v1.ConversationFavoured': ({ conversationId, favouredAt }) =>
    conversations.update({ favouredAt }).where({ conversationId }),
  'v1.ConversationUnfavoured': ({ conversationId }) =>
    conversations.update({ favouredAt: null }).where({ conversationId }),
  'v1.ConversationsArchived': ({ conversationIds, archivedAt }) =>
    setTime('conversations', 'archivedAt', archivedAt, conversationIds),
  'v1.ConversationsUnarchived': ({ conversationIds }) => setTime('conversations', 'archivedAt', null, conversationIds),
  'v1.ConversationsDeleted': ({ conversationIds, deletedAt }) =>
    setTime('conversations', 'deletedAt', deletedAt, conversationIds),
  'v1.ConversationsRestored': ({ conversationIds }) => [
    setTime('conversations', 'deletedAt', null, conversationIds),
    deleteRows('conversationTransfers', 'conversationId', conversationIds),
  ],
  'v1.ConversationsErased': ({ conversationIds, ...erasure }) => [
    ...removeConversations(conversationIds),
    ...noteErased('conversations', conversationIds, erasure),
  ],
  'v1.MessageSent': ({ personaId, actorId: _actor, deviceId: _device, ...message }) => [
    // Its conversation may have left with an import that another device withdrew: what was written still has a place.
    startUntold({ conversationId: message.conversationId, personaId, startedAt: message.sentAt.getTime() }),
    ...insertMessage(personaId, message),
    moveHead(message),
  ],
  'v1.MessageEdited': ({ editedAt, ...edited }) => editParts({ ...edited, at: editedAt }),
  'v1.MessageConflictSettled': ({ conflictId, settledAt, ...settled }) =>
    editParts({ ...settled, settles: conflictId, at: settledAt }),
  'v1.MessageConflictReopened': ({ conflictId, messageId }) => reopenConflict(texts, conflictId, messageId),
  'v1.MessagesDeleted': ({ messageIds, deletedAt }) => setTime('messages', 'deletedAt', deletedAt, messageIds),
  'v1.MessagesRestored': ({ messageIds }) => setTime('messages', 'deletedAt', null, messageIds),
  'v1.BranchChosen': moveHead,
  'v1.ConversationsImported': ({ personaId, importId, conversations: imported }) =>
    insertConversations(personaId, imported, importId),
  'v1.MessagesImported': ({ personaId, importId, messages: imported }) => insertMessages(personaId, imported, importId),
  'v1.ConversationsImportWithdrawn': ({ importId }) => [
    ...['messageBodies', 'messageEdits', 'messageRecalls', 'messageAuthors', 'messageConflicts'].map((table) =>
      write(
        `delete from ${table} where messageId in (select messageId from messages where importId = $importId)`,
        { importId },
        table,
      ),
    ),
    messages.delete().where({ importId }),
    // A conversation the person went on with stays, for what they wrote in it, and stands open at the last of that.
    write(
      `delete from conversations where importId = $importId
         and not exists (select 1 from messages m where m.conversationId = conversations.conversationId)`,
      { importId },
      'conversations',
    ),
    write(
      `delete from conversationHeads where not exists
         (select 1 from messages m where m.conversationId = conversationHeads.conversationId)`,
      {},
      'conversationHeads',
    ),
    write(
      'delete from conversationTransfers where conversationId not in (select conversationId from conversations)',
      {},
      'conversationTransfers',
    ),
    write(
      `update conversationHeads set messageId =
         (select m.messageId from messages m where m.conversationId = conversationHeads.conversationId
          order by sentAt desc, messageId desc limit 1)
       where not exists (select 1 from messages m where m.messageId = conversationHeads.messageId)`,
      {},
      'conversationHeads',
    ),
  ],
})

const texts = {
  texts: 'messageBodies',
  authors: 'messageAuthors',
  conflicts: 'messageConflicts',
  id: 'messageId',
  text: 'parts',
}
const writeTexts = textWriter(texts)

interface EditedParts {
  readonly editId: string
  readonly messageId: string
  readonly parts: readonly MessagePart[]
  readonly basedOn?: string | undefined
  readonly settles?: string
  readonly at: Date
  readonly actorId: string
  readonly deviceId: string
}

const editParts = ({ editId, messageId, parts, basedOn, at, ...act }: EditedParts) => {
  const text = textOfParts(parts)
  const partsJson = JSON.stringify(partsToJson(parts))
  return [
    keepParts({ editId, messageId, parts: partsJson, editedAt: at.getTime() }),
    ...writeTexts({ ...act, id: messageId, textHash: textHashOf(text), basedOn, actId: editId, at }),
    writePreview({ messageId, preview: previewOf(text), at: at.getTime() }),
    writeParts({ messageId, parts: partsJson, searchText: searchTextOf(text) }),
  ]
}

const keepParts = writer(
  `insert or ignore into messageEdits (editId, messageId, previousParts, editedAt)
   select $editId, messageId, parts, $editedAt from messageBodies
   where messageId = $messageId and parts <> $parts`,
  'messageEdits',
)

const writePreview = writer(
  'update messages set preview = $preview, editedAt = $at where messageId = $messageId',
  'messages',
)

const writeParts = writer(
  'update messageBodies set parts = $parts, searchText = $searchText where messageId = $messageId',
  'messageBodies',
)
