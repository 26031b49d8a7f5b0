import { queryDb, Schema } from '@livestore/livestore'
import { searchTextOf } from '#schema/shared/text.ts'
import { memoryTables } from './state.ts'
import type { Tier } from './tiers.ts'

/** What narrows a list of memories. Absent means all; times are inclusive at `from`, exclusive at `to`. */
export interface MemoryFilter {
  readonly text?: string
  readonly kind?: string
  readonly tag?: string
  readonly tier?: Tier
  readonly importanceFrom?: number
  readonly importanceTo?: number
  readonly from?: Date
  readonly to?: Date
  /** When it was learnt; `from` and `to` are when it was true. */
  readonly addedFrom?: Date
  readonly addedTo?: Date
  /** Show the recycle bin instead. */
  readonly forgotten?: boolean
}

export type MemorySort = 'importance' | 'occurredAt' | 'addedAt'

export interface MemoryPage {
  readonly sort: MemorySort
  readonly direction: 'asc' | 'desc'
  readonly offset: number
  /** At most 200. */
  readonly limit: number
}

export const MemoryRow = Schema.Struct({
  memoryId: Schema.String,
  preview: Schema.String,
  kind: Schema.String,
  importance: Schema.Number,
  occurredAt: Schema.DateFromNumber,
  addedAt: Schema.DateFromNumber,
  forgottenAt: Schema.NullOr(Schema.DateFromNumber),
})
export type MemoryRow = typeof MemoryRow.Type

/** One window of the list; an index answers it without sorting. */
export const memoryPage$ = (filter: MemoryFilter, page: MemoryPage) => {
  const { where, bindValues } = conditionsOf(filter)
  const limit = Math.min(page.limit, 200)
  return queryDb(
    {
      query: `select memoryId, preview, kind, importance, occurredAt, addedAt, forgottenAt from memories where ${where}
              order by ${page.sort} ${page.direction}, memoryId ${page.direction} limit ${limit} offset ${page.offset}`,
      schema: Schema.Array(MemoryRow),
      bindValues,
      queriedTables: tablesOf(filter),
    },
    { label: 'memories.page', deps: [where, ...bindValues, page.sort, page.direction, limit, page.offset] },
  )
}

export const memoryCount$ = (filter: MemoryFilter) => {
  const { where, bindValues } = conditionsOf(filter)
  return queryDb(
    {
      query: `select count(*) as count from memories where ${where}`,
      schema: Schema.Array(Schema.Struct({ count: Schema.Number })),
      bindValues,
      queriedTables: tablesOf(filter),
    },
    { label: 'memories.count', deps: [where, ...bindValues], map: (rows) => rows[0]?.count ?? 0 },
  )
}

/** Every id a filter finds, for an act over all of them. At most `limit`. */
export const memoryIds$ = (filter: MemoryFilter, limit: number) => {
  const { where, bindValues } = conditionsOf(filter)
  return queryDb(
    {
      query: `select memoryId from memories where ${where} order by memoryId limit ${limit}`,
      schema: Schema.Array(Schema.Struct({ memoryId: Schema.String })),
      bindValues,
      queriedTables: tablesOf(filter),
    },
    {
      label: 'memories.ids',
      deps: [where, ...bindValues, limit],
      map: (rows) => rows.map(({ memoryId }) => memoryId),
    },
  )
}

/** One memory without its text; null if it is not here. */
export const memoryById$ = (memoryId: string) =>
  queryDb(memoryTables.memories.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.byId',
    deps: [memoryId],
  })

export const memoryBody$ = (memoryId: string) =>
  queryDb(memoryTables.memoryBodies.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.body',
    deps: [memoryId],
  })

export const tagsOfMemory$ = (memoryId: string) =>
  queryDb(memoryTables.memoryTags.select('tag').where({ memoryId }).orderBy('tag', 'asc').limit(200), {
    label: 'memories.tagsOf',
    deps: [memoryId],
  })

export const reinforcementsOf$ = (memoryId: string) =>
  queryDb(memoryTables.memoryReinforcements.where({ memoryId }).orderBy('reinforcedAt', 'desc').limit(100), {
    label: 'memories.reinforcementsOf',
    deps: [memoryId],
  })

const LinkRow = Schema.Struct({
  linkId: Schema.String,
  memoryId: Schema.String,
  preview: Schema.String,
  relation: Schema.String,
  fromMemoryId: Schema.String,
})
export type MemoryLink = typeof LinkRow.Type

/** Memories linked to one, whichever way the link points. Forgotten ones are left out, but for what it was split from. */
export const linksOf$ = (memoryId: string) =>
  queryDb(
    {
      query: `select linkId, m.memoryId, m.preview, relation, fromMemoryId from memoryLinks
              join memories m on m.memoryId = case when fromMemoryId = ?1 then toMemoryId else fromMemoryId end
              where (fromMemoryId = ?1 or toMemoryId = ?1)
                and (m.forgottenAt is null or (fromMemoryId = ?1 and relation = 'split from')) order by linkedAt, linkId limit 100`,
      schema: Schema.Array(LinkRow),
      bindValues: [memoryId],
      queriedTables: new Set(['memoryLinks', 'memories']),
    },
    { label: 'memories.linksOf', deps: [memoryId] },
  )

