import { queryDb, Schema } from '@livestore/livestore'
import { ActivityDay } from '#schema/workspace/events.ts'

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

/**
 * Wakes for whatever a summary counts, and counts nothing: with 100 000 memories the queries above cost 100 ms, which no
 * commit should wait for. No answer equals another, or LiveStore would tell nobody.
 */
export const summaryChanges$ = queryDb(
  {
    query: `select exists (select 1 from memories) + exists (select 1 from conversations) + exists (select 1 from messages)
              + exists (select 1 from erasures) as touched`,
    schema: Schema.Array(Schema.Struct({ touched: Schema.Number })),
  },
  { label: 'stores.summaryChanges', map: () => Symbol('read') },
)
