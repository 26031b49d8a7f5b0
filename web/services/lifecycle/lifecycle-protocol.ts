import type { MemoryPolicy } from '#schema/memories/policy.ts'
import type { SimilarPair } from '#schema/memories/similar.ts'
import type { TierReview } from '#schema/memories/tiers.ts'
import type { LivesText, WordsText } from '#schema/stores/memory-lives.ts'
import type { AskOf } from '#web/services/worker-calls.ts'

export interface ReviewAsked {
  readonly lives: LivesText
  readonly policy: MemoryPolicy
  /** Milliseconds since 1970. */
  readonly now: number
}

export interface LifecycleCalls {
  readonly review: readonly [ReviewAsked, TierReview]
  readonly similar: readonly [WordsText, readonly SimilarPair[]]
}

export type Ask = AskOf<{ readonly [Call in keyof LifecycleCalls]: LifecycleCalls[Call] }>
