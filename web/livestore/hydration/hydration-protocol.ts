import type { Anchor } from '#proof/checkpoint.ts'
import type { VerifiedLog } from '#proof/follow-log.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import type { AskOf } from '#web/services/worker-calls.ts'

// What is asked of the worker that writes the files of a store before LiveStore opens it.

/** What this device and others of this person saw of the log is held against it. */
export interface LogAsked {
  readonly storeId: string
  readonly known: VerifiedLog | undefined
  readonly anchors: readonly Anchor[]
}

export interface Evidence extends LogAsked {
  /** Null: all of the log is read. */
  readonly snapshot: Snapshot | null
}

/** With each call that reads the server’s log comes a port to the worker that does. */
export interface HydrationCalls {
  readonly hydrate: readonly [Evidence, Hydrated | NotHydrated]
  /** The state alone, of the log that is here. */
  readonly remakeState: readonly [{ readonly storeId: string }, Hydrated | NotHydrated]
  /** For other devices; nothing is written here. */
  readonly takeSnapshot: readonly [LogAsked, TakenSnapshot | NotHydrated]
}

export type HydrationAsk = AskOf<HydrationCalls>

export interface Hydrated {
  readonly events: number
  /** How far the server’s log was verified, if it was read. */
  readonly verified: VerifiedLog | undefined
}

/** For devices to come. */
export interface TakenSnapshot {
  readonly verified: VerifiedLog
  readonly form: string
  readonly eventlogBytes: number
  readonly keyRows: number
  readonly file: Uint8Array<ArrayBuffer>
}

/** Why LiveStore makes its files itself; null where that is no news: the log is short. */
export interface NotHydrated {
  readonly reason: string | null
  /** Bytes that do not fit on this device: LiveStore has no room for them either, and is not asked. */
  readonly noRoomFor?: number
}

/** What the worker is told: whether it goes on, or waits for a store that is made first. */
export interface HydrationTurn {
  readonly isFirst: boolean
}

export interface HydrationNotice {
  readonly done: number
  readonly of: number
}
