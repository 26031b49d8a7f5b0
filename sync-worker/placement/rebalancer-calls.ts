import type { PlannedMove } from '#schema/placement/planner.ts'

/** What the Worker asks of the rebalancer. */
export interface RebalancerCalls extends Rpc.DurableObjectBranded {
  /** Sets its alarm to when it has something to do. */
  readonly resume: () => void
  /** Looks at once; with `act` what it finds is moved. */
  readonly look: (act: boolean) => void
  /** Its next look is due now, whenever the last one was. */
  readonly lookSoon: () => void
  /** These are moved when it is their turn, whatever was found. */
  readonly enqueue: (moves: readonly PlannedMove[]) => void
  readonly standing: () => Standing
  /** The days after this one on which it looked, or began a move. */
  readonly daysAfter: (day: string) => readonly RebalancerDay[]
}

export interface RebalancerDay {
  /** UTC, `2026-03-01`. */
  readonly day: string
  readonly looks: number
  readonly started: number
}

export interface Standing {
  readonly last: { readonly at: number; readonly suggested: number; readonly started: number } | null
  readonly nextAt: number | null
  readonly underWay: number
  readonly waiting: readonly PlannedMove[]
  readonly suggestions: readonly PlannedMove[]
}
