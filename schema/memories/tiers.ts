import type { MemoryPolicy } from './policy.ts'

/**
 * The tier of a memory (docs/memory.md). Pure: the same lives, policy and time give the same tiers, in any order.
 *
 *     score = 0.45 · importance + 0.25 · recency + 0.2 · reinforced + 0.1 · recalled
 *     recency    = fresh(days since it was last written)          fresh(d) = ½^(d / half-life)
 *     reinforced = 1 − ½^(sum of fresh over its reinforcements)
 *     recalled   = 1 − ½^(sum of fresh over the answers that were given it ÷ 4)
 *
 * Each share is rounded to thousandths before they are added: what is shown adds up, and no device differs in the last bit.
 */
export const tierRuleVersion = 1

export const tiers = ['hot', 'warm', 'cold'] as const
export type Tier = (typeof tiers)[number]

const weights = { importance: 0.45, recency: 0.25, reinforced: 0.2, recalled: 0.1 } as const

/** What each input gives of the score. */
export type Shares = { readonly [Input in keyof typeof weights]: number }

/** All that the rule asks of a memory. Times in milliseconds since 1970. */
export interface MemoryLife {
  readonly memoryId: string
  readonly importance: number
  /** When it was added, or last revised. */
  readonly writtenAt: number
  readonly reinforcedAt: readonly number[]
  /** When answers were given it. */
  readonly recalledAt: readonly number[]
  /** A pinned memory is hot, whatever its score. */
  readonly isPinned: boolean
  /** The last word of a pass: hot, as long as there was none. */
  readonly tier: Tier
}

export interface Tiering {
  readonly tier: Tier
  readonly shares: Shares
  /** Whole days since it was last written. */
  readonly days: number
  readonly reinforcements: number
  readonly recalls: number
}

export const tieringOf = (life: MemoryLife, policy: MemoryPolicy, now: number): Tiering => {
  const fresh = (at: number) => 0.5 ** (daysSince(at, now) / policy.halfLifeDays)
  const sum = (times: readonly number[]) => times.reduce((all, at) => all + fresh(at), 0)
  const shares = {
    importance: thousandths(weights.importance * Math.min(1, Math.max(0, life.importance))),
    recency: thousandths(weights.recency * fresh(life.writtenAt)),
    reinforced: thousandths(weights.reinforced * (1 - 0.5 ** sum(life.reinforcedAt))),
    recalled: thousandths(weights.recalled * (1 - 0.5 ** (sum(life.recalledAt) / 4))),
  }
  const score = scoreOf(shares)
  return {
    tier: life.isPinned || score >= policy.hotFrom ? 'hot' : score >= policy.warmFrom ? 'warm' : 'cold',
    shares,
    days: Math.floor(daysSince(life.writtenAt, now)),
    reinforcements: life.reinforcedAt.length,
    recalls: life.recalledAt.length,
  }
}

export const scoreOf = (shares: Shares): number =>
  thousandths(shares.importance + shares.recency + shares.reinforced + shares.recalled)

/** A clock that ran ahead makes nothing younger than new. */
const daysSince = (at: number, now: number) => Math.max(0, now - at) / 86_400_000

const thousandths = (share: number) => Math.round(share * 1000) / 1000

/** What a pass would change; the numbers of a fact. */
export interface TierChange extends Tiering {
  readonly memoryId: string
  readonly from: Tier
}

export interface TierReview {
  readonly changes: readonly TierChange[]
  readonly before: TierCounts
  readonly after: TierCounts
  readonly beyond: readonly BeyondPolicy[]
}

export type TierCounts = { readonly [T in Tier]: number }

/** Suggested to be forgotten: too old and not important enough, or the least of too many. */
export interface BeyondPolicy {
  readonly memoryId: string
  readonly because: 'age' | 'number'
}

/** Looks at all memories of a persona. What was pinned keeps its tier. The order of the lives does not matter. */
export const reviewTiers = (lives: readonly MemoryLife[], policy: MemoryPolicy, now: number): TierReview => {
  const changes: TierChange[] = []
  const [before, after] = [
    { hot: 0, warm: 0, cold: 0 },
    { hot: 0, warm: 0, cold: 0 },
  ]
  const scored = lives
    .toSorted((a, b) => (a.memoryId < b.memoryId ? -1 : 1))
    .map((life) => ({ life, tiering: tieringOf(life, policy, now) }))
  for (const { life, tiering } of scored) {
    const from = life.isPinned ? 'hot' : life.tier
    before[from] += 1
    after[tiering.tier] += 1
    if (tiering.tier !== from) changes.push({ memoryId: life.memoryId, from, ...tiering })
  }
  return { changes, before, after, beyond: beyondPolicy(scored, policy, now) }
}

interface Scored {
  readonly life: MemoryLife
  readonly tiering: Tiering
}

const beyondPolicy = (scored: readonly Scored[], policy: MemoryPolicy, now: number): readonly BeyondPolicy[] => {
  const { keepDays, keepAbove, maximum } = policy
  const isForSuggesting = ({ life }: Scored) => !life.isPinned && life.importance <= keepAbove
  const isOld = ({ life }: Scored) => keepDays !== null && daysSince(lastTouched(life), now) > keepDays
  const suggested = scored.filter(isForSuggesting)
  const old = suggested.filter(isOld)
  const tooMany = maximum === null ? 0 : Math.max(0, scored.length - old.length - maximum)
  const least = suggested
    .filter((one) => !isOld(one))
    // A sort keeps the order by id among equals.
    .toSorted((a, b) => scoreOf(a.tiering.shares) - scoreOf(b.tiering.shares))
    .slice(0, tooMany)
  return [
    ...old.map(({ life }) => ({ memoryId: life.memoryId, because: 'age' as const })),
    ...least.map(({ life }) => ({ memoryId: life.memoryId, because: 'number' as const })),
  ]
}

const lastTouched = ({ writtenAt, reinforcedAt, recalledAt }: MemoryLife): number =>
  [...reinforcedAt, ...recalledAt].reduce((latest, at) => Math.max(latest, at), writtenAt)
