import { queryDb, Schema } from '@livestore/livestore'

const KeptProposal = Schema.Struct({
  memoryId: Schema.String,
  /** Of the memory, as it is today. */
  content: Schema.String,
  why: Schema.String,
  keptAt: Schema.DateFromNumber,
})
export type KeptProposal = typeof KeptProposal.Type

/** What the persona remembered without asking and still does, the newest first. */
export const keptWithoutAsking$ = queryDb(
  {
    query: `select p.memoryId, b.content, p.why, p.decidedAt as keptAt
            from proposals p join memories m on m.memoryId = p.memoryId join memoryBodies b on b.memoryId = p.memoryId
            where p.decision = 'accepted' and p.decidedBy = 'policy' and m.forgottenAt is null
            order by p.proposedAt desc limit 200`,
    schema: Schema.Array(KeptProposal),
    queriedTables: new Set(['proposals', 'memories', 'memoryBodies']),
  },
  { label: 'stores.keptWithoutAsking' },
)
