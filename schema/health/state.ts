import type { HealthState } from './wire.ts'

/** What a check found of a cell: how many of the objects it asked there answered in time, and what they count. */
export interface Found {
  readonly asked: number
  readonly answered: number
  readonly calls: number
  readonly pushP95Ms: number | null
  readonly errors: number
}

/** Down is who does not answer at all; nothing is known where there is nothing to ask. */
export const stateOf = ({ asked, answered, calls, pushP95Ms, errors }: Found): HealthState => {
  if (asked === 0) return 'unknown'
  if (answered === 0) return 'down'
  const isSlow = calls >= fewCalls && (pushP95Ms ?? 0) > slowPushMs
  const isFailing = errors > calls * manyErrors
  return answered < asked || isSlow || isFailing ? 'degraded' : 'healthy'
}

/** The share of checks that found it up; null if none looked. */
export const uptimeOf = (checks: Readonly<Record<'healthy' | 'degraded' | 'down', number>>): number | null => {
  const up = checks.healthy + checks.degraded
  return up + checks.down === 0 ? null : up / (up + checks.down)
}

/** The highest share of what is held; of a threshold that nobody set, nothing. */
export const utilisationOf = (
  held: { readonly records: number; readonly bytes: number; readonly connections: number },
  most: { readonly records: number; readonly bytes: number; readonly connections: number },
): number => Math.max(held.records / most.records, held.bytes / most.bytes, held.connections / most.connections)

/** What a commit may take to the other device. */
const slowPushMs = 1000
/** Of fewer calls a p95 says little: it is the slowest. */
const fewCalls = 20
/** One in a hundred. */
const manyErrors = 0.01
