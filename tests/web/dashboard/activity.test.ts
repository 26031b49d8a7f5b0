import { expect, test } from 'vitest'
import { activityFinding, filledDays, growthFinding, stepOf, summed } from '#web/features/dashboard/activity.ts'
import { personaUsageFinding, told, usageFinding } from '#web/features/dashboard/model-usage.ts'
import { daysOf, mondayOf, monthTicks, rangeOf, tickOf, weekdayOf } from '#web/ui/charts/calendar.ts'

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

test('[SX16] the dashboard shows the last 7, 30 or 90 days, or all time since the first day; nonsense is the last 12 months', () => {
  const today = '2026-03-01'
  const ends = (range: string, firstDay?: string) => {
    const days = daysOf(rangeOf(range, today, firstDay))
    return [days.length, days[0], days.at(-1)]
  }
  expect(ends('7d')).toEqual([7, '2026-02-23', today])
  expect(ends('30d')).toEqual([30, '2026-01-31', today])
  expect(ends('90d')).toEqual([90, '2025-12-02', today])
  expect(ends('all', '2019-05-05')).toEqual([2493, '2019-05-05', today])
  expect(ends('all')).toEqual([1, today, today])
  expect(ends('all', '2026-04-01')).toEqual([1, today, today])
  expect(ends('ever')).toEqual([365, '2025-03-02', today])
})

test('[SX16] the columns of a range are days, weeks or months, few enough to be seen, and say where a month or a year begins', () => {
  expect([stepOf(7), stepOf(90), stepOf(365), stepOf(2493)]).toEqual(['day', 'day', 'week', 'month'])
  const all = filledDays(daysOf(rangeOf('all', '2026-03-01', '2019-05-05')), [
    { day: '2019-05-05', messages: 1, memories: 0 },
    { day: '2026-02-28', messages: 2, memories: 0 },
  ])
  expect(summed(all, 'month')).toHaveLength(83)
  expect(summed(all, 'day')).toEqual(all)
  expect(tickOf('day', '2026-02-01', '2026-01-31')).toBeTruthy()
  expect(tickOf('day', '2026-02-02', '2026-02-01')).toBeUndefined()
  expect(tickOf('week', '2026-02-23', '2026-02-16')).toBeTruthy() // 1 March is its Sunday
  expect(tickOf('week', '2026-03-02', '2026-02-23')).toBeUndefined()
  expect([tickOf('month', '2026-01', '2025-12'), tickOf('month', '2026-02', '2026-01')]).toEqual(['2026', undefined])
})

test('[SX18] what models cost is said in a sentence', () => {
  const row = { name: 'Home', requests: 3, cost: 0 }
  expect(usageFinding([], 'all time')).toBe('No account of a provider was asked in all time')
  expect(usageFinding([row], '2026')).toBe('3 requests of Home cost nothing')
  expect(usageFinding([{ ...row, cost: 1.5 }, row], '2026')).toMatch(/^6 requests cost .*1\.50$/)
})

test('[DA8] the numbers of personas say who cost the most', () => {
  const ada = { name: 'Ada', isTold: true, answers: 3, promptTokens: 90, completionTokens: 10, cost: 1.5 }
  const boris = { ...ada, name: 'Boris', answers: 0, promptTokens: 0, completionTokens: 0, cost: 0 }
  expect(personaUsageFinding([ada, boris], '2026')).toMatch(/^Ada cost the most: .*1\.50 of .*1\.50$/)
  expect(personaUsageFinding([{ ...ada, cost: 0 }, boris], '2026')).toBe('1 persona asked models, at no cost')
  expect(personaUsageFinding([ada], '2026')).toMatch(/^3 answers of Ada cost .*1\.50$/)
  expect(personaUsageFinding([boris, boris], '2026')).toBe('No model was asked for any persona in 2026')
  expect(personaUsageFinding([boris], '2026')).toBe('No model was asked for Boris in 2026')
})

test('[DA9] what a persona never told is “—”, and not nought', () => {
  expect([told({ isTold: true }, 0), told({ isTold: false }, 0)]).toEqual([0, '—'])
})
