import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { type Proposal, proposalEvents } from './events.ts'
import type { ProposedMemory } from './state.ts'

/** Nothing when there is nothing to propose. At most 100 at once. */
export const proposeMemories = (
  conversation: { readonly personaId: string; readonly conversationId: string },
  proposedBy: string,
  proposals: readonly Proposal[],
  stamp: Stamp,
) =>
  proposals.length === 0
    ? []
    : [
        proposalEvents.memoriesProposed({
          personaId: conversation.personaId,
          conversationId: conversation.conversationId,
          proposedBy,
          proposals: proposals.slice(0, 100),
          proposedAt: stamp.at,
          ...signature(stamp),
        }),
      ]

/** Says that these became memories; the facts that make them go with it. */
export const acceptProposals = (
  proposals: readonly ProposedMemory[],
  by: 'person' | 'policy',
  batchId: string,
  stamp: Stamp,
) => {
  const decided = refuseDecided(proposals)
  if (decided instanceof Error) return decided
  return proposalEvents.proposalsAccepted({ ...decided, batchId, by, acceptedAt: stamp.at, ...signature(stamp) })
}

export const rejectProposals = (proposals: readonly ProposedMemory[], batchId: string, stamp: Stamp) => {
  const decided = refuseDecided(proposals)
  if (decided instanceof Error) return decided
  return proposalEvents.proposalsRejected({ ...decided, batchId, rejectedAt: stamp.at, ...signature(stamp) })
}

/** Takes a decision back. */
export const reopenProposals = (personaId: string, memoryIds: readonly string[], batchId: string, stamp: Stamp) =>
  proposalEvents.proposalsReopened({ personaId, memoryIds, batchId, reopenedAt: stamp.at, ...signature(stamp) })

const refuseDecided = (proposals: readonly ProposedMemory[]) => {
  const open = proposals.filter(({ decision }) => decision === null)
  const [first] = open
  return first === undefined
    ? new ProposalsDecided()
    : { personaId: first.personaId, memoryIds: open.map(({ memoryId }) => memoryId) }
}

export class ProposalsDecided extends Data.TaggedError('ProposalsDecided') {
  override readonly message = 'Somebody decided on this already.'
}
