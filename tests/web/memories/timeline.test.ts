import { expect, test } from 'vitest'
import { filterOfSearch } from '#web/features/memories/memory-search.ts'
import { clockChanges } from '#web/features/memories/timeline/clock-changes.ts'
import { barsIn, countIn, dayCountsOf, unitOf, wholeSpan } from '#web/features/memories/timeline/density.ts'
import { pickedIn, spanToWhen, whenToSpan } from '#web/features/memories/timeline/timeline-address.ts'
import { keptWithin, moved, zoomed } from '#web/ui/charts/time-span.ts'
import { day } from '#web/ui/charts/time-units.ts'

const utc = (date: string) => Date.parse(date)
const span = (from: string, to: string) => ({ from: utc(from), to: utc(to) })
const daysFrom = (rows: readonly (readonly [string, string, number])[]) =>
  dayCountsOf(JSON.stringify(rows.map(([date, kind, count]) => [utc(date) / day, kind, count])))

test('[TL3] bars are days, weeks, months or years as the span allows, and count each memory once', () => {
  expect(unitOf(span('2026-01-01', '2026-02-01'))).toBe('day')
  expect(unitOf(span('2026-01-01', '2026-07-01'))).toBe('week')
  expect(unitOf(span('2024-01-01', '2026-07-01'))).toBe('month')
  expect(unitOf(span('2016-01-01', '2026-07-01'))).toBe('year')

  // Ten years, a memory a day: whatever is looked at, none is lost and none counted twice.
  const ten = daysFrom(
    Array.from({ length: 3653 }, (_, n) => [
      new Date(utc('2016-01-01') + n * day).toISOString().slice(0, 10),
      n % 2 ? 'fact' : 'event',
      1,
    ]),
  )
  const years = barsIn(ten, wholeSpan(ten, 7 * day), ['fact', 'other'])
  expect(years.map(({ total }) => total)).toEqual([366, 365, 365, 365, 366, 365, 365, 365, 366, 365])
  expect(years[0]!.counts).toEqual([183, 183])
  const weeks = barsIn(ten, span('2024-12-30', '2025-12-29'), ['fact'])
  expect(weeks).toHaveLength(52)
  expect(new Set(weeks.map(({ total }) => total))).toEqual(new Set([7]))
  // 29 March 2026 has 23 hours in Europe, and is a bar like any other.
  expect(barsIn(ten, span('2026-03-28', '2026-03-31'), []).map(({ from, to }) => to - from)).toEqual([day, day, day])

  const one = daysFrom([['2026-03-29', 'fact', 1]])
  const whole = wholeSpan(one, 7 * day)
  expect(whole.to - whole.from).toBe(7 * day)
  expect(barsIn(one, whole, ['fact']).map(({ total }) => total)).toEqual([0, 0, 0, 1, 0, 0, 0])
  expect(barsIn([], wholeSpan([], 7 * day), ['fact']).every(({ total }) => total === 0)).toBe(true)
  expect(countIn(ten, span('2020-02-28', '2020-03-01'))).toBe(2)
})

test('[TL4] where a clock changes is found to the millisecond', () => {
  const [spring, autumn] = [utc('2026-03-29T01:00:00Z'), utc('2026-10-25T01:00:00Z')]
  const ahead = (time: number) => (time >= spring && time < autumn ? 7_200_000 : 3_600_000)
  expect(clockChanges(utc('2026-01-01'), utc('2027-01-01'), ahead)).toEqual([
    { from: utc('2026-01-01'), ahead: 3_600_000 },
    { from: spring, ahead: 7_200_000 },
    { from: autumn, ahead: 3_600_000 },
  ])
  expect(clockChanges(utc('2026-01-01'), utc('2026-01-01'), ahead)).toHaveLength(1)
  // The calendar of a century that has no clock costs no more than one that has.
  expect(clockChanges(-8.64e15, 8.64e15, () => 0)).toEqual([{ from: utc('1900-01-01'), ahead: 0 }])
})

test('[TL5] what shows stays within all there is, and is never shorter than a week', () => {
  const whole = span('2020-01-01', '2026-01-01')
  const year = span('2024-01-01', '2025-01-01')
  const middle = utc('2024-07-01')
  expect(keptWithin(zoomed(year, 1e9, middle), whole, 7 * day)).toEqual(whole)
  const close = keptWithin(zoomed(year, 0, middle), whole, 7 * day)
  expect(close.to - close.from).toBe(7 * day)
  expect((close.from + close.to) / 2).toBe(middle)
  const last = keptWithin(moved(year, 50 * 365 * day), whole, 7 * day)
  expect(last.to).toBe(whole.to)
  expect(last.to - last.from).toBe(year.to - year.from)
  // Whatever is under the pointer stays there.
  const closer = zoomed(year, 0.5, utc('2024-02-01'))
  expect((utc('2024-02-01') - closer.from) / (closer.to - closer.from)).toBeCloseTo(31 / 366)
})

test('[TL6] a time that is drawn is said in days, both included, and is read as the same days', () => {
  const march = span('2026-03-01', '2026-04-01')
  expect(spanToWhen(march)).toBe('2026-03-01..2026-03-31')
  expect(whenToSpan('2026-03-01..2026-03-31')).toEqual(march)
  expect(pickedIn('2026-03-01..2026-03-31', 0, march)).toEqual(march)
  expect(pickedIn('2026-03-10..', 0, march)).toEqual(span('2026-03-10', '2026-04-01'))
  for (const nonsense of [undefined, '', '..', 'soon..later', '2026-04-01..2026-03-01']) {
    expect(whenToSpan(nonsense)).toBeUndefined()
  }
  expect(pickedIn('soon', 0, march)).toBeNull()
})

test('[TL10] a drawn time is of when it was true, or of when it was learnt, as the address says', () => {
  const [from, to] = [new Date(2026, 2, 1), new Date(2026, 3, 1)]
  expect(filterOfSearch({ when: '2026-03-01..2026-03-31' }, 0)).toEqual({ from, to })
  expect(filterOfSearch({ when: '2026-03-01..2026-03-31', time: 'added' }, 0)).toEqual({ addedFrom: from, addedTo: to })
})
