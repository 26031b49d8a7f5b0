import type { Place } from '#sync-worker/placement.ts'

/** A move, as its desk keeps it and tells it. */
export interface Move {
  readonly moveId: string
  readonly storeId: string
  readonly from: Place
  readonly to: Place
  readonly step: Step
  /** Of the log, when it was last looked at, and how many of them are at the new place. */
  readonly events: number
  readonly copied: number
  readonly bytes: number
  /** Of each table that grows: up to which row both sides were found equal. */
  readonly verified: Readonly<Record<string, number>>
  readonly startedAt: number
  readonly fencedAt: number | null
  readonly fenceMs: number | null
  readonly endedAt: number | null
  /** When the next try or the cleaning is due. */
  readonly dueAt: number
  readonly failures: number
  /** Why it was rolled back, or what the last try failed with. */
  readonly why: string | null
}

export type Step =
  | 'planned'
  | 'copying'
  | 'verifying'
  | 'fencing'
  | 'cutting over'
  | 'handing over'
  | 'settling'
  | 'grace'
  | 'cleaned'
  | 'rolling back'
  | 'rolled back'

/** Until the cut-over the source is the owner, and stays it if anything fails; after it there is only forward. */
export const canRollBack = ({ step }: Move): boolean =>
  step === 'planned' || step === 'copying' || step === 'verifying' || step === 'fencing'

export const hasEnded = ({ step }: Move): boolean => step === 'cleaned' || step === 'rolled back'

/** Whether another move of the store may begin. */
export const isUnderWay = (move: Move): boolean => !hasEnded(move) && move.step !== 'grace'

/** Whoever writes waits. */
export const isBehindFence = ({ step }: Move): boolean => step === 'cutting over' || step === 'handing over'

/** A day: the longest that an isolate can be expected to hold on to an old place, and somebody to look for a lost log. */
export const graceTime = 24 * 3_600_000

/** With each failure twice as long, at most a minute. */
export const pauseAfter = (failures: number): number => Math.min(100 * 2 ** failures, 60_000)

/** So often a step may fail before the move is rolled back, if it still can be. */
export const mostFailures = 6
