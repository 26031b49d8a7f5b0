import { queryDb, Schema } from '@livestore/livestore'
import { lifeTables } from './life-state.ts'
import { type MemoryPolicy, usualPolicy } from './policy.ts'

export const memoryPolicy$ = queryDb(lifeTables.memoryPolicies.first({ behaviour: 'fallback', fallback: () => null }), {
  label: 'memories.policy',
  map: (row): MemoryPolicy => {
    if (row === null) return usualPolicy
    const { personaId: _, ...policy } = row
    return policy
  },
})

/** What the last pass said of a memory; null if none did. */
export const memoryTier$ = (memoryId: string) =>
  queryDb(lifeTables.memoryTiers.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.tier',
    deps: [memoryId],
  })

/** Of these memories, what the last passes said: what taking a pass back must leave as it was. */
export const tiersAmong$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: 'select * from memoryTiers where memoryId in (select value from json_each(?))',
      schema: Schema.Array(lifeTables.memoryTiers.rowSchema),
      bindValues: [ids],
      queriedTables: new Set(['memoryTiers']),
    },
    { label: 'memories.tiersAmong', deps: [ids] },
  )
}

export const isPinned$ = (memoryId: string) =>
  queryDb(lifeTables.memoryPins.where({ memoryId }).limit(1), {
    label: 'memories.isPinned',
    deps: [memoryId],
    map: (rows) => rows.length > 0,
  })

/** Of these memories, the pinned ones. */
export const pinnedAmong$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: 'select memoryId from memoryPins where memoryId in (select value from json_each(?))',
      bindValues: [ids],
      schema: Schema.Array(Schema.Struct({ memoryId: Schema.String })),
      queriedTables: new Set(['memoryPins']),
    },
    { label: 'memories.pinnedAmong', deps: [ids], map: (rows) => rows.map(({ memoryId }) => memoryId) },
  )
}

const TransferredMemory = Schema.Struct({
  memoryId: Schema.String,
  content: Schema.String,
  importance: Schema.Number,
  kind: Schema.String,
  tags: Schema.parseJson(Schema.Array(Schema.String)),
  sourceEventIds: Schema.parseJson(Schema.Array(Schema.String)),
  occurredAt: Schema.DateFromNumber,
  addedAt: Schema.DateFromNumber,
})

/** All that another persona is given of these memories; none that is forgotten. */
export const memoriesToTransfer$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: `select m.memoryId, b.content, m.importance, m.kind, b.sourceEventIds, m.occurredAt, m.addedAt,
                (select json_group_array(tag) from memoryTags t where t.memoryId = m.memoryId) as tags
              from memories m join memoryBodies b on b.memoryId = m.memoryId
              where m.forgottenAt is null and m.memoryId in (select value from json_each(?)) order by m.memoryId`,
      schema: Schema.Array(TransferredMemory),
      bindValues: [ids],
      queriedTables: new Set(['memories', 'memoryBodies', 'memoryTags']),
    },
    { label: 'memories.toTransfer', deps: [ids] },
  )
}

/** Where a memory went that left for another persona; null if it did not. */
export const transferOf$ = (memoryId: string) =>
  queryDb(lifeTables.memoryTransfers.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.transferOf',
    deps: [memoryId],
  })

/** Null: it still is true. */
export const validUntil$ = (memoryId: string) =>
  queryDb(lifeTables.memoryValidities.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.validUntil',
    deps: [memoryId],
    map: (row) => row?.validUntil ?? null,
  })

/** How many remembered memories each tier has. */
export const tierCounts$ = queryDb(
  {
    query: `select case when p.memoryId is not null then 'hot' else coalesce(t.tier, 'hot') end as value,
              count(*) as count
            from memories m left join memoryTiers t on t.memoryId = m.memoryId
            left join memoryPins p on p.memoryId = m.memoryId
            where m.forgottenAt is null group by value
            order by case value when 'hot' then 0 when 'warm' then 1 else 2 end`,
    schema: Schema.Array(Schema.Struct({ value: Schema.String, count: Schema.Number })),
    queriedTables: new Set(['memories', 'memoryTiers', 'memoryPins']),
  },
  { label: 'memories.tierCounts' },
)
