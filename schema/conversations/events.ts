import { Events, Schema } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { stamped } from '#schema/shared/stamp.ts'
import { MessagePart } from './parts.ts'

/**
 * temperature 0–2, maxTokens 1–32 000, topP 0–1, penalties −2–2. `model`: empty for the persona's order, `built-in`, or
 * `<accountId>/<model>`; what an import brought may be a model's bare name.
 */
export const ConversationSettings = Schema.Struct({
  model: Schema.String,
  systemPrompt: Schema.String,
  temperature: Schema.Finite,
  maxTokens: Schema.Finite,
  topP: Schema.Finite,
  frequencyPenalty: Schema.Finite,
  presencePenalty: Schema.Finite,
})
export type ConversationSettings = typeof ConversationSettings.Type

export const Role = Schema.Literal('user', 'assistant', 'system')
export type Role = typeof Role.Type

/** How an answer came about. Tokens are counts, `processingTime` is milliseconds. */
export const Answer = Schema.Struct({
  model: Schema.String,
  promptTokens: Schema.optional(Schema.Finite),
  completionTokens: Schema.optional(Schema.Finite),
  processingTime: Schema.optional(Schema.Finite),
  temperature: Schema.optional(Schema.Finite),
  error: Schema.optional(Schema.Struct({ code: Schema.String, message: Schema.String, timestamp: Schema.Date })),
  recalledMemoryIds: Schema.Array(Schema.String),
  recalledMessageIds: Schema.Array(Schema.String),
})
export type Answer = typeof Answer.Type

export const ImportedConversation = Schema.Struct({
  conversationId: Schema.String,
  title: Schema.String,
  settings: ConversationSettings,
  tags: Schema.Array(Schema.String),
  startedAt: Schema.Date,
  archivedAt: Schema.NullOr(Schema.Date),
  favourite: Schema.Boolean,
  /** The end of the branch that was open at the source. */
  currentMessageId: Schema.NullOr(Schema.String),
  origin: Schema.optional(Origin),
})
export type ImportedConversation = typeof ImportedConversation.Type

export const ImportedMessage = Schema.Struct({
  messageId: Schema.String,
  conversationId: Schema.String,
  parentMessageId: Schema.NullOr(Schema.String),
  role: Role,
  parts: Schema.Array(MessagePart),
  sentAt: Schema.Date,
  answer: Schema.optional(Answer),
  sourceId: Schema.optional(Schema.String),
})
export type ImportedMessage = typeof ImportedMessage.Type

const ids = { conversationId: Schema.String, personaId: Schema.String }
const messageIds = { messageId: Schema.String, ...ids }
/** The hash of the text its author had seen; events of older versions do not say. */
const basedOn = Schema.optional(Schema.String)
/** What acts on many at once shares a batch, and is undone as one. */
const conversationBatch = {
  personaId: Schema.String,
  conversationIds: Schema.Array(Schema.String),
  batchId: Schema.String,
}
const messageBatch = { ...ids, messageIds: Schema.Array(Schema.String), batchId: Schema.String }

