import { queryDb, Schema } from '@livestore/livestore'
import { tiers } from '#schema/memories/tiers.ts'

const Tier = Schema.Literal(...tiers)

/** Of `m`: hot is what no pass said otherwise of, and what is pinned. */
const tierSql = `case when m.memoryId in (select memoryId from memoryPins) then 'hot'
  else coalesce((select t.tier from memoryTiers t where t.memoryId = m.memoryId), 'hot') end as tier`

const NetworkMemory = Schema.Struct({
  memoryId: Schema.String,
  preview: Schema.String,
  kind: Schema.String,
  importance: Schema.Number,
  tier: Tier,
  tags: Schema.parseJson(Schema.Array(Schema.String)),
  importId: Schema.NullOr(Schema.String),
  /** What it was imported from: `chatgpt`, `sillytavern` …; null if it was not. */
  format: Schema.NullOr(Schema.String),
})
export type NetworkMemory = typeof NetworkMemory.Type

/** What a network shows of these memories, in no order. */
export const networkMemories$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: `select m.memoryId, preview, kind, importance, ${tierSql}, importId, origin ->> '$.format' as format,
                (select json_group_array(tag) from memoryTags t where t.memoryId = m.memoryId) as tags
              from json_each(?) wanted cross join memories m on m.memoryId = wanted.value
              join memoryBodies b on b.memoryId = m.memoryId`,
      schema: Schema.Array(NetworkMemory),
      bindValues: [ids],
      queriedTables: new Set(['memories', 'memoryBodies', 'memoryTags', 'memoryTiers', 'memoryPins']),
    },
    { label: 'stores.networkMemories', deps: [ids] },
  )
}

const MemoryTie = Schema.Struct({
  how: Schema.Literal('linked', 'learnt', 'recalled'),
  memoryId: Schema.String,
  /** A memory if linked, else a conversation. */
  otherId: Schema.String,
  relation: Schema.String,
})
export type MemoryTie = typeof MemoryTie.Type

/** Links among these memories, the conversations they were learnt in, and those whose answers recalled them. */
export const memoryTies$ = (memoryIds: readonly string[]) => {
  const ids = JSON.stringify(memoryIds)
  return queryDb(
    {
      query: `with wanted as materialized (select value as memoryId from json_each(?))
              select 'linked' as how, fromMemoryId as memoryId, toMemoryId as otherId, relation from memoryLinks
              where fromMemoryId in wanted and toMemoryId in wanted
              union select 'learnt', b.memoryId, m.conversationId, ''
              from wanted cross join memorySources b on b.memoryId = wanted.memoryId
              cross join messages m on m.messageId = b.messageId
              where m.deletedAt is null
              union select 'recalled', r.memoryId, m.conversationId, ''
              from wanted cross join messageRecalls r on r.memoryId = wanted.memoryId
              cross join messages m on m.messageId = r.messageId
              where m.deletedAt is null`,
      schema: Schema.Array(MemoryTie),
      bindValues: [ids],
      queriedTables: new Set(['memoryLinks', 'memorySources', 'messageRecalls', 'messages']),
    },
    { label: 'stores.memoryTies', deps: [ids] },
  )
}

/** The memories at most three links away from one, and it: the nearest first, 500 at most. */
export const memoriesLinkedTo$ = (memoryId: string) =>
  queryDb(
    {
      query: `with recursive near (id, steps) as (
                select ?, 0
                union select l.toMemoryId, steps + 1 from near cross join memoryLinks l on l.fromMemoryId = id where steps < 3
                union select l.fromMemoryId, steps + 1 from near cross join memoryLinks l on l.toMemoryId = id where steps < 3
                limit 5000)
              select id from near group by id order by min(steps), id limit 500`,
      schema: Schema.Array(Schema.Struct({ id: Schema.String })),
      bindValues: [memoryId],
      queriedTables: new Set(['memoryLinks']),
    },
    { label: 'stores.memoriesLinkedTo', deps: [memoryId], map: (rows) => rows.map(({ id }) => id) },
  )

const NetworkConversation = Schema.Struct({ conversationId: Schema.String, title: Schema.String })
export type NetworkConversation = typeof NetworkConversation.Type

/** Titles of conversations that are not deleted. */
export const networkConversations$ = (conversationIds: readonly string[]) => {
  const ids = JSON.stringify(conversationIds)
  return queryDb(
    {
      query: `select c.conversationId, title from json_each(?) wanted
              cross join conversations c on c.conversationId = wanted.value where deletedAt is null`,
      schema: Schema.Array(NetworkConversation),
      bindValues: [ids],
      queriedTables: new Set(['conversations']),
    },
    { label: 'stores.networkConversations', deps: [ids] },
  )
}

const MappedMemory = Schema.Struct({
  memoryId: Schema.String,
  kind: Schema.String,
  importance: Schema.Number,
  tier: Tier,
  content: Schema.String,
})
export type MappedMemory = typeof MappedMemory.Type

/** Memories with their texts, the newest first: those that are remembered, or the forgotten ones. */
export const mappedMemories$ = ({ forgotten, limit }: { readonly forgotten: boolean; readonly limit: number }) =>
  queryDb(
    {
      query: `select m.memoryId, kind, importance, ${tierSql}, content from memories m join memoryBodies b on b.memoryId = m.memoryId
              where forgottenAt is ${forgotten ? 'not null' : 'null'} order by addedAt desc, m.memoryId desc limit ${limit}`,
      schema: Schema.Array(MappedMemory),
      queriedTables: new Set(['memories', 'memoryBodies', 'memoryTiers', 'memoryPins']),
    },
    { label: 'stores.mappedMemories', deps: [String(forgotten), limit] },
  )
