import { queryDb, Schema } from '@livestore/livestore'
import { proposalTables } from './state.ts'

const { proposals } = proposalTables

/** What nobody decided on yet, the newest first; of one conversation, or of all. */
export const openProposals$ = (conversationId?: string) =>
  queryDb(
    proposals
      .where({ decision: null, ...(conversationId === undefined ? {} : { conversationId }) })
      .orderBy('proposedAt', 'desc')
      .limit(200),
    { label: 'proposals.open', deps: [conversationId ?? ''] },
  )

export const openProposalCount$ = (conversationId?: string) =>
  queryDb(
    {
      query: `select count(*) as count from proposals where decision is null${conversationId === undefined ? '' : ' and conversationId = ?'}`,
      schema: Schema.Array(Schema.Struct({ count: Schema.Number })),
      bindValues: conversationId === undefined ? [] : [conversationId],
      queriedTables: new Set(['proposals']),
    },
    { label: 'proposals.openCount', deps: [conversationId ?? ''], map: (rows) => rows[0]?.count ?? 0 },
  )

export const proposalById$ = (memoryId: string) =>
  queryDb(proposals.where({ memoryId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'proposals.byId',
    deps: [memoryId],
  })

/** Which of these were proposed before, whatever became of them. */
export const proposedAmong$ = (memoryIds: readonly string[]) =>
  queryDb(
    {
      query: 'select memoryId from proposals where memoryId in (select value from json_each(?))',
      schema: Schema.Array(Schema.Struct({ memoryId: Schema.String })),
      bindValues: [JSON.stringify(memoryIds)],
      queriedTables: new Set(['proposals']),
    },
    { label: 'proposals.among', deps: [...memoryIds], map: (rows) => rows.map(({ memoryId }) => memoryId) },
  )

/** What the newest proposals said, whatever became of them. */
export const proposedTexts$ = queryDb(
  {
    query: 'select content from proposals order by proposedAt desc limit 1000',
    schema: Schema.Array(Schema.Struct({ content: Schema.String })),
    queriedTables: new Set(['proposals']),
  },
  { label: 'proposals.texts', map: (rows) => rows.map(({ content }) => content) },
)

/** The memories proposed from a conversation that never became one: they are erased with it. */
export const proposalsWithout$ = (conversationIds: readonly string[]) =>
  queryDb(
    {
      query: `select memoryId from proposals where conversationId in (select value from json_each(?))
                and (decision is null or decision = 'rejected')`,
      schema: Schema.Array(Schema.Struct({ memoryId: Schema.String })),
      bindValues: [JSON.stringify(conversationIds)],
      queriedTables: new Set(['proposals']),
    },
    { label: 'proposals.without', deps: [...conversationIds], map: (rows) => rows.map(({ memoryId }) => memoryId) },
  )
