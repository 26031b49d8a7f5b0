import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { PatternUnreadable } from '#schema/stores/log-pattern.ts'
import { eventNumberOf, isNarrowed, momentsOf, noFilters, queryOf, whenOf } from '#web/features/log/log-address.ts'
import { barsOf } from '#web/features/log/log-bars.ts'
import { type LogLine, linesOf, rowNear } from '#web/features/log/log-lines.ts'
import type { FoundEvents } from '#web/services/history/log-protocol.ts'

const hour = 3_600_000
const now = Date.UTC(2026, 2, 3, 12)
const here = { now, seen: 40 }

test('[LG7] an address says all that narrows the log, and nonsense in it narrows nothing', () => {
  expect(
    queryOf({ text: 'tea', regex: '^a', name: 'v1.A,v1.B', device: 'd', person: 'p', when: '7d', since: 'seen' }, here),
  ).toEqual({
    text: 'tea',
    pattern: /^a/imu,
    names: ['v1.A', 'v1.B'],
    deviceId: 'd',
    actorId: 'p',
    from: now - 7 * 24 * hour,
    after: 40,
  })
  expect(queryOf({ when: '2026-03-01T10:00:00.000Z..2026-03-02T10:00:00Z', since: '12' }, here)).toEqual({
    from: Date.UTC(2026, 2, 1, 10),
    to: Date.UTC(2026, 2, 2, 10),
    after: 12,
  })
  expect(queryOf({ text: ' ', regex: '', name: ',', when: 'soon..later', since: 'ever' }, here)).toEqual({})
  expect(queryOf({ regex: '(' }, here)).toBeInstanceOf(PatternUnreadable)
  expect(isNarrowed({ time: 'utc', event: '3', timeline: 'hide' })).toBe(false)
  expect(isNarrowed({ when: '7d' })).toBe(true)
  expect(Object.keys(noFilters).filter((key) => !isNarrowed({ [key]: 'x' }))).toEqual([])
  expect([eventNumberOf({ event: '12' }), eventNumberOf({ event: '0' }), eventNumberOf({ event: 'x1' })]).toEqual([
    12,
    undefined,
    undefined,
  ])
})

test('[LG7] a range of time is written as it is read', () => {
  const time = fc.option(fc.integer({ min: 0, max: now }), { nil: undefined })
  fc.assert(
    fc.property(time, time, (from, to) => {
      expect(momentsOf(whenOf(from, to))).toEqual({
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
      })
    }),
  )
})

const foundAt = (times: readonly number[], acts: readonly number[] = times.map(() => -1)): FoundEvents => ({
  indices: Uint32Array.from(times, (_, place) => place + 100),
  numbers: Uint32Array.from(times, (_, place) => place + 1),
  times: Float64Array.from(times),
  acts: Int32Array.from(acts),
})

const said = (line: LogLine) =>
  line.kind === 'row'
    ? `${line.isInside ? '· ' : ''}${line.number}${line.indices.length > 1 ? ` of ${line.indices.length}` : ''}`
    : line.kind

test('[LG8] the newest is first, by day; an act is one line that opens; what had been looked at follows a mark', () => {
  const found = foundAt([0, hour, 2 * hour, 25 * hour, 26 * hour, 27 * hour], [-1, 7, 9, 7, -1, 7])
  const closed = { openActs: new Set<number>(), seen: 0, isUtc: true }
  expect(linesOf(found, closed).map(said)).toEqual(['day', '6 of 3', '5', 'day', '3', '1'])
  expect(linesOf(found, { ...closed, openActs: new Set([7]) }).map(said)).toEqual([
    'day',
    '6 of 3',
    '· 6',
    '· 4',
    '· 2',
    '5',
    'day',
    '3',
    '1',
  ])
  expect(linesOf(found, { ...closed, seen: 4 }).map(said)).toEqual(['day', '6 of 3', '5', 'seen', 'day', '3', '1'])
  expect(linesOf(found, { ...closed, seen: 6 }).map(said)).not.toContain('seen')
  expect(linesOf(foundAt([]), closed)).toEqual([])
})

test('[LG8] every event found is told once, whatever is folded, and each line has a key of its own', () => {
  const events = fc.array(fc.record({ gap: fc.nat(30 * hour), act: fc.integer({ min: -1, max: 3 }) }), {
    maxLength: 40,
  })
  fc.assert(
    fc.property(events, fc.uniqueArray(fc.nat(3)), fc.nat(40), fc.boolean(), (events, open, seen, isUtc) => {
      let time = now
      const found = foundAt(
        events.map(({ gap }) => (time += gap)),
        events.map(({ act }) => act),
      )
      const lines = linesOf(found, { openActs: new Set(open), seen, isUtc })
      const rows = lines.filter((line) => line.kind === 'row')
      const told = rows.filter(({ isInside }) => !isInside).flatMap(({ indices }) => indices)
      expect(told.toSorted((a, b) => a - b)).toEqual([...found.indices])
      expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
      expect(lines[rowNear(lines, 0, 1)]?.kind).toBe(rows[0]?.kind)
    }),
  )
})

test('[LG9] every event is in exactly one bar of the timeline, and there are few enough of them to be seen', () => {
  const gaps = fc.array(fc.oneof(fc.nat(hour), fc.nat(300 * 24 * hour)), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(gaps, fc.boolean(), (gaps, isUtc) => {
      let time = Date.UTC(2020, 9, 20)
      const times = Float64Array.from(gaps, (gap) => (time += gap))
      const { bars } = barsOf(times, isUtc)
      expect(bars.length).toBeLessThanOrEqual(62)
      for (const [place, { from, to, count }] of bars.entries()) {
        expect(count).toBe(times.filter((at) => at >= from && at < to).length)
        expect(bars[place + 1]?.from ?? to).toBe(to)
      }
      expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(times.length)
    }),
  )
  expect(barsOf(Float64Array.of(Number.NEGATIVE_INFINITY), true).bars).toEqual([])
  expect(barsOf(Float64Array.of(now, now + 30 * hour), true)).toMatchObject({ unit: 'hour', bars: { length: 31 } })
})