/** Who wrote the text that stands; null as long as nobody revised it. */
export const memoryAuthor$ = (memoryId: string) =>
  queryDb(memoryTables.memoryAuthors.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.author',
    deps: [memoryId],
  })

/** Texts that stand beside that of a memory until a person chooses, oldest first. */
export const conflictsOfMemory$ = (memoryId: string) =>
  queryDb(memoryTables.memoryConflicts.where({ memoryId, settledAt: null }).orderBy('openedAt', 'asc').limit(20), {
    label: 'memories.conflictsOf',
    deps: [memoryId],
  })

export const memoryConflict$ = (conflictId: string) =>
  queryDb(memoryTables.memoryConflicts.where({ conflictId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'memories.conflict',
    deps: [conflictId],
  })

/** Memories of which more than one text stands, the longest waiting first; none that is forgotten. At most 200. */
export const conflictingMemories$ = queryDb(
  {
    query: `select c.memoryId from memoryConflicts c join memories m on m.memoryId = c.memoryId
            where c.settledAt is null and m.forgottenAt is null group by c.memoryId
            order by min(c.openedAt), c.memoryId limit 200`,
    schema: Schema.Array(Schema.Struct({ memoryId: Schema.String })),
    queriedTables: new Set(['memoryConflicts', 'memories']),
  },
  { label: 'memories.conflicting', map: (rows) => rows.map(({ memoryId }) => memoryId) },
)

const Facet = Schema.Struct({ value: Schema.String, count: Schema.Number })

export const memoryKinds$ = queryDb(
  {
    // The plus keeps SQLite on the index by kind, which alone answers: 8 ms for 100 000, not 80.
    query: `select kind as value, count(*) as count from memories where +forgottenAt is null
            group by kind order by count desc, value limit 50`,
    schema: Schema.Array(Facet),
    queriedTables: new Set(['memories']),
  },
  { label: 'memories.kinds' },
)

export const memoryTagCounts$ = queryDb(
  {
    // All, less the forgotten, which are few: no look-up for every tag of every memory.
    query: `with gone as (
              select tag, count(*) as count from memories m cross join memoryTags t on t.memoryId = m.memoryId
              where m.forgottenAt is not null group by tag
            ), tagged as (select tag, count(*) as count from memoryTags group by tag)
            select tagged.tag as value, tagged.count - coalesce(gone.count, 0) as count
            from tagged left join gone on gone.tag = tagged.tag
            where tagged.count > coalesce(gone.count, 0) order by count desc, value limit 200`,
    schema: Schema.Array(Facet),
    queriedTables: new Set(['memories', 'memoryTags']),
  },
  { label: 'memories.tagCounts' },
)

/** What a filter means in SQL. */
export const conditionsOf = (filter: MemoryFilter) => {
  const conditions: readonly (readonly [sql: string, value: string | number | undefined])[] = [
    // One pass over the texts; a look-up of the text of every memory takes twice as long.
    ['memoryId in (select memoryId from memoryBodies where instr(searchText, ?) > 0)', textOf(filter)],
    ['kind = ?', filter.kind],
    ['memoryId in (select memoryId from memoryTags where tag = ?)', filter.tag],
    ['importance >= ?', filter.importanceFrom],
    ['importance <= ?', filter.importanceTo],
    ['occurredAt >= ?', filter.from?.getTime()],
    ['occurredAt < ?', filter.to?.getTime()],
    ['addedAt >= ?', filter.addedFrom?.getTime()],
    ['addedAt < ?', filter.addedTo?.getTime()],
  ]
  // Hot is what no pass said otherwise of, and what is pinned.
  const ofTier =
    filter.tier === undefined
      ? []
      : filter.tier === 'hot'
        ? [`memoryId not in (select memoryId from memoryTiers where tier <> 'hot' and ${unpinned})`]
        : [`memoryId in (select memoryId from memoryTiers where tier = '${filter.tier}' and ${unpinned})`]
  const used = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  return {
    where: [`forgottenAt is ${filter.forgotten ? 'not null' : 'null'}`, ...ofTier, ...used.map(({ sql }) => sql)].join(
      ' and ',
    ),
    bindValues: used.map(({ value }) => value),
  }
}

const unpinned = 'memoryId not in (select memoryId from memoryPins)'

const textOf = ({ text }: MemoryFilter) => {
  const wanted = searchTextOf(text?.trim() ?? '')
  return wanted === '' ? undefined : wanted
}

export const tablesOf = (filter: MemoryFilter) =>
  new Set([
    'memories',
    ...(filter.tag === undefined ? [] : ['memoryTags']),
    ...(filter.tier === undefined ? [] : ['memoryTiers', 'memoryPins']),
    ...(textOf(filter) === undefined ? [] : ['memoryBodies']),
  ])

/** The texts of memories that hold a part of a word, forgotten ones too. */
export const memoryTextsWith$ = (part: string) =>
  queryDb(
    {
      query: 'select content from memoryBodies where instr(searchText, ?) > 0 limit 500',
      schema: Schema.Array(Schema.Struct({ content: Schema.String })),
      bindValues: [searchTextOf(part)],
      queriedTables: new Set(['memoryBodies']),
    },
    { label: 'memories.textsWith', deps: [part], map: (rows) => rows.map(({ content }) => content) },
  )
