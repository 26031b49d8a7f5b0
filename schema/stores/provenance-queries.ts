import { queryDb, Schema } from '@livestore/livestore'
import { conditionsOf, type MemoryFilter } from '#schema/memories/queries.ts'

/** What memories were learnt from: a conversation, a file that was brought in, or nothing but a person’s hand (`id` is ''). */
export const SourceKind = Schema.Literal('conversation', 'import', 'hand')
export type SourceKind = typeof SourceKind.Type

export interface SourceKey {
  readonly kind: SourceKind
  readonly id: string
}

const count = Schema.Number
const text = Schema.String

/** The most of each that is named; all beyond is only counted. */
export const mostNamed = 50

const Provenance = Schema.Struct({
  /** `of`: how many memories of the filter, `chosen`: how many of the chosen source’s. */
  sources: Schema.Array(
    Schema.Struct({ kind: SourceKind, id: text, title: Schema.NullOr(text), of: count, chosen: count }),
  ),
  memories: Schema.Array(Schema.Struct({ memoryId: text, preview: text, kind: text, uses: count })),
  answers: Schema.Array(
    Schema.Struct({
      messageId: text,
      conversationId: text,
      preview: text,
      sentAt: Schema.DateFromNumber,
      memories: count,
    }),
  ),
  /** Of the memories that are named. */
  comes: Schema.Array(Schema.Struct({ memoryId: text, kind: SourceKind, id: text })),
  goes: Schema.Array(Schema.Struct({ memoryId: text, messageId: text })),
  totals: Schema.Struct({ sources: count, comes: count, memories: count, used: count, answers: count, goes: count }),
})
export type Provenance = typeof Provenance.Type

/**
 * Where all the memories a filter finds were learnt, and which answers were given them, as JSON: counted whole, and named
 * as far as `mostNamed`. A memory of several conversations counts for each. `chosen`: only what was learnt there.
 */
export const provenance$ = (filter: MemoryFilter, chosen: SourceKey | undefined) => {
  const { where, bindValues } = conditionsOf(filter)
  const { kind = '', id = '' } = chosen ?? {}
  const values = [...bindValues, kind, kind, id, kind, id]
  return queryDb(
    {
      query: provenanceSql(where),
      schema: Schema.Array(Schema.Struct({ provenance: Schema.String })),
      bindValues: values,
      queriedTables: provenanceTables,
    },
    { label: 'stores.provenance', deps: [where, ...values], map: (rows) => rows[0]?.provenance ?? '' },
  )
}

/** Reads what `provenance$` answers. */
export const provenanceOf = Schema.decodeSync(Schema.parseJson(Provenance))

const provenanceTables = new Set([
  'memories',
  'memoryBodies',
  'memoryTags',
  'messages',
  'messageRecalls',
  'conversations',
])

/** Costs nothing and wakes whenever what `provenance$` reads was written; no answer equals another. */
export const provenanceChanges$ = queryDb(
  {
    query: `select ${[...provenanceTables].map((table) => `exists (select 1 from ${table})`).join(' + ')} as touched`,
    schema: Schema.Array(Schema.Struct({ touched: Schema.Number })),
  },
  { label: 'stores.provenanceChanges', map: () => Symbol('read') },
)

/** Each step is made once: none looks anything up for every row of another that has no index. */
const provenanceSql = (where: string) => `
  with found as materialized (select memoryId, importId, occurredAt, preview, kind from memories where ${where}),
  learnt as materialized (
    select distinct f.memoryId, m.conversationId as id
    from found f join memoryBodies b on b.memoryId = f.memoryId
    join json_each(b.sourceEventIds) s join messages m on m.messageId = s.value
    where b.sourceEventIds <> '[]' and m.deletedAt is null
  ),
  origins as materialized (
    select memoryId, 'conversation' as kind, id from learnt
    union all
    select memoryId, case when importId is null then 'hand' else 'import' end, coalesce(importId, '')
    from found where memoryId not in (select memoryId from learnt)
  ),
  chosen as materialized (
    select * from found where ? = '' or memoryId in (select memoryId from origins where kind = ? and id = ?)
  ),
  given as materialized (
    select r.memoryId, r.messageId from chosen c cross join messageRecalls r on r.memoryId = c.memoryId
    join messages m on m.messageId = r.messageId where m.deletedAt is null
  ),
  sources as materialized (
    select kind, id, count(*) as "of", sum(memoryId in (select memoryId from chosen)) as chosen
    from origins group by kind, id
  ),
  topMemories as materialized (
    select c.memoryId, c.preview, c.kind, coalesce(g.uses, 0) as uses from chosen c
    left join (select memoryId, count(*) as uses from given group by memoryId) g on g.memoryId = c.memoryId
    order by uses desc, occurredAt desc, c.memoryId limit ${mostNamed}
  ),
  topAnswers as materialized (
    select g.messageId, m.conversationId, m.preview, m.sentAt, g.memories from
      (select messageId, count(*) as memories from given group by messageId) g
      join messages m on m.messageId = g.messageId order by g.memories desc, m.sentAt desc, g.messageId limit ${mostNamed}
  )
  select json_object(
    'sources', (
      select json_group_array(json_object('kind', kind, 'id', s.id, 'title', title, 'of', "of", 'chosen', chosen)) from (
        select s.kind, s.id, c.title, s."of", s.chosen from sources s
        left join conversations c on s.kind = 'conversation' and c.conversationId = s.id
        order by (s.kind = ? and s.id = ?) desc, s."of" desc, s.kind, s.id limit ${mostNamed}
      ) s),
    'memories', (
      select json_group_array(json_object('memoryId', memoryId, 'preview', preview, 'kind', kind, 'uses', uses))
      from topMemories),
    'answers', (
      select json_group_array(json_object('messageId', messageId, 'conversationId', conversationId, 'preview', preview,
        'sentAt', sentAt, 'memories', memories)) from topAnswers),
    'comes', (
      select json_group_array(json_object('memoryId', memoryId, 'kind', kind, 'id', id)) from origins
      where memoryId in (select memoryId from topMemories)),
    'goes', (
      select json_group_array(json_object('memoryId', memoryId, 'messageId', messageId)) from given
      where memoryId in (select memoryId from topMemories)),
    'totals', json_object(
      'sources', (select count(*) from sources),
      'comes', (select coalesce(sum(chosen), 0) from sources),
      'memories', (select count(*) from chosen),
      'used', (select count(distinct memoryId) from given),
      'answers', (select count(distinct messageId) from given),
      'goes', (select count(*) from given))
  ) as provenance`
