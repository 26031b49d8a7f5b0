import { queryDb, Schema } from '@livestore/livestore'
import { ImportedMemory } from '#schema/memories/events.ts'
import { Origin } from '#schema/shared/origin.ts'

const MemoryRow = Schema.Struct({
  ...ImportedMemory.fields,
  tags: Schema.parseJson(Schema.Array(Schema.String)),
  sourceEventIds: Schema.parseJson(Schema.Array(Schema.String)),
  occurredAt: Schema.DateFromNumber,
  origin: Schema.NullOr(Schema.parseJson(Origin)),
})

/** Every memory that is not forgotten, whole: for a copy or a file, never for a list. */
export const wholeMemories$ = queryDb(
  {
    query: `select m.memoryId, b.content, m.importance, m.kind, b.sourceEventIds, m.occurredAt, b.origin,
              (select json_group_array(tag) from memoryTags t where t.memoryId = m.memoryId) as tags
            from memories m join memoryBodies b on b.memoryId = m.memoryId
            where m.forgottenAt is null order by m.occurredAt, m.memoryId`,
    schema: Schema.Array(MemoryRow),
    queriedTables: new Set(['memories', 'memoryBodies', 'memoryTags']),
  },
  {
    label: 'stores.wholeMemories',
    map: (rows) =>
      rows.map(({ origin, ...memory }): ImportedMemory => ({ ...memory, ...(origin === null ? {} : { origin }) })),
  },
)
