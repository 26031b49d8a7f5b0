import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cell, IllegalCells, parseCells } from '#schema/placement/cells.ts'
import { cellOnRing, makeRing } from '#schema/placement/ring.ts'
import {
  directoryStrategy,
  hashStrategy,
  IllegalPairs,
  parsePins,
  parseRanges,
  pinned,
  rangeStrategy,
} from '#schema/placement/strategies.ts'

const keys = Array.from({ length: 100_000 }, (_, n) => `persona_${n.toString(36)}x${(n * 7919) % 99_991}`)
const named = (count: number, prefix = 'c') =>
  Array.from({ length: count }, (_, n) => ({ cellId: `${prefix}${n + 1}`, weight: 1 }))

const heldBy = (cellOf: (key: string) => string | undefined) => {
  const held = new Map<string, number>()
  for (const key of keys) held.set(cellOf(key) ?? '', (held.get(cellOf(key) ?? '') ?? 0) + 1)
  return held
}

/** What everybody does first: by the remainder. Only a yardstick. */
const byRemainder = (count: number) => (key: string) =>
  `c${(Number.parseInt(key.slice(8).replace(/\W/g, ''), 36) % count) + 1}`

describe('ring', () => {
  test('[RG1] of 4 to 16 cells the fullest holds at most 1.15 times the mean of 100 000 personas', () => {
    for (const count of [4, 7, 11, 16]) {
      const ring = makeRing(named(count))
      const held = heldBy((key) => cellOnRing(ring, key))
      expect((Math.max(...held.values()) * count) / keys.length).toBeLessThanOrEqual(1.15)
    }
  })

  test('[RG2] a cell that comes takes at most its share and 2 %, and no key goes between two others', () => {
    for (const count of [4, 8, 15]) {
      const before = makeRing(named(count))
      const after = makeRing(named(count + 1))
      const moved = keys.filter((key) => cellOnRing(before, key) !== cellOnRing(after, key))
      expect(new Set(moved.map((key) => cellOnRing(after, key)))).toEqual(new Set([`c${count + 1}`]))
      expect(moved.length / keys.length).toBeLessThanOrEqual(1 / (count + 1) + 0.02)
      const remainder = keys.filter((key) => byRemainder(count)(key) !== byRemainder(count + 1)(key))
      expect(moved.length).toBeLessThan(remainder.length / 2)
    }
  })

  test('[RG3] the same cells make the same ring, in whichever order they are named, and one that leaves gives up its own alone', () => {
    const cellIds = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,6}$/), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(cellIds, fc.array(fc.string(), { maxLength: 50 }), (ids, some) => {
        const cells = ids.map((cellId) => ({ cellId, weight: 0.1 }))
        const ring = makeRing(cells)
        const reversed = makeRing(cells.toReversed())
        const smaller = makeRing(cells.slice(1))
        for (const key of some) {
          const cellId = cellOnRing(ring, key)
          expect(cellOnRing(reversed, key)).toBe(cellId)
          const stays = cellId === ids[0] ? cellId : cellOnRing(smaller, key)
          expect(stays).toBe(cellId)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('[RG4] what a cell holds follows its weight, and one of weight 0 holds nothing', () => {
    const ring = makeRing([...named(2), { cellId: 'large', weight: 2 }, { cellId: 'none', weight: 0 }])
    const held = heldBy((key) => cellOnRing(ring, key))
    expect((held.get('large') ?? 0) / keys.length).toBeCloseTo(0.5, 1)
    expect(held.has('none')).toBe(false)
    expect(cellOnRing(makeRing([]), 'any')).toBeUndefined()
  })
})

describe('cells and strategies', () => {
  const cells = parseCells('c1 c2:weight=2 c3:jurisdiction=eu,hint=weur c4:draining c5:read-only') as readonly Cell[]
  const store = (storeId: string, createdAt = 0) => ({ storeId, createdAt })

  test('[PL1] cells are named with their options, and what cannot be read is refused with the place and a sentence', () => {
    expect(cells[2]).toEqual({
      cellId: 'c3',
      weight: 1,
      jurisdiction: 'eu',
      hint: 'weur',
      readOnly: false,
      draining: false,
    })
    expect(cells.map(({ draining, readOnly }) => [draining, readOnly]).slice(3)).toEqual([
      [true, false],
      [false, true],
    ])
    for (const wrong of ['', 'C1', 'c1:fast', 'c1:weight=99', 'c1:jurisdiction=moon', 'c1 c1', 'c1:draining']) {
      const refusal = parseCells(wrong)
      expect(refusal).toBeInstanceOf(IllegalCells)
      expect((refusal as IllegalCells).message).toContain('put it right')
    }
    expect(parseRanges('never=c1', cells)).toBeInstanceOf(IllegalPairs)
    expect(parsePins('persona_ada=c9', cells)).toBeInstanceOf(IllegalPairs)
  })

  test('[PL2] by hash a new store goes by its id, by range by its time, by directory to the emptiest cell; none to a cell that takes no more', () => {
    const byHash = hashStrategy(cells)
    expect(new Set(keys.slice(0, 500).map((key) => byHash(store(key))))).toEqual(new Set(['c1', 'c2', 'c3']))
    const ranges = parseRanges('2026-01-01=c1 2027-01-01=c3 2028-01-01=c4', cells)
    if (ranges instanceof IllegalPairs) throw ranges
    const byRange = rangeStrategy(cells, ranges)
    expect(
      ['2025-06-01', '2026-06-01', '2027-01-01', '2029-01-01'].map((date) => byRange(store('any', Date.parse(date)))),
    ).toEqual([undefined, 'c1', 'c3', 'c3'])
    const held = new Map([
      ['c1', 5],
      ['c2', 8],
      ['c3', 6],
    ])
    expect(directoryStrategy(cells, held)(store('any'))).toBe('c2')
  })

  test('[PL3] a store that is pinned goes where the pin says, whatever the strategy', () => {
    const pins = parsePins('persona_ada=c4', cells)
    if (pins instanceof IllegalPairs) throw pins
    const strategy = pinned(pins, hashStrategy(cells))
    expect(strategy(store('persona_ada'))).toBe('c4')
    expect(strategy(store('persona_bob'))).toBe(hashStrategy(cells)(store('persona_bob')))
  })
})
