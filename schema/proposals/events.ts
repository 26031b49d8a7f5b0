import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

/** A memory as it is proposed. Its id is the one the memory will have: with the memory it is erased. */
export const Proposal = Schema.Struct({
  memoryId: Schema.String,
  content: Schema.String,
  importance: Schema.Finite,
  kind: Schema.String,
  tags: Schema.Array(Schema.String),
  sourceMessageIds: Schema.Array(Schema.String),
  /** When it was said. */
  occurredAt: Schema.Date,
  /** Why it is worth remembering, in a few words. */
  why: Schema.String,
})
export type Proposal = typeof Proposal.Type

const decided = {
  personaId: Schema.String,
  memoryIds: Schema.Array(Schema.String),
  batchId: Schema.String,
}

export const proposalEvents = {
  memoriesProposed: Events.synced({
    name: 'v1.MemoriesProposed',
    schema: Schema.Struct({
      personaId: Schema.String,
      conversationId: Schema.String,
      /** The model that found them, or `built-in`. */
      proposedBy: Schema.String,
      proposals: Schema.Array(Proposal),
      proposedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** The memories themselves are added by facts of their own. `by`: person or policy. */
  proposalsAccepted: Events.synced({
    name: 'v1.ProposalsAccepted',
    schema: Schema.Struct({ ...decided, by: Schema.String, acceptedAt: Schema.Date, ...stamped }),
  }),
  proposalsRejected: Events.synced({
    name: 'v1.ProposalsRejected',
    schema: Schema.Struct({ ...decided, rejectedAt: Schema.Date, ...stamped }),
  }),
  proposalsReopened: Events.synced({
    name: 'v1.ProposalsReopened',
    schema: Schema.Struct({ ...decided, reopenedAt: Schema.Date, ...stamped }),
  }),
}
