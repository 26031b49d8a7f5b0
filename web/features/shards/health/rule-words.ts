import type { AlertRule, AlertRuleChange, AlertRuleInput, Measure } from '#schema/health/wire.ts'
import { msText, percent } from './figures.ts'

type Kind = 'state' | 'count' | 'ms' | 'part' | 'flag' | 'minutes'

/** Every measure, what it is called and in what it is counted. */
export const measures: Readonly<Record<Measure, { readonly label: string; readonly kind: Kind }>> = {
  'cell state': { label: 'State of a cell', kind: 'state' },
  'store state': { label: 'State of a store', kind: 'state' },
  'cell errors per hour': { label: 'Errors of a cell an hour', kind: 'count' },
  'store errors per hour': { label: 'Errors of a store an hour', kind: 'count' },
  'cell push p95': { label: 'Pushes to a cell, p95', kind: 'ms' },
  'cell pull p95': { label: 'Pulls from a cell, p95', kind: 'ms' },
  'cell utilisation': { label: 'How full a cell is', kind: 'part' },
  'store quota': { label: 'How full a store is', kind: 'part' },
  'move failed': { label: 'A move failed', kind: 'flag' },
  'move under way': { label: 'How long a move takes', kind: 'minutes' },
}

/** “Cell down: State of a cell is down for 10 min”, without its name. */
export const conditionOf = (rule: AlertRuleInput): string => {
  const { label, kind } = measures[rule.measure]
  const lasting = rule.forMinutes === 0 ? '' : ` for ${rule.forMinutes} min`
  if ('is' in rule) return `${label} is ${rule.is}${lasting}`
  if (kind === 'flag') return `${label}${lasting}`
  return `${label} above ${amountText(kind, rule.above)}${lasting}`
}

/** “Cell down was changed: State of a cell is down, off”. */
export const ruleChangeWords = ({ kind, rule }: Pick<AlertRuleChange, 'kind' | 'rule'>): string =>
  kind === 'removed'
    ? `“${rule.name}” was removed`
    : `“${rule.name}” was ${kind}: ${conditionOf(rule)}${rule.isOn ? '' : ', off'}`

const amountText = (kind: Kind, above: number): string => {
  if (kind === 'part') return percent(above)
  if (kind === 'ms') return msText(above)
  return kind === 'minutes' ? `${above} min` : above.toLocaleString()
}

/** What a form holds of a rule; parts are percent there. */
export interface RuleDraft {
  readonly name: string
  readonly measure: Measure
  readonly is: 'degraded' | 'down'
  readonly above: number
  readonly forMinutes: number
  readonly webhook: string
  readonly isOn: boolean
}

export const newDraft: RuleDraft = {
  name: '',
  measure: 'cell state',
  is: 'down',
  above: 0,
  forMinutes: 0,
  webhook: '',
  isOn: true,
}

export const draftOf = (rule: AlertRule): RuleDraft => ({
  ...newDraft,
  ...rule,
  ...('above' in rule && { above: measures[rule.measure].kind === 'part' ? rule.above * 100 : rule.above }),
  webhook: rule.webhook ?? '',
})

export const ruleOf = ({ name, measure, is, above, forMinutes, webhook, isOn }: RuleDraft): AlertRuleInput => {
  const rest = { name: name.trim(), measure, forMinutes, webhook: webhook.trim() === '' ? null : webhook.trim(), isOn }
  const { kind } = measures[measure]
  if (kind === 'state') return { ...rest, is }
  return { ...rest, above: kind === 'part' ? above / 100 : kind === 'flag' ? 0 : above }
}
