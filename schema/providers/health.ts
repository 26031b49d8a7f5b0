import type { Health } from './events.ts'

/** How one call or probe went. `failure`: the code of what went wrong. `ms`: until the first of it came. */
export interface Outcome {
  readonly failure?: string
  readonly ms?: number
}

/**
 * How an account does, by its last outcomes, the newest last.
 *
 *     unknown   nothing was asked yet
 *     down      it cannot be reached or refuses the key; or failed three times in a row
 *     degraded  one of the last five failed for no reason that is gone since, or the last took long to begin
 *     healthy   else
 */
export const healthOf = (outcomes: readonly Outcome[]): Health => {
  const last = outcomes.at(-1)
  if (last === undefined) return 'unknown'
  const failures = (count: number) => outcomes.slice(-count).flatMap(({ failure }) => failure ?? [])
  if (last.failure !== undefined && shut.has(last.failure)) return 'down'
  if (failures(3).length === 3) return 'down'
  const isShaky = failures(rememberedOutcomes).some((failure) => !shut.has(failure))
  return isShaky || (last.ms ?? 0) > slow ? 'degraded' : 'healthy'
}

/** As many as `healthOf` looks at. */
export const rememberedOutcomes = 5

const slow = 30_000

/** Nothing gets through until somebody changes something; what gets through says that it was. */
const shut = new Set(['refused', 'cors', 'wrongKey', 'noKey'])

/** What says something about this device, the person or the question, and nothing about the provider. */
export const tellsOfHealth = (failure: string | undefined): boolean =>
  failure === undefined || !['offline', 'stopped', 'tooLong', 'wrongModel'].includes(failure)

/** Whether asking again by itself may find it well: a key does not mend itself. */
export const mayMendItself = (failure: string | undefined): boolean =>
  failure !== undefined && ['refused', 'cors', 'server', 'timeout', 'overloaded', 'malformed'].includes(failure)

/** How long to wait before the nth probe, from 0 on. */
export const probeDelay = (tries: number): number => Math.min(300_000, 5000 * 2 ** tries)
