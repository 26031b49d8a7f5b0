import { Data } from 'effect'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import {
  addMemory,
  linkMemories,
  type MemoryDraft,
  MemoryIsForgotten,
  MemoryNotFound,
  refuseBatch,
} from './commands.ts'
import { lifeEvents } from './life-events.ts'
import type { MemoryTierRow } from './life-state.ts'
import { isSamePolicy, type MemoryPolicy, refusalOfPolicy } from './policy.ts'
import type { Memory } from './state.ts'
import { type TierChange, tierRuleVersion } from './tiers.ts'

/** Nothing, if it is the policy already. */
export const revisePolicy = (personaId: string, current: MemoryPolicy, policy: MemoryPolicy, stamp: Stamp) => {
  if (isSamePolicy(current, policy)) return []
  return (
    refusalOfPolicy(policy) ??
    lifeEvents.memoryPolicyRevised({ personaId, policy, revisedAt: stamp.at, ...signature(stamp) })
  )
}

/** Devices that look on the same day make the same pass. */
export const dailyPassIdOf = (personaId: string, at: Date): string =>
  idFromNames('pass of tiers', personaId, at.toISOString().slice(0, 10), String(tierRuleVersion))

/** One pass: no fact if nothing changes. `passId`: a pass repeated under its id changes nothing more. */
export const tierMemories = (
  personaId: string,
  passId: string,
  policy: MemoryPolicy,
  changes: readonly TierChange[],
  stamp: Stamp,
) =>
  tieredFacts(
    personaId,
    passId,
    policy,
    changes.map(({ memoryId, tier, shares, days, reinforcements, recalls }) => ({
      memoryId,
      tier,
      because: { shares, days, reinforcements, recalls },
    })),
    stamp,
  )

/** Takes a pass back: `before` are the rows of those it changed; who has none was never looked at. */
export const untierMemories = (
  personaId: string,
  policy: MemoryPolicy,
  memoryIds: readonly string[],
  before: readonly MemoryTierRow[],
  batchId: string,
  stamp: Stamp,
) => {
  const rowsById = new Map(before.map((row) => [row.memoryId, row]))
  return tieredFacts(
    personaId,
    batchId,
    policy,
    memoryIds.map((memoryId) => {
      const row = rowsById.get(memoryId)
      if (row === undefined) return { memoryId, tier: 'hot', because: null }
      const { tier, importance, recency, reinforced, recalled, days, reinforcements, recalls } = row
      const shares = { importance, recency, reinforced, recalled }
      return { memoryId, tier, because: { shares, days, reinforcements, recalls } }
    }),
    stamp,
  )
}

type Tiered = (typeof lifeEvents.memoriesTiered.schema.Type)['changes'][number]

/** Eight hundred take less than 200 kB. */
const tieredAtOnce = 800

const tieredFacts = (
  personaId: string,
  passId: string,
  policy: MemoryPolicy,
  changes: readonly Tiered[],
  stamp: Stamp,
) =>
  Array.from({ length: Math.ceil(changes.length / tieredAtOnce) }, (_, part) =>
    lifeEvents.memoriesTiered({
      personaId,
      passId,
      ruleVersion: tierRuleVersion,
      policy,
      changes: changes.slice(part * tieredAtOnce, (part + 1) * tieredAtOnce),
      tieredAt: stamp.at,
      ...signature(stamp),
    }),
  )

/** Pinned memories stay hot. At most 2000 at a time. */
export const pinMemories = (personaId: string, memoryIds: readonly string[], batchId: string, stamp: Stamp) =>
  refuseBatch(memoryIds) ??
  lifeEvents.memoriesPinned({ personaId, memoryIds, batchId, pinnedAt: stamp.at, ...signature(stamp) })

export const unpinMemories = (personaId: string, memoryIds: readonly string[], batchId: string, stamp: Stamp) =>
  refuseBatch(memoryIds) ??
  lifeEvents.memoriesUnpinned({ personaId, memoryIds, batchId, unpinnedAt: stamp.at, ...signature(stamp) })

/** A part of a memory, as it will be a memory of its own. */
export interface SplitPart extends MemoryDraft {
  readonly memoryId: string
  readonly linkId: string
}

/** One memory becomes several: each says from which it was split, and keeps where that was learnt. */
export const splitMemory = (
  memory: Memory | null,
  parts: readonly SplitPart[],
  sourceEventIds: readonly string[],
  stamp: Stamp,
) => {
  if (memory === null) return new MemoryNotFound()
  const { memoryId, personaId } = memory
  if (memory.forgottenAt !== null) return new MemoryIsForgotten({ memoryId })
  if (parts.length < 2 || parts.length > 50) return new PartsIllegal()
  const added = parts.map((part) => addMemory(personaId, part.memoryId, part, stamp, sourceEventIds))
  const links = parts.map((part) => linkMemories(part.linkId, { ...memory, ...part }, memory, 'split from', stamp))
  const facts = []
  for (const fact of [...added, ...links]) {
    if (fact instanceof Error) return fact
    facts.push(fact)
  }
  const intoMemoryIds = parts.map((part) => part.memoryId)
  return [
    ...facts,
    lifeEvents.memorySplit({ memoryId, personaId, intoMemoryIds, splitAt: stamp.at, ...signature(stamp) }),
  ]
}

/** Until when it was true; null: it still is. */
export const reviseValidity = (memory: Memory | null, validUntil: Date | null, stamp: Stamp) => {
  if (memory === null) return new MemoryNotFound()
  const { memoryId, personaId } = memory
  if (validUntil !== null && validUntil < memory.occurredAt) return new EndsBeforeItBegan()
  return lifeEvents.memoryValidityRevised({
    memoryId,
    personaId,
    validUntil,
    revisedAt: stamp.at,
    ...signature(stamp),
  })
}

/** Two that were suggested as one stay two, and are suggested no more. */
export const keepApart = (personaId: string, pair: readonly [string, string], batchId: string, stamp: Stamp) =>
  lifeEvents.memoriesKeptApart({ personaId, memoryIds: pair, batchId, keptAt: stamp.at, ...signature(stamp) })

export const withdrawKeptApart = (personaId: string, pair: readonly [string, string], batchId: string, stamp: Stamp) =>
  lifeEvents.keptApartWithdrawn({ personaId, memoryIds: pair, batchId, withdrawnAt: stamp.at, ...signature(stamp) })

export class PartsIllegal extends Data.TaggedError('PartsIllegal') {
  override readonly message = 'A memory is split into 2 to 50 parts. Leave an empty line between them.'
}

export class EndsBeforeItBegan extends Data.TaggedError('EndsBeforeItBegan') {
  override readonly message = 'It cannot have ended before it began to be true. Choose a later day.'
}
