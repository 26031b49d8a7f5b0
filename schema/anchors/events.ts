import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

/** As the server signed it. What it states is read where it is verified. */
const Checkpoint = Schema.Struct({ statement: Schema.String, publicKey: Schema.String, signature: Schema.String })

export const anchorEvents = {
  /** A device had verified a log up to event `seq`, where the server signed for it, and signed in its turn. */
  checkpointAnchored: Events.synced({
    name: 'v1.CheckpointAnchored',
    schema: Schema.Struct({
      /** Whose log it is; that of the workspace itself when there is none. */
      personaId: Schema.optional(Schema.String),
      seq: Schema.Finite,
      checkpoint: Checkpoint,
      devicePublicKey: Schema.String,
      deviceSignature: Schema.String,
      anchoredAt: Schema.Date,
      ...stamped,
    }),
  }),
}
