import type { PlannedMove } from '#schema/placement/planner.ts'
import type { Env } from '#sync-worker/env.ts'

/** There is one. */
export const rebalancerOf = ({ REBALANCER }: Env) => REBALANCER.getByName('rebalancer')

/** Nobody else would, where it was never asked for anything: once in an isolate is often enough. */
export const wakeRebalancer = async (env: Env): Promise<void> => {
  if (isAwake) return
  isAwake = true
  await rebalancerOf(env).resume()
}

let isAwake = false

/** What the Worker asks of it. */
export interface RebalancerCalls extends Rpc.DurableObjectBranded {
  /** Sets its alarm to when it has something to do. */
  readonly resume: () => void
  /** Looks at once; with `act` what it finds is moved. */
  readonly look: (act: boolean) => void
  /** These are moved when it is their turn, whatever was found. */
  readonly enqueue: (moves: readonly PlannedMove[]) => void
  readonly standing: () => Standing
}

export interface Standing {
  readonly last: { readonly at: number; readonly suggested: number; readonly started: number } | null
  readonly nextAt: number | null
  readonly underWay: number
  readonly waiting: readonly PlannedMove[]
  readonly suggestions: readonly PlannedMove[]
}
