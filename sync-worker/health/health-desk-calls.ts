import type { Env } from '#sync-worker/env.ts'

/** What is asked of the one desk that looks after all cells. */
export interface HealthDeskCalls extends Rpc.DurableObjectBranded {
  /** Looks in a moment, if it does not look already. */
  readonly begin: () => void
  /** Looks by then. */
  readonly lookBy: (at: number) => void
}

export const deskOf = (env: Env) => env.HEALTH_DESK.getByName('desk')
