import { queryDb, Schema } from '@livestore/livestore'
import { conditionsOf, type MemoryFilter, MemoryRow, type MemorySort, tablesOf } from './queries.ts'
import { tiers } from './tiers.ts'

export interface MemoryOrder {
  readonly sort: MemorySort
  readonly direction: 'asc' | 'desc'
}

/**
 * Every id a filter finds, in order, as the text of a JSON array: a hundred thousand ids are decoded by one
 * `JSON.parse`, and compared as one value. With it a list knows its length, any window of it, and where a memory stands,
 * at no further cost; an OFFSET of 90 000 costs 7 ms each time.
 */
export const memoryOrder$ = (filter: MemoryFilter, { sort, direction }: MemoryOrder) => {
  const { where, bindValues } = conditionsOf(filter)
  return queryDb(
    {
      query: `select json_group_array(memoryId) as ids from
                (select memoryId from memories where ${where} order by ${sort} ${direction}, memoryId ${direction})`,
      schema: Schema.Array(Schema.Struct({ ids: Schema.String })),
      bindValues,
      queriedTables: tablesOf(filter),
    },
    {
      label: 'memories.order',
      deps: [where, ...bindValues, sort, direction],
      map: (rows) => rows[0]?.ids ?? '[]',
    },
  )
}

/**
 * Costs nothing and wakes whenever what the filter reads was written: for who asks the dear question later.
 * LiveStore finds the tables in the SQL, so each is touched; and no answer equals another, or it would tell nobody.
 */
export const memoryChanges$ = (filter: MemoryFilter) => {
  const touches = [...tablesOf(filter)].map((table) => `exists (select 1 from ${table})`)
  const query = `select ${touches.join(' + ')} as touched`
  return queryDb(
    { query, schema: Schema.Array(Schema.Struct({ touched: Schema.Number })) },
    { label: 'memories.changes', deps: [query], map: () => Symbol('read') },
  )
}

const tagsAsJson = Schema.parseJson(Schema.Array(Schema.String))

const ListedMemory = Schema.Struct({
  ...MemoryRow.fields,
  tags: tagsAsJson,
  tier: Schema.Literal(...tiers),
  isPinned: Schema.BooleanFromUnknown,
  validUntil: Schema.NullOr(Schema.DateFromNumber),
})
export type ListedMemory = typeof ListedMemory.Type

/** What a list shows of a window of ids, in no order. At most 200. */
export const listedMemories$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds.slice(0, 200))
  return queryDb(
    {
      query: `select memoryId, preview, kind, importance, occurredAt, addedAt, forgottenAt,
                (select json_group_array(tag) from memoryTags t where t.memoryId = m.memoryId) as tags,
                coalesce((select tier from memoryTiers t where t.memoryId = m.memoryId), 'hot') as tier,
                exists (select 1 from memoryPins p where p.memoryId = m.memoryId) as isPinned,
                (select validUntil from memoryValidities v where v.memoryId = m.memoryId) as validUntil
              from memories m where memoryId in (select value from json_each(?))`,
      schema: Schema.Array(ListedMemory),
      bindValues: [ids],
      queriedTables: new Set(['memories', 'memoryTags', 'memoryTiers', 'memoryPins', 'memoryValidities']),
    },
    { label: 'memories.listed', deps: [ids] },
  )
}

/** How many are remembered, how many forgotten. Counting all rows and the few forgotten ones reads few pages. */
export const memoryTotals$ = queryDb(
  {
    query: `select (select count(*) from memories) as everything,
              (select count(*) from memories where forgottenAt is not null) as forgotten`,
    schema: Schema.Array(Schema.Struct({ everything: Schema.Number, forgotten: Schema.Number })),
    queriedTables: new Set(['memories']),
  },
  {
    label: 'memories.totals',
    map: ([row = { everything: 0, forgotten: 0 }]) => ({
      remembered: row.everything - row.forgotten,
      forgotten: row.forgotten,
    }),
  },
)

/** Of these memories, the ones that carry a tag: what undoing an act over many must leave as it was. */
export const taggedAmong$ = (memoryIds: readonly string[], tag: string) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: 'select memoryId from memoryTags where tag = ?1 and memoryId in (select value from json_each(?2))',
      schema: Schema.Array(Schema.Struct({ memoryId: Schema.String })),
      bindValues: [tag, ids],
      queriedTables: new Set(['memoryTags']),
    },
    { label: 'memories.taggedAmong', deps: [tag, ids], map: (rows) => rows.map(({ memoryId }) => memoryId) },
  )
}

/** Of these memories, those that are here, and since when they are forgotten. */
export const forgottenAmong$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: 'select memoryId, forgottenAt from memories where memoryId in (select value from json_each(?))',
      schema: Schema.Array(
        Schema.Struct({ memoryId: Schema.String, forgottenAt: Schema.NullOr(Schema.DateFromNumber) }),
      ),
      bindValues: [ids],
      queriedTables: new Set(['memories']),
    },
    { label: 'memories.forgottenAmong', deps: [ids] },
  )
}

/** The tags these memories carry, the most frequent first. */
export const tagsAmong$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: `select tag as value, count(*) as count from memoryTags
              where memoryId in (select value from json_each(?)) group by tag order by count desc, tag limit 200`,
      schema: Schema.Array(Schema.Struct({ value: Schema.String, count: Schema.Number })),
      bindValues: [ids],
      queriedTables: new Set(['memoryTags']),
    },
    { label: 'memories.tagsAmong', deps: [ids] },
  )
}