export const conversationEvents = {
  conversationStarted: Events.synced({
    name: 'v1.ConversationStarted',
    schema: Schema.Struct({
      ...ids,
      title: Schema.String,
      settings: ConversationSettings,
      tags: Schema.Array(Schema.String),
      startedAt: Schema.Date,
      ...stamped,
    }),
  }),
  conversationRenamed: Events.synced({
    name: 'v1.ConversationRenamed',
    schema: Schema.Struct({ ...ids, title: Schema.String, renamedAt: Schema.Date, ...stamped }),
  }),
  conversationTuned: Events.synced({
    name: 'v1.ConversationTuned',
    schema: Schema.Struct({ ...ids, settings: ConversationSettings, tunedAt: Schema.Date, ...stamped }),
  }),
  conversationTagged: Events.synced({
    name: 'v1.ConversationTagged',
    schema: Schema.Struct({ ...ids, tags: Schema.Array(Schema.String), taggedAt: Schema.Date, ...stamped }),
  }),
  conversationFavoured: Events.synced({
    name: 'v1.ConversationFavoured',
    schema: Schema.Struct({ ...ids, favouredAt: Schema.Date, ...stamped }),
  }),
  conversationUnfavoured: Events.synced({
    name: 'v1.ConversationUnfavoured',
    schema: Schema.Struct({ ...ids, unfavouredAt: Schema.Date, ...stamped }),
  }),
  conversationsArchived: Events.synced({
    name: 'v1.ConversationsArchived',
    schema: Schema.Struct({ ...conversationBatch, archivedAt: Schema.Date, ...stamped }),
  }),
  conversationsUnarchived: Events.synced({
    name: 'v1.ConversationsUnarchived',
    schema: Schema.Struct({ ...conversationBatch, unarchivedAt: Schema.Date, ...stamped }),
  }),
  conversationsDeleted: Events.synced({
    name: 'v1.ConversationsDeleted',
    schema: Schema.Struct({ ...conversationBatch, deletedAt: Schema.Date, ...stamped }),
  }),
  conversationsRestored: Events.synced({
    name: 'v1.ConversationsRestored',
    schema: Schema.Struct({ ...conversationBatch, restoredAt: Schema.Date, ...stamped }),
  }),
  conversationsErased: Events.synced({
    name: 'v1.ConversationsErased',
    schema: Schema.Struct({
      personaId: Schema.String,
      conversationIds: Schema.Array(Schema.String),
      erasureId: Schema.String,
      erasedAt: Schema.Date,
      ...stamped,
    }),
  }),
  messageSent: Events.synced({
    name: 'v1.MessageSent',
    schema: Schema.Struct({
      ...messageIds,
      parentMessageId: Schema.NullOr(Schema.String),
      role: Role,
      parts: Schema.Array(MessagePart),
      answer: Schema.optional(Answer),
      sentAt: Schema.Date,
      ...stamped,
    }),
  }),
  messageEdited: Events.synced({
    name: 'v1.MessageEdited',
    schema: Schema.Struct({
      editId: Schema.String,
      ...messageIds,
      parts: Schema.Array(MessagePart),
      basedOn,
      editedAt: Schema.Date,
      ...stamped,
    }),
  }),
  messageConflictSettled: Events.synced({
    name: 'v1.MessageConflictSettled',
    schema: Schema.Struct({
      conflictId: Schema.String,
      editId: Schema.String,
      ...messageIds,
      parts: Schema.Array(MessagePart),
      basedOn,
      settledAt: Schema.Date,
      ...stamped,
    }),
  }),
  messageConflictReopened: Events.synced({
    name: 'v1.MessageConflictReopened',
    schema: Schema.Struct({ conflictId: Schema.String, ...messageIds, reopenedAt: Schema.Date, ...stamped }),
  }),
  messagesDeleted: Events.synced({
    name: 'v1.MessagesDeleted',
    schema: Schema.Struct({ ...messageBatch, deletedAt: Schema.Date, ...stamped }),
  }),
  messagesRestored: Events.synced({
    name: 'v1.MessagesRestored',
    schema: Schema.Struct({ ...messageBatch, restoredAt: Schema.Date, ...stamped }),
  }),
  branchChosen: Events.synced({
    name: 'v1.BranchChosen',
    schema: Schema.Struct({ ...messageIds, chosenAt: Schema.Date, ...stamped }),
  }),
  conversationsImported: Events.synced({
    name: 'v1.ConversationsImported',
    schema: Schema.Struct({
      personaId: Schema.String,
      importId: Schema.String,
      conversations: Schema.Array(ImportedConversation),
      importedAt: Schema.Date,
      ...stamped,
    }),
  }),
  messagesImported: Events.synced({
    name: 'v1.MessagesImported',
    schema: Schema.Struct({
      personaId: Schema.String,
      importId: Schema.String,
      messages: Schema.Array(ImportedMessage),
      importedAt: Schema.Date,
      ...stamped,
    }),
  }),
  conversationsImportWithdrawn: Events.synced({
    name: 'v1.ConversationsImportWithdrawn',
    schema: Schema.Struct({
      personaId: Schema.String,
      importId: Schema.String,
      withdrawnAt: Schema.Date,
      ...stamped,
    }),
  }),
}
