import { expect, test } from 'vitest'
import { activityFinding, filledDays, growthFinding, summed } from '#web/features/dashboard/activity.ts'
import { daysOf, mondayOf, monthTicks, rangeOf, weekdayOf } from '#web/features/dashboard/calendar.ts'

const quiet = filledDays(daysOf(rangeOf('2026', '2026-07-01')), [])
const busy = filledDays(daysOf(rangeOf('2026', '2026-07-01')), [
  { day: '2026-02-28', messages: 3, memories: 1 },
  { day: '2026-03-01', messages: 90, memories: 0 },
  { day: '2026-03-02', messages: 7, memories: 2 },
])

test('[DA1] without a year the dashboard shows the 365 days up to today, with one that year', () => {
  const recent = daysOf(rangeOf(undefined, '2026-03-01'))
  expect([recent.length, recent[0], recent.at(-1)]).toEqual([365, '2025-03-02', '2026-03-01'])
  const leap = daysOf(rangeOf('2024', '2026-03-01'))
  expect([leap.length, leap[0], leap.at(-1)]).toEqual([366, '2024-01-01', '2024-12-31'])
  expect(daysOf(rangeOf('recent', '2026-03-01'))).toEqual(recent)
})

test('[DA2] every day of the range has a place, in weeks that begin on Monday, UTC', () => {
  expect(weekdayOf('2026-03-02')).toBe(0)
  expect(mondayOf('2026-03-01')).toBe('2026-02-23')
  expect(busy).toHaveLength(365)
  expect(summed(busy, 'week').filter(({ messages }) => messages > 0)).toEqual([
    { day: '2026-02-23', messages: 93, memories: 1 },
    { day: '2026-03-02', messages: 7, memories: 2 },
  ])
  expect(monthTicks(busy.map(({ day }) => day))[2]?.week).toBe(8)
})

test('[DA3] a chart says in its title what it shows', () => {
  expect(activityFinding(busy, '2026')).toMatch(/^Active on 3 days, most on .*1.*2026/)
  expect(activityFinding(quiet, '2026')).toBe('Nothing was said or learnt in 2026')
  expect(growthFinding(busy, '2026')).toMatch(/^Most was said in .*2026: 97 of 100 messages$/)
  expect(growthFinding(quiet, '2026')).toBe('Nothing was added in 2026')
})
