import { expect, test } from 'vitest'
import { aDayFrom, numberAt, paceOf, timeOf } from '#web/features/past/log-times.ts'

const hour = 3_600_000
const day = 24 * hour
/** Three busy hours, two quiet days, then two events at once. */
const log = {
  head: 6,
  numbers: [1, 2, 3, 4, 5, 6],
  times: [0, hour, 2 * hour, 2 * day, 4 * day, 4 * day].map((time) => time + 1000),
}

test('[PT4] a time leads to the last event that had happened, and a number to its time', () => {
  expect([0, 1000, 1000 + hour, day, 5 * day].map((time) => numberAt(log, time))).toEqual([0, 1, 2, 3, 6])
  expect([1, 3, 6].map((n) => timeOf(log, n))).toEqual([1000, 1000 + 2 * hour, 1000 + 4 * day])
  expect(numberAt(log, timeOf(log, 0))).toBe(0)
})

test('[PT4] a day on or back is one event at least, and never beyond the log', () => {
  expect([0, 1, 3, 4, 6].map((n) => aDayFrom(log, n, 1))).toEqual([3, 3, 4, 5, 6])
  expect([6, 5, 3, 1, 0].map((n) => aDayFrom(log, n, -1))).toEqual([4, 4, 0, 0, 0])
})

test('[PT4] the outline is high where much happened, whatever the log is like', () => {
  const pace = paceOf(log, 3)
  expect(pace).toHaveLength(3)
  expect(pace[0]).toBeGreaterThan(pace[1] ?? 0)
  expect(paceOf({ head: 0, numbers: [], times: [] }, 160)).toEqual([])
  expect(paceOf({ head: 1, numbers: [1], times: [5] }, 160).every(Number.isFinite)).toBe(true)
})
