import { type LiveStoreSchema, Schema } from '@livestore/livestore'
import type { LogEvent } from '#schema/stores/replay.ts'
import type { Fact } from './stores.ts'

/** Facts as they stand in a log: numbered from 1, their arguments encoded. What the schema does not know stays as it is. */
export const logOf = (schema: LiveStoreSchema, facts: readonly Fact[]): readonly LogEvent[] =>
  facts.map(({ name, args }, index) => ({ seqNum: index + 1, name, args: encode(schema, name, args) }))

const encode = (schema: LiveStoreSchema, name: string, args: unknown): unknown => {
  const definition = schema.eventsDefsMap.get(name)
  if (definition === undefined) return args
  return JSON.parse(JSON.stringify(Schema.encodeUnknownSync(definition.schema)(args)))
}
