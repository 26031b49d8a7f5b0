import { expect, test } from 'vitest'
import {
  filterOfSearch,
  isNarrowed,
  orderOfSearch,
  rangeOf,
  rangeToText,
} from '#web/features/memories/memory-search.ts'

const now = new Date(2026, 2, 15, 13, 30).getTime()
const day = (year: number, month: number, date: number) => new Date(year, month - 1, date)

test('[MX5] an address says all that narrows the list, and the bin', () => {
  expect(
    filterOfSearch({ text: 'tea', kind: 'lore', tag: 'home', importance: '0.4..0.7', show: 'forgotten' }, now),
  ).toEqual({ text: 'tea', kind: 'lore', tag: 'home', importanceFrom: 0.4, importanceTo: 0.7, forgotten: true })
  expect(isNarrowed({ tag: 'home' })).toBe(true)
  expect(isNarrowed({ text: '  ', sort: 'importance', show: 'forgotten', memory: 'm1' })).toBe(false)
})

test('[TI20] a tier in an address narrows the list; nonsense narrows nothing', () => {
  expect(filterOfSearch({ tier: 'cold' }, now)).toEqual({ tier: 'cold' })
  expect(isNarrowed({ tier: 'cold' })).toBe(true)
  expect(filterOfSearch({ tier: 'lukewarm' }, now)).toEqual({})
})

test('[MX6] times in an address are whole days of the person’s clock', () => {
  expect(filterOfSearch({ when: 'today' }, now)).toEqual({ from: day(2026, 3, 15) })
  expect(filterOfSearch({ when: '7d' }, now)).toEqual({ from: day(2026, 3, 9) })
  expect(filterOfSearch({ when: 'older' }, now)).toEqual({ to: day(2025, 3, 15) })
  expect(filterOfSearch({ when: '2026-01-01..2026-01-31' }, now)).toEqual({
    from: day(2026, 1, 1),
    to: day(2026, 2, 1),
  })
  expect(filterOfSearch({ when: '..2026-01-31' }, now)).toEqual({ to: day(2026, 2, 1) })
})

test('[MX7] nonsense in an address narrows nothing', () => {
  expect(filterOfSearch({ text: ' ', importance: 'high..7', when: '2026-99-99..soon', show: 'all' }, now)).toEqual({})
  expect(filterOfSearch({ importance: '0..1', when: 'never' }, now)).toEqual({})
  expect(orderOfSearch({ sort: 'name; drop', direction: 'up' })).toEqual({ sort: 'addedAt', direction: 'desc' })
  expect(orderOfSearch({ sort: 'importance', direction: 'asc' })).toEqual({ sort: 'importance', direction: 'asc' })
})

test('[MX8] a range is written as it is read', () => {
  expect(rangeOf(rangeToText('0.2', ''))).toEqual(['0.2', ''])
  expect(rangeToText('', '')).toBeUndefined()
})
