import { Schema } from '@livestore/livestore'
import type { Select } from './recall-scan.ts'

/** The id that each had in the file it was imported from; what was not imported is missing. */
export const sourceIds = (found: readonly { readonly id: string }[], select: Select): ReadonlyMap<string, string> =>
  new Map(decodeSources(select(query, [JSON.stringify(found.map(({ id }) => id))])).map((it) => [it.id, it.sourceId]))

const query = `
  select messageId as id, sourceId from messageBodies
  where messageId in (select value from json_each(?1)) and sourceId is not null
  union all
  select memoryId, origin ->> '$.sourceId' from memoryBodies
  where memoryId in (select value from json_each(?1)) and origin ->> '$.sourceId' is not null`

const decodeSources = Schema.decodeUnknownSync(
  Schema.Array(Schema.Struct({ id: Schema.String, sourceId: Schema.String })),
)
