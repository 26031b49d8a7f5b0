import { queryDb, Schema } from '@livestore/livestore'
import { conditionsOf, type MemoryFilter } from '#schema/memories/queries.ts'

/** What memories were learnt from: a conversation, a file that was brought in, or nothing but a person’s hand (`id` is ''). */
export type SourceKind = 'conversation' | 'import' | 'hand'

export interface SourceKey {
  readonly kind: SourceKind
  readonly id: string
}

/** The most of each column that is named; all beyond is only counted. */
export const mostNamed = 50

/** Some memories, as `where` and its values. */
export interface Found {
  readonly where: string
  readonly bindValues: readonly (string | number)[]
}

/** What a filter finds, and of that what was learnt from one source. */
export const foundBy = (filter: MemoryFilter, chosen: SourceKey | undefined): Found => {
  const { where, bindValues } = conditionsOf(filter)
  if (chosen === undefined) return { where, bindValues }
  return {
    where: `${where} and ${isFrom[chosen.kind]}`,
    bindValues: chosen.kind === 'hand' ? bindValues : [...bindValues, chosen.id],
  }
}

/** Few: a list of them is cheaper to ask than the message of every row. */
const deleted = 'select messageId from messages where deletedAt is not null'

/** Some message it was learnt from is here. Nothing of the message is read but its index. */
const isLearntInTalk = `exists (
  select 1 from memorySources s cross join messages m on m.messageId = s.messageId
  where s.memoryId = memories.memoryId and s.messageId not in (${deleted}))`

const isFrom: Readonly<Record<SourceKind, string>> = {
  conversation: `memoryId in (
    select s.memoryId from messages m cross join memorySources s on s.messageId = m.messageId
    where m.conversationId = ? and m.deletedAt is null)`,
  import: `importId = ? and not ${isLearntInTalk}`,
  hand: `importId is null and not ${isLearntInTalk}`,
}

const text = Schema.String
const count = Schema.Number
const Counts = Schema.Array(Schema.Tuple(Schema.NullOr(text), count))

/** Of each conversation, how many of the memories were learnt in it. One of several counts for each. */
export const conversationCounts$ = ({ where, bindValues }: Found) =>
  jsonQuery('conversationCounts', Counts, bindValues, {
    tables: ['memorySources', 'messages'],
    sql: `select json_group_array(json_array(id, count)) as json from (
      select m.conversationId as id, count(distinct f.memoryId) as count
      from (select memoryId from memories where ${where}) f
      cross join memorySources s on s.memoryId = f.memoryId
      cross join messages m on m.messageId = s.messageId
      where m.deletedAt is null group by m.conversationId)`,
  })

/** Of each import, and of none (null), how many of the memories name no message that is here. */
export const importCounts$ = ({ where, bindValues }: Found) =>
  jsonQuery('importCounts', Counts, bindValues, {
    tables: ['memorySources', 'messages'],
    sql: `select json_group_array(json_array(importId, count)) as json from (
      select importId, count(*) as count from memories where ${where} and not ${isLearntInTalk} group by importId)`,
  })

/** How many there are, and of how many answers were given how many; and those that were given most often. */
export const usedMemories$ = ({ where, bindValues }: Found) =>
  jsonQuery('usedMemories', UsedMemories, bindValues, {
    tables: ['messageRecalls', 'messages'],
    sql: `with uses as materialized (
        select f.memoryId, f.occurredAt, (
          select count(*) from messageRecalls r where r.memoryId = f.memoryId and r.messageId not in (${deleted})) as uses
        from (select memoryId, occurredAt from memories where ${where}) f)
      select json_object(
        'memories', count(*), 'used', coalesce(sum(uses > 0), 0), 'goes', coalesce(sum(uses), 0),
        'named', (
          select json_group_array(json_object('memoryId', m.memoryId, 'preview', m.preview, 'kind', m.kind,
            'importId', m.importId, 'uses', top.uses))
          from (select * from uses order by uses desc, occurredAt desc, memoryId limit ${mostNamed}) top
          cross join memories m on m.memoryId = top.memoryId)) as json from uses`,
  })

