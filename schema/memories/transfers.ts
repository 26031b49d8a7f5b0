import { inParts } from '#schema/shared/in-parts.ts'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { receivedIdOf, TransferToItself } from '#schema/shared/transfers.ts'
import { type MemoryDraft, MemoryNotFound, refuseBatch } from './commands.ts'
import { lifeEvents } from './life-events.ts'

/**
 * Memories go to another persona: facts in two logs, which nothing makes one. The one they come to is told first.
 *
 *     here                          there
 *     (remembered)  ──────────►  v1.MemoriesReceived      ids follow from the transfer: told twice, it adds nothing
 *     v1.MemoriesTransferred  ◄── only once it is there    a crash between the two leaves them in both; again, it ends
 */
export interface TransferredMemory extends MemoryDraft {
  readonly memoryId: string
  readonly sourceEventIds: readonly string[]
  readonly addedAt: Date
}

export const memoryFormat = 'pjai-memory'

export const receiveMemories = (
  toPersonaId: string,
  fromPersonaId: string,
  memories: readonly TransferredMemory[],
  transferId: string,
  stamp: Stamp,
) => {
  if (toPersonaId === fromPersonaId) return new TransferToItself()
  if (memories.length === 0) return new MemoryNotFound()
  const refusal = refuseBatch(memories.map(({ memoryId }) => memoryId))
  if (refusal !== undefined) return refusal
  const received = { personaId: toPersonaId, batchId: transferId, fromPersonaId, receivedAt: stamp.at }
  return [...inParts(memories.map((memory) => toReceived(memory, fromPersonaId, transferId)))].map((part) =>
    lifeEvents.memoriesReceived({ ...received, memories: part, ...signature(stamp) }),
  )
}

/** Here they are forgotten, and say where they went. */
export const transferMemories = (
  fromPersonaId: string,
  toPersonaId: string,
  memoryIds: readonly string[],
  transferId: string,
  stamp: Stamp,
) =>
  refuseBatch(memoryIds) ??
  lifeEvents.memoriesTransferred({
    personaId: fromPersonaId,
    memoryIds,
    batchId: transferId,
    toPersonaId,
    transferredAt: stamp.at,
    ...signature(stamp),
  })

const toReceived = (memory: TransferredMemory, fromPersonaId: string, transferId: string) => ({
  memoryId: receivedIdOf(memory.memoryId, transferId),
  content: memory.content,
  importance: memory.importance,
  kind: memory.kind,
  tags: memory.tags,
  // Its messages stay in the other log: the origin knows them.
  sourceEventIds: [],
  occurredAt: memory.occurredAt,
  origin: {
    format: memoryFormat,
    sourceId: memory.memoryId,
    rest: JSON.stringify({
      personaId: fromPersonaId,
      sourceEventIds: memory.sourceEventIds,
      addedAt: memory.addedAt.getTime(),
    }),
  },
})
