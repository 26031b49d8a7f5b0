import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judge, type Reading, type Standing } from '#schema/health/alerts.ts'
import { defaultRules } from '#schema/health/default-rules.ts'
import { averageMsOf, countOf, merged, noTimes, quantileMsOf, withTime } from '#schema/health/histogram.ts'
import { failureNoted, hourBefore, newMeter, noted } from '#schema/health/meter.ts'
import { stateOf, uptimeOf, utilisationOf } from '#schema/health/state.ts'
import type { AlertRule } from '#schema/health/wire.ts'

const times = fc.array(fc.double({ min: 1, max: 50_000, noNaN: true }), { minLength: 1, maxLength: 300 })
const histogramOf = (all: readonly number[]) => all.reduce(withTime, noTimes)

describe('[HE1] of times only buckets are kept, and every quantile told is at most a fifth above the exact one', () => {
  test('whatever they are', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const exact = all.toSorted((a, b) => a - b)[Math.ceil(all.length * share) - 1]!
        const told = quantileMsOf(histogramOf(all), share)!
        expect(told).toBeGreaterThanOrEqual(exact * 0.999_999)
        expect(told).toBeLessThanOrEqual(exact * 1.19)
      }),
    )
  })

  test('and of many objects together it is the same as of all their times', () => {
    fc.assert(
      fc.property(times, times, (some, others) => {
        const both = merged([histogramOf(some), histogramOf(others)])
        expect(countOf(both)).toBe(some.length + others.length)
        expect(quantileMsOf(both, 0.95)).toBe(quantileMsOf(histogramOf([...some, ...others]), 0.95))
        const sum = [...some, ...others].reduce((total, ms) => total + ms, 0)
        expect(averageMsOf(both)).toBeCloseTo(sum / countOf(both), 6)
      }),
    )
  })

  test('of none nothing is told, and what took longer than all buckets counts in the last', () => {
    expect([averageMsOf(noTimes), quantileMsOf(noTimes, 0.95)]).toEqual([null, null])
    expect(quantileMsOf(histogramOf([10_000_000]), 0.95)).toBeGreaterThan(55_000)
  })
})

test('[HE2] a meter speaks of the last hour, to five minutes, and holds no more', () => {
  const from = 1_800_000_000_000
  let meter = newMeter
  for (let minute = 0; minute < 180; minute++) meter = noted(meter, 'push', 10, from + minute * 60_000)
  const last = from + 179 * 60_000
  expect(countOf(hourBefore(meter, last).push)).toBeGreaterThanOrEqual(55)
  expect(countOf(hourBefore(meter, last).push)).toBeLessThanOrEqual(60)
  expect(meter.slots.length).toBeLessThanOrEqual(12)
  const failed = failureNoted(meter, 'x'.repeat(1000), last)
  expect(hourBefore(failed, last).errors).toBe(1)
  expect(failed.lastError).toEqual({ at: last, what: 'x'.repeat(200) })
  expect(hourBefore(failed, last + 3_900_000)).toMatchObject({ errors: 0, push: noTimes })
})

test('[HE3] a cell is down if nothing in it answers, degraded if something does not, is slow or fails, else healthy', () => {
  const found = { asked: 3, answered: 3, calls: 100, pushP95Ms: 50, errors: 0 }
  expect(stateOf(found)).toBe('healthy')
  expect(stateOf({ ...found, answered: 0 })).toBe('down')
  expect(stateOf({ ...found, answered: 2 })).toBe('degraded')
  expect(stateOf({ ...found, pushP95Ms: 1500 })).toBe('degraded')
  expect(stateOf({ ...found, pushP95Ms: 1500, calls: 3 })).toBe('healthy')
  expect(stateOf({ ...found, errors: 2 })).toBe('degraded')
  expect(stateOf({ ...found, asked: 0, answered: 0 })).toBe('unknown')
  expect(uptimeOf({ healthy: 200, degraded: 40, down: 48 })).toBeCloseTo(240 / 288)
  expect(uptimeOf({ healthy: 0, degraded: 0, down: 0 })).toBe(null)
  const most = { records: 100_000, bytes: 2 ** 30, connections: 100 }
  expect(utilisationOf({ records: 50_000, bytes: 2 ** 20, connections: 80 }, most)).toBe(0.8)
})

describe('[HE4] an alert opens once its condition has held as long as its rule says, once, and ends with it', () => {
  const rule: AlertRule = { ...defaultRules[0]!, ruleId: 'r', forMinutes: 10 }
  const down: Reading = { measure: 'cell state', subject: 'c1', value: 'down' }
  const up: Reading = { ...down, value: 'healthy' }

  test('it waits, opens, stays and ends', () => {
    const first = judge([rule], [down], [], 0)
    expect(first).toMatchObject({ opened: [], standing: [{ since: 0, isOpen: false }] })
    const second = judge([rule], [down], first.standing, 600_000)
    expect(second.opened).toMatchObject([{ subject: 'c1', since: 0, what: 'A cell does not answer: c1 is down.' }])
    const third = judge([rule], [down], second.standing, 900_000)
    expect(third).toMatchObject({ opened: [], ended: [], standing: [{ isOpen: true }] })
    expect(judge([rule], [up], third.standing, 900_000)).toMatchObject({ ended: [{ subject: 'c1' }], standing: [] })
    expect(judge([rule], [up], first.standing, 60_000)).toMatchObject({ ended: [], standing: [] })
  })

  test('a rule that is turned off ends what it opened', () => {
    const { standing } = judge([{ ...rule, forMinutes: 0 }], [down], [], 0)
    expect(judge([{ ...rule, isOn: false }], [down], standing, 1)).toMatchObject({
      standing: [],
      ended: [{ ruleId: 'r' }],
    })
  })

  test('whatever is read, each subject opens and ends in turn, and never twice', () => {
    const readings = fc.array(fc.array(fc.tuple(fc.constantFrom('c1', 'c2'), fc.constantFrom('down', 'healthy'))))
    fc.assert(
      fc.property(readings, fc.nat(20), (looks, forMinutes) => {
        let standing: readonly Standing[] = []
        const open = new Set<string>()
        looks.forEach((look, index) => {
          const read = [...new Map(look)].map(([subject, value]) => ({ ...down, subject, value }))
          const judged = judge([{ ...rule, forMinutes }], read, standing, index * 300_000)
          for (const { subject } of judged.opened) expect(open.has(subject) || !open.add(subject)).toBe(false)
          for (const { subject } of judged.ended) expect(open.delete(subject)).toBe(true)
          standing = judged.standing
          expect(new Set(standing.filter(({ isOpen }) => isOpen).map(({ subject }) => subject))).toEqual(open)
        })
      }),
    )
  })
})

test('[HE5] there are rules from the beginning, and each says one thing', () => {
  expect(new Set(defaultRules.map(({ ruleId }) => ruleId)).size).toBe(defaultRules.length)
  expect(defaultRules.every(({ webhook, isOn }) => webhook === null && isOn)).toBe(true)
})