const UsedMemories = Schema.Struct({
  memories: count,
  used: count,
  goes: count,
  named: Schema.Array(
    Schema.Struct({ memoryId: text, preview: text, kind: text, importId: Schema.NullOr(text), uses: count }),
  ),
})

/** How many answers were given any of the memories, and those that were given the most of them. */
export const givenAnswers$ = ({ where, bindValues }: Found) =>
  jsonQuery('givenAnswers', GivenAnswers, bindValues, {
    tables: ['messageRecalls', 'messages'],
    sql: `with given as materialized (
        select r.messageId, count(*) as memories from (select memoryId from memories where ${where}) f
        cross join messageRecalls r on r.memoryId = f.memoryId
        where r.messageId not in (${deleted}) group by r.messageId)
      select json_object(
        'answers', (select count(*) from given),
        'named', (
          select json_group_array(json_object('messageId', messageId, 'conversationId', conversationId,
            'preview', preview, 'sentAt', sentAt, 'memories', memories))
          from (
            select m.messageId, m.conversationId, m.preview, m.sentAt, g.memories from given g
            cross join messages m on m.messageId = g.messageId
            order by g.memories desc, m.sentAt desc, m.messageId limit ${mostNamed}))) as json`,
  })

const GivenAnswers = Schema.Struct({
  answers: count,
  named: Schema.Array(
    Schema.Struct({
      messageId: text,
      conversationId: text,
      preview: text,
      sentAt: Schema.DateFromNumber,
      memories: count,
    }),
  ),
})

/** What leads to and from the memories that are named, and what the conversations that are named are called. */
export const namedLinks$ = (memoryIds: readonly string[], conversationIds: readonly string[]) =>
  jsonQuery('namedLinks', NamedLinks, [JSON.stringify(memoryIds), JSON.stringify(conversationIds)], {
    tables: ['memorySources', 'messages', 'messageRecalls', 'conversations'],
    sql: `select json_object(
      'learnt', (
        select json_group_array(json_array(memoryId, conversationId)) from (
          select distinct s.memoryId, m.conversationId from json_each(?1) named
          cross join memorySources s on s.memoryId = named.value
          cross join messages m on m.messageId = s.messageId where m.deletedAt is null)),
      'goes', (
        select json_group_array(json_array(r.memoryId, r.messageId)) from json_each(?1) named
        cross join messageRecalls r on r.memoryId = named.value where r.messageId not in (${deleted})),
      'titles', (
        select json_group_array(json_array(c.conversationId, c.title)) from json_each(?2) named
        cross join conversations c on c.conversationId = named.value)) as json`,
  })

const Pairs = Schema.Array(Schema.Tuple(text, text))
const NamedLinks = Schema.Struct({ learnt: Pairs, goes: Pairs, titles: Pairs })

const provenanceTables = [
  'memories',
  'memorySources',
  'memoryBodies',
  'memoryTags',
  'memoryTiers',
  'memoryPins',
  'messages',
  'messageRecalls',
  'conversations',
]

/** Costs nothing and wakes whenever what the queries above read was written; no answer equals another. */
export const provenanceChanges$ = queryDb(
  {
    query: `select ${provenanceTables.map((table) => `exists (select 1 from ${table})`).join(' + ')} as touched`,
    schema: Schema.Array(Schema.Struct({ touched: Schema.Number })),
  },
  { label: 'stores.provenanceChanges', map: () => Symbol('read') },
)

interface JsonRead {
  readonly tables: readonly string[]
  /** One row with one text, `json`. */
  readonly sql: string
}

const jsonQuery = <A, I>(
  name: string,
  schema: Schema.Schema<A, I>,
  bindValues: Found['bindValues'],
  { sql, tables }: JsonRead,
) => {
  const decode = Schema.decodeSync(Schema.parseJson(schema))
  return queryDb(
    {
      query: sql,
      schema: Schema.Array(Schema.Struct({ json: text })),
      bindValues,
      // What a filter may ask of, too.
      queriedTables: new Set(['memories', 'memoryBodies', 'memoryTags', 'memoryTiers', 'memoryPins', ...tables]),
    },
    { label: `stores.provenance.${name}`, deps: [sql, ...bindValues], map: (rows) => decode(rows[0]?.json ?? '') },
  )
}
