import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

/** What a file says of itself. Its bytes are in no log: they are sealed in parts, beside it. */
export const FileFacts = Schema.Struct({
  name: Schema.String,
  /** As the bytes have it, never as the name does. */
  mediaType: Schema.String,
  bytes: Schema.Finite,
  /** Of the plain bytes, in hexadecimal. */
  sha256: Schema.String,
  /** How many plain bytes a chunk has; the last one may have fewer. */
  chunkBytes: Schema.Finite,
  /** Pixels. */
  width: Schema.optional(Schema.Finite),
  height: Schema.optional(Schema.Finite),
  durationMs: Schema.optional(Schema.Finite),
  pages: Schema.optional(Schema.Finite),
  /** Of a text. */
  encoding: Schema.optional(Schema.String),
})
export type FileFacts = typeof FileFacts.Type

const ids = {
  attachmentId: Schema.String,
  personaId: Schema.String,
  /** Where it was said; what belongs to no conversation is the persona's. */
  conversationId: Schema.optional(Schema.String),
}
const batch = { personaId: Schema.String, attachmentIds: Schema.Array(Schema.String) }

export const attachmentEvents = {
  attachmentAdded: Events.synced({
    name: 'v1.AttachmentAdded',
    schema: Schema.Struct({ ...ids, ...FileFacts.fields, addedAt: Schema.Date, ...stamped }),
  }),
  /** With a conversation of another persona. `addedAt`: when it was added there. */
  attachmentReceived: Events.synced({
    name: 'v1.AttachmentReceived',
    schema: Schema.Struct({
      ...ids,
      ...FileFacts.fields,
      addedAt: Schema.Date,
      receivedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** All its chunks are with the server, sealed with this key. */
  attachmentUploaded: Events.synced({
    name: 'v1.AttachmentUploaded',
    schema: Schema.Struct({ ...ids, keyId: Schema.String, uploadedAt: Schema.Date, ...stamped }),
  }),
  /** A copy of it was given to the server for a public link. Sealed as the file is, so that the link goes with it. */
  attachmentLinkMade: Events.synced({
    name: 'v1.AttachmentLinkMade',
    schema: Schema.Struct({
      ...ids,
      linkId: Schema.String,
      token: Schema.String,
      linkKey: Schema.String,
      madeAt: Schema.Date,
      ...stamped,
    }),
  }),
  attachmentLinkEnded: Events.synced({
    name: 'v1.AttachmentLinkEnded',
    schema: Schema.Struct({ ...ids, linkId: Schema.String, endedAt: Schema.Date, ...stamped }),
  }),
  attachmentsDeleted: Events.synced({
    name: 'v1.AttachmentsDeleted',
    schema: Schema.Struct({ ...batch, batchId: Schema.String, deletedAt: Schema.Date, ...stamped }),
  }),
  attachmentsRestored: Events.synced({
    name: 'v1.AttachmentsRestored',
    schema: Schema.Struct({ ...batch, batchId: Schema.String, restoredAt: Schema.Date, ...stamped }),
  }),
  /** For good: the bytes go from every device and from the server; that there was a file stays. */
  attachmentsDiscarded: Events.synced({
    name: 'v1.AttachmentsDiscarded',
    schema: Schema.Struct({ ...batch, discardedAt: Schema.Date, ...stamped }),
  }),
  /** The server has no chunk of them any more. */
  attachmentBlobsRemoved: Events.synced({
    name: 'v1.AttachmentBlobsRemoved',
    schema: Schema.Struct({ ...batch, removedAt: Schema.Date, ...stamped }),
  }),
}
