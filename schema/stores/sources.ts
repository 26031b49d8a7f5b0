import { queryDb, Schema } from '@livestore/livestore'

const Source = Schema.Struct({
  id: Schema.String,
  kind: Schema.Literal('memory', 'message'),
  preview: Schema.String,
  conversationId: Schema.NullOr(Schema.String),
})
export type Source = typeof Source.Type

/** What an answer was given: the memories and messages themselves, as far as they are here. */
export const sourcesOf$ = (memoryIds: readonly string[], messageIds: readonly string[]) =>
  queryDb(
    {
      query: `select memoryId as id, 'memory' as kind, preview, null as conversationId from memories
              where memoryId in (select value from json_each(?1)) and forgottenAt is null
              union all
              select messageId, 'message', preview, conversationId from messages
              where messageId in (select value from json_each(?2)) and deletedAt is null limit 50`,
      schema: Schema.Array(Source),
      bindValues: [JSON.stringify(memoryIds), JSON.stringify(messageIds)],
      queriedTables: new Set(['memories', 'messages']),
    },
    { label: 'stores.sourcesOf', deps: [...memoryIds, '/', ...messageIds] },
  )
