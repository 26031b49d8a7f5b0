import { queryDb, Schema } from '@livestore/livestore'
import { typesOf } from '#schema/attachments/kinds.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { ActivityDay, type PictureSummary, UsageDay } from '#schema/workspace/events.ts'

const Counts = Schema.Struct({
  memories: Schema.Number,
  conversations: Schema.Number,
  messages: Schema.Number,
  lastActivityAt: Schema.NullOr(Schema.DateFromNumber),
  erasures: Schema.Number,
})

/** What the workspace should know of a persona: read in the persona's store, carried over as `v1.PersonaSummarized`. */
export const summaryCounts$ = queryDb(
  {
    query: `select
        (select count(*) from memories where forgottenAt is null) as memories,
        (select count(*) from conversations where deletedAt is null) as conversations,
        (select count(*) from messages where deletedAt is null) as messages,
        nullif(max(coalesce((select max(sentAt) from messages), 0), coalesce((select max(addedAt) from memories), 0)), 0)
          as lastActivityAt,
        (select count(*) from erasures) as erasures`,
    schema: Schema.Array(Counts),
    queriedTables: new Set(['memories', 'conversations', 'messages', 'erasures']),
  },
  {
    label: 'stores.summaryCounts',
    map: (rows) => rows[0] ?? { memories: 0, conversations: 0, messages: 0, lastActivityAt: null, erasures: 0 },
  },
)

/** The last 400 days on which anything was said or learnt, UTC. Imports count on the day they are about. */
export const summaryActivity$ = queryDb(
  {
    query: `select day, sum(messages) as messages, sum(memories) as memories from (
        select strftime('%Y-%m-%d', sentAt / 1000, 'unixepoch') as day, 1 as messages, 0 as memories
        from messages where deletedAt is null
        union all
        select strftime('%Y-%m-%d', occurredAt / 1000, 'unixepoch'), 0, 1 from memories where forgottenAt is null
      ) where day is not null group by day order by day desc limit 400`,
    schema: Schema.Array(ActivityDay),
    queriedTables: new Set(['memories', 'messages']),
  },
  { label: 'stores.summaryActivity' },
)

/** How many pictures can be looked at, and the newest two dozen by their ids: of what was erased nothing is told any more. */
export const summaryPictures$ = queryDb(
  {
    query: `select a.attachmentId, a.addedAt, count(*) over () as count
            from attachments a left join conversations c on c.conversationId = a.conversationId
            where a.deletedAt is null and a.discardedAt is null and c.deletedAt is null
              and a.mediaType in (select value from json_each(?))
            order by a.addedAt desc, a.attachmentId desc limit 24`,
    schema: Schema.Array(
      Schema.Struct({ attachmentId: Schema.String, addedAt: Schema.DateFromNumber, count: Schema.Number }),
    ),
    bindValues: [JSON.stringify(typesOf('image'))],
    queriedTables: new Set(['attachments', 'conversations']),
  },
  {
    label: 'stores.summaryPictures',
    map: (rows): PictureSummary => ({
      count: rows[0]?.count ?? 0,
      newest: rows.map(({ attachmentId, addedAt }) => ({ attachmentId, addedAt })),
    }),
  },
)

/** The last 400 days on which a model of an account was asked, UTC. What was erased with its conversation is not among it. */
export const summaryUsage$ = queryDb(
  {
    query: `select strftime('%Y-%m-%d', endedAt / 1000, 'unixepoch') as day,
              total(status = 'succeeded' and purpose <> 'proposals') as answers, total(promptTokens) as promptTokens,
              total(completionTokens) as completionTokens, total(cost) as cost
            from tasks where endedAt is not null and accountId <> ?
            group by day order by day desc limit 400`,
    schema: Schema.Array(UsageDay),
    bindValues: [builtInModel],
    queriedTables: new Set(['tasks']),
  },
  { label: 'stores.summaryUsage' },
)

/**
 * Wakes for whatever a summary counts, and counts nothing: with 100 000 memories the queries above cost 100 ms, which no
 * commit should wait for. No answer equals another, or LiveStore would tell nobody.
 */
export const summaryChanges$ = queryDb(
  {
    query: `select exists (select 1 from memories) + exists (select 1 from conversations) + exists (select 1 from messages)
              + exists (select 1 from erasures) + exists (select 1 from attachments) + exists (select 1 from tasks) as touched`,
    schema: Schema.Array(Schema.Struct({ touched: Schema.Number })),
  },
  { label: 'stores.summaryChanges', map: () => Symbol('read') },
)
