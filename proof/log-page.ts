import { Schema } from 'effect'
import { SignedText } from './signed-text.ts'

/** An entry as it is written in JSON: its fields as they stand, times in milliseconds since 1970. */
export const WrittenEntry = Schema.Struct({
  format: Schema.Int,
  storeId: Schema.String,
  epoch: Schema.NonNegativeInt,
  n: Schema.Int,
  parent: Schema.Int,
  name: Schema.String,
  args: Schema.String,
  device: Schema.String,
  session: Schema.String,
  actor: Schema.NullOr(Schema.String),
  acceptedAt: Schema.Int,
  foundAt: Schema.NullOr(Schema.Int),
  hash: Schema.String,
})

/** What the server gives of a log at once, in JSON. */
export const LogPage = Schema.Struct({
  start: Schema.Struct({ storeId: Schema.String, epoch: Schema.NonNegativeInt, logId: Schema.String }),
  /** The event that the page follows, and its hash as the server has it; null where the log ends before it. */
  after: Schema.Struct({ seq: Schema.NonNegativeInt, hash: Schema.NullOr(Schema.String) }),
  entries: Schema.Array(WrittenEntry),
  /** Whether the log goes on after the last of them. */
  more: Schema.Boolean,
  /** Those within the page, and the newest, which is of the last event of the log. */
  checkpoints: Schema.Array(SignedText),
})
export type LogPage = typeof LogPage.Type

/** A page has at most so much of JSON, or one entry. */
export const maxPageBytes = 1_000_000
