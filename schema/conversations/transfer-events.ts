import { Events, Schema } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { stamped } from '#schema/shared/stamp.ts'
import { ImportedConversation, ImportedMessage } from './events.ts'

const received = { personaId: Schema.String, batchId: Schema.String }

/** A conversation goes to another persona: see `transfers.ts`. */
export const conversationTransferEvents = {
  /** In the log it leaves. Whoever transfers tells the other log first. */
  conversationsTransferred: Events.synced({
    name: 'v1.ConversationsTransferred',
    schema: Schema.Struct({
      personaId: Schema.String,
      conversationIds: Schema.Array(Schema.String),
      batchId: Schema.String,
      toPersonaId: Schema.String,
      transferredAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** In the log it comes to: new ids that follow from the old ones and the batch, so that a repetition adds nothing. */
  conversationsReceived: Events.synced({
    name: 'v1.ConversationsReceived',
    schema: Schema.Struct({
      ...received,
      fromPersonaId: Schema.String,
      conversations: Schema.Array(Schema.Struct({ ...ImportedConversation.fields, origin: Origin })),
      receivedAt: Schema.Date,
      ...stamped,
    }),
  }),
  messagesReceived: Events.synced({
    name: 'v1.MessagesReceived',
    schema: Schema.Struct({
      ...received,
      messages: Schema.Array(Schema.Struct({ ...ImportedMessage.fields, deletedAt: Schema.optional(Schema.Date) })),
      receivedAt: Schema.Date,
      ...stamped,
    }),
  }),
}
