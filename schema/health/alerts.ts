import type { AlertRule, Measure } from './wire.ts'

/** One value of one measure, and whose it is. */
export interface Reading {
  readonly measure: Measure
  readonly subject: string
  readonly value: number | string
}

/** A condition that holds: an alert once it has held as long as its rule says. */
export interface Standing {
  readonly ruleId: string
  readonly subject: string
  readonly since: number
  readonly isOpen: boolean
  readonly what: string
}

export interface Judgement {
  /** What stands from now on, those just opened among them. */
  readonly standing: readonly Standing[]
  readonly opened: readonly Standing[]
  /** Were open, and are so no more. */
  readonly ended: readonly Standing[]
}

/**
 *     ──┬── no ──► nothing, or the end of what was open
 *       └── yes ─► waits ──(for as long as the rule says)──► open
 *
 * What no reading speaks of is over, and so is what a rule opened that was turned off or removed.
 */
export const judge = (
  rules: readonly AlertRule[],
  readings: readonly Reading[],
  before: readonly Standing[],
  now: number,
): Judgement => {
  const known = new Map(before.map((standing) => [keyOf(standing), standing]))
  const standing = rules
    .filter(({ isOn }) => isOn)
    .flatMap((rule) =>
      readings
        .filter((reading) => reading.measure === rule.measure && holds(rule, reading))
        .map((reading): Standing => {
          const { ruleId } = rule
          const { subject } = reading
          const { since, isOpen } = known.get(keyOf({ ruleId, subject })) ?? { since: now, isOpen: false }
          const isDue = isOpen || now - since >= rule.forMinutes * 60_000
          return { ruleId, subject, since, isOpen: isDue, what: sentenceFor(rule, reading) }
        }),
    )
  const openNow = new Set(standing.filter(({ isOpen }) => isOpen).map(keyOf))
  return {
    standing,
    opened: standing.filter((one) => one.isOpen && known.get(keyOf(one))?.isOpen !== true),
    ended: before.filter((one) => one.isOpen && !openNow.has(keyOf(one))),
  }
}

const keyOf = ({ ruleId, subject }: Pick<Standing, 'ruleId' | 'subject'>) => `${ruleId} ${subject}`

const holds = (rule: AlertRule, { value }: Reading): boolean =>
  'is' in rule ? value === rule.is : typeof value === 'number' && value > rule.above

const sentenceFor = (rule: AlertRule, { subject, value }: Reading): string =>
  'is' in rule
    ? `${rule.name}: ${subject} is ${value}.`
    : `${rule.name}: ${subject} stands at ${rounded(value)}, above ${rounded(rule.above)}.`

const rounded = (value: number | string) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)
