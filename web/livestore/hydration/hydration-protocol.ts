import type { Anchor } from '#proof/checkpoint.ts'
import type { VerifiedLog } from '#proof/follow-log.ts'
import type { AskOf } from '#web/services/worker-calls.ts'

// What is asked of the worker that writes the files of a store before LiveStore opens it.

export interface HydrationCalls {
  readonly hydrate: readonly [LogAsked, Hydrated | NotHydrated]
  /** The state alone, of the log that is here. */
  readonly remakeState: readonly [{ readonly storeId: string }, Hydrated | NotHydrated]
}

/** What this device and others of this person saw of the log is held against it. */
export interface LogAsked {
  readonly storeId: string
  readonly known: VerifiedLog | undefined
  readonly anchors: readonly Anchor[]
}

export type HydrationAsk = AskOf<HydrationCalls>

export interface Hydrated {
  readonly events: number
  /** How far the server’s log was verified, if it was read. */
  readonly verified: VerifiedLog | undefined
}

/** Why LiveStore makes its files itself; null where that is no news: the log is short. */
export interface NotHydrated {
  readonly reason: string | null
}

export interface HydrationNotice {
  readonly done: number
  readonly of: number
}
