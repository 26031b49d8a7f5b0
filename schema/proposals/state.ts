import { Schema, State } from '@livestore/livestore'
import { deleteRows, key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { proposalEvents } from './events.ts'

const proposals = State.SQLite.table({
  name: 'proposals',
  columns: {
    memoryId: key(),
    personaId: State.SQLite.text(),
    conversationId: State.SQLite.text(),
    proposedBy: State.SQLite.text(),
    content: State.SQLite.text(),
    importance: number(),
    kind: State.SQLite.text(),
    tags: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    sourceMessageIds: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    occurredAt: time(),
    why: State.SQLite.text(),
    proposedAt: time(),
    decision: State.SQLite.text({ nullable: true, schema: Schema.Literal('accepted', 'rejected') }),
    decidedBy: State.SQLite.text({ nullable: true }),
    decidedAt: timeOrNull(),
  },
  indexes: [
    { name: 'proposals_by_decision', columns: ['decision', 'proposedAt', 'memoryId'] },
    { name: 'proposals_by_conversation', columns: ['conversationId', 'decision'] },
  ],
})

export const proposalTables = { proposals }

export type ProposedMemory = typeof proposals.Type

/** What is proposed twice stands as it was proposed first, decided or not. */
export const proposalMaterializers = State.SQLite.materializers(proposalEvents, {
  'v1.MemoriesProposed': ({ personaId, conversationId, proposedBy, proposals: proposed, proposedAt }) =>
    write(
      `insert or ignore into proposals (memoryId, personaId, conversationId, proposedBy, content, importance, kind, tags,
         sourceMessageIds, occurredAt, why, proposedAt)
       select value ->> 0, $personaId, $conversationId, $proposedBy, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
         value ->> 5, value ->> 6, value ->> 7, $proposedAt
       from json_each($rows) where value ->> 0 not in (select id from erasedIds)`,
      {
        personaId,
        conversationId,
        proposedBy,
        proposedAt: proposedAt.getTime(),
        rows: rowsAsJson(
          proposed.map((p) => [
            p.memoryId,
            p.content,
            p.importance,
            p.kind,
            JSON.stringify(p.tags),
            JSON.stringify(p.sourceMessageIds),
            p.occurredAt.getTime(),
            p.why,
          ]),
        ),
      },
      'proposals',
    ),
  'v1.ProposalsAccepted': ({ memoryIds, by, acceptedAt }) => decide(memoryIds, 'accepted', by, acceptedAt),
  'v1.ProposalsRejected': ({ memoryIds, rejectedAt }) => decide(memoryIds, 'rejected', 'person', rejectedAt),
  'v1.ProposalsReopened': ({ memoryIds }) => decide(memoryIds, null, null, null),
})

const decide = (
  memoryIds: readonly string[],
  decision: ProposedMemory['decision'],
  decidedBy: string | null,
  decidedAt: Date | null,
) =>
  write(
    `update proposals set decision = $decision, decidedBy = $decidedBy, decidedAt = $decidedAt
     where memoryId in (select value from json_each($ids))`,
    { decision, decidedBy, decidedAt: decidedAt?.getTime() ?? null, ids: rowsAsJson(memoryIds) },
    'proposals',
  )

/** With the memories that they are, or would have been. */
export const removeProposals = (memoryIds: readonly string[]) => deleteRows('proposals', 'memoryId', memoryIds)
