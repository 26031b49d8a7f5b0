import type { Env } from '#sync-worker/env.ts'

/** There is one. */
export const rebalancerOf = ({ REBALANCER }: Env) => REBALANCER.getByName('rebalancer')

/** Nobody else would, where it was never asked for anything: once in an isolate is often enough. */
export const wakeRebalancer = async (env: Env): Promise<void> => {
  if (isAwake) return
  await rebalancerOf(env).resume()
  isAwake = true
}

let isAwake = false
