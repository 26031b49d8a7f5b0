import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

/** Where the bytes of a snapshot are, beside the log, and what they must be. */
const SnapshotFile = Schema.Struct({
  /** By which they are sealed. */
  keyId: Schema.String,
  /** Of all of them, in hexadecimal. */
  sha256: Schema.String,
  bytes: Schema.Finite,
  chunkBytes: Schema.Finite,
})

export const snapshotEvents = {
  /** A device read a persona’s log, verified it up to event `seq`, and keeps what came of it beside the log for the next. */
  snapshotMade: Events.synced({
    name: 'v1.SnapshotMade',
    schema: Schema.Struct({
      personaId: Schema.String,
      seq: Schema.Finite,
      /** The first epoch that the log was in. */
      firstEpoch: Schema.Finite,
      /** What the server had signed for event `seq`. */
      checkpoint: Schema.Struct({ statement: Schema.String, publicKey: Schema.String, signature: Schema.String }),
      /** For which LiveStore and which tables the two databases in it are. */
      form: Schema.String,
      /** How many bytes of what is in it are the log’s; the others are the state’s. */
      eventlogBytes: Schema.Finite,
      /** How many rows of the table of keys it takes to open it. */
      keyRows: Schema.Finite,
      file: SnapshotFile,
      madeAt: Schema.Date,
      ...stamped,
    }),
  }),
}

export type SnapshotFacts = Omit<
  typeof snapshotEvents.snapshotMade.schema.Type,
  'personaId' | 'madeAt' | keyof typeof stamped
>
