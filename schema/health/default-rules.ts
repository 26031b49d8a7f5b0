import type { AlertRule } from './wire.ts'

/** What a server watches until its operator says otherwise. */
export const defaultRules: readonly AlertRule[] = [
  is('cell-down', 'A cell does not answer', 'cell state', 'down', 0),
  is('store-down', 'A store does not answer', 'store state', 'down', 5),
  above('store-errors', 'A store has errors', 'store errors per hour', 10, 0),
  above('cell-slow', 'A cell is slow to take what is pushed', 'cell push p95', 1000, 10),
  above('cell-full', 'A cell holds more than it should', 'cell utilisation', 1, 15),
  above('store-quota', 'A store nears what one object can hold', 'store quota', 0.8, 0),
  above('move-failed', 'A move was called off', 'move failed', 0, 0),
  above('move-stuck', 'A move does not end', 'move under way', 30, 0),
]

function is(
  ruleId: string,
  name: string,
  measure: AlertRule['measure'],
  state: 'degraded' | 'down',
  forMinutes: number,
): AlertRule {
  return { ...rule(ruleId, name, measure, forMinutes), is: state }
}

function above(
  ruleId: string,
  name: string,
  measure: AlertRule['measure'],
  most: number,
  forMinutes: number,
): AlertRule {
  return { ...rule(ruleId, name, measure, forMinutes), above: most }
}

function rule(ruleId: string, name: string, measure: AlertRule['measure'], forMinutes: number) {
  return { ruleId, name, measure, forMinutes, webhook: null, secret: null, isOn: true } as const
}
