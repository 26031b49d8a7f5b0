import { eraseConversations } from '#schema/conversations/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { type Stamp, signature } from '#schema/shared/stamp.ts'

/** With conversations goes what was proposed of them and became no memory. Those that did are memories of their own. */
export const eraseWithProposals = (
  personaId: string,
  deleted: Parameters<typeof eraseConversations>[1],
  proposedIds: readonly string[],
  [erasureId, erasureOfProposals]: readonly [string, string],
  stamp: Stamp,
) => {
  const erased = eraseConversations(personaId, deleted, erasureId, stamp)
  if (erased instanceof Error || proposedIds.length === 0) return erased
  return [
    erased,
    memoryEvents.memoriesErased({
      personaId,
      memoryIds: proposedIds,
      erasureId: erasureOfProposals,
      erasedAt: stamp.at,
      ...signature(stamp),
    }),
  ]
}
