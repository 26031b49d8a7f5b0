import { Schema } from '@livestore/livestore'

/** Where an imported thing came from: enough to recognise it again, and to give back what we do not understand. */
export const Origin = Schema.Struct({
  format: Schema.String,
  sourceId: Schema.String,
  /** What the source said beyond our fields, as JSON. */
  rest: Schema.optional(Schema.String),
})
export type Origin = typeof Origin.Type
