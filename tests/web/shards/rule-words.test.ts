import { Schema } from 'effect'
import { expect, test } from 'vitest'
import { AlertRuleInput } from '#schema/health/wire.ts'
import {
  conditionOf,
  draftOf,
  measures,
  newDraft,
  ruleChangeWords,
  ruleOf,
} from '#web/features/shards/health/rule-words.ts'
import { rule } from './fixtures.ts'

test('[RM9] a rule is told as a sentence, in the unit of what it looks at', () => {
  expect(conditionOf(rule())).toBe('State of a cell is down for 5 min')
  const above = (measure: 'cell utilisation' | 'cell push p95' | 'move failed', above: number) => {
    const { is: _, ...rest } = { is: undefined, ...rule() }
    return conditionOf({ ...rest, measure, above, forMinutes: 0 })
  }
  expect(above('cell push p95', 500)).toBe('Pushes to a cell, p95 above 500 ms')
  expect(above('cell utilisation', 0.9)).toBe('How full a cell is above 90%')
  expect(above('move failed', 0)).toBe('A move failed')
})

test('[RM9] what a form holds becomes a rule that the server takes, whatever it looks at', () => {
  const takes = Schema.is(AlertRuleInput)
  for (const measure of Object.keys(measures)) {
    const made = ruleOf({ ...newDraft, name: ' Full ', measure: measure as keyof typeof measures, above: 90 }) // its own keys
    expect(takes(made)).toBe(true)
    expect(made.name).toBe('Full')
    expect(made.webhook).toBeNull()
  }
  const full = ruleOf({ ...newDraft, name: 'Full', measure: 'cell utilisation', above: 90 })
  expect(full).toMatchObject({ above: 0.9 })
  expect(draftOf({ ...full, ruleId: 'r1', secret: null }).above).toBe(90)
})

test('[HE32] a change of a rule is told as a sentence', () => {
  expect(ruleChangeWords({ kind: 'made', rule: rule() })).toBe(
    '“A cell is down” was made: State of a cell is down for 5 min',
  )
  expect(ruleChangeWords({ kind: 'changed', rule: rule({ isOn: false }) })).toMatch(/ was changed: .* for 5 min, off$/)
  expect(ruleChangeWords({ kind: 'removed', rule: rule() })).toBe('“A cell is down” was removed')
})
