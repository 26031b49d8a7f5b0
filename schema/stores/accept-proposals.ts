import {
  addMemory,
  type MemoryDraft,
  type MemoryText,
  restoreMemories,
  reviseMemory,
} from '#schema/memories/commands.ts'
import { acceptProposals } from '#schema/proposals/commands.ts'
import type { ProposedMemory } from '#schema/proposals/state.ts'
import type { Stamp } from '#schema/shared/stamp.ts'

/** A proposal as the person wants it, and the memory of its id, which is here when it was accepted before and taken back. */
export interface Acceptance {
  readonly proposal: ProposedMemory
  readonly draft: MemoryDraft
  readonly memory: MemoryText | null
}

/** Makes memories of proposals: each leads to the messages it came from. A refusal for one refuses all. */
export const acceptAsMemories = (
  acceptances: readonly Acceptance[],
  by: 'person' | 'policy',
  batchId: string,
  stamp: Stamp,
) => {
  const accepted = acceptProposals(
    acceptances.map(({ proposal }) => proposal),
    by,
    batchId,
    stamp,
  )
  if (accepted instanceof Error) return accepted
  const facts = []
  for (const { proposal, draft, memory } of acceptances) {
    if (proposal.decision !== null) continue
    const { personaId, memoryId, sourceMessageIds } = proposal
    const made =
      memory === null
        ? addMemory(personaId, memoryId, draft, stamp, sourceMessageIds)
        : reviseMemory(memory, draft, stamp)
    if (made instanceof Error) return made
    const restored = memory === null ? [] : restoreMemories(personaId, [memoryId], batchId, stamp)
    if (restored instanceof Error) return restored
    facts.push(...[made, restored].flat())
  }
  return [...facts, accepted]
}

export const draftOf = ({ content, importance, kind, tags, occurredAt }: ProposedMemory): MemoryDraft => ({
  content,
  importance,
  kind,
  tags,
  occurredAt,
})
