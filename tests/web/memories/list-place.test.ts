import { assert, nat, property } from 'fast-check'
import { expect, test } from 'vitest'
import { cursorAt, placeOf, windowSize, windowStart } from '#web/features/memories/list-place.ts'
import { placeAfterKey } from '#web/ui/place-after-key.ts'

test('[MX9] the window holds every row of a screen with some to spare, and moves in steps', () => {
  assert(
    property(nat(100_000), (first) => {
      const start = windowStart(first)
      expect(start % 50).toBe(0)
      expect(start).toBeLessThanOrEqual(Math.max(0, first - 50))
      expect(start + windowSize).toBeGreaterThanOrEqual(first + 50)
    }),
  )
})

test('[MX10] the keyboard stays on its memory when the list moves, and on its place when the memory goes', () => {
  const cursor = cursorAt(['a', 'b', 'c'], 1)
  expect(placeOf(['a', 'b', 'c'], cursor)).toBe(1)
  expect(placeOf(['new', 'a', 'b', 'c'], cursor)).toBe(2)
  expect(placeOf(['a', 'c'], cursor)).toBe(1)
  expect(placeOf(['a'], cursor)).toBe(0)
  expect(placeOf([], cursor)).toBe(-1)
  expect(cursorAt([], 0)).toBeNull()
})

test('[MX11] arrows, pages, Home and End lead to a row of the list, other keys nowhere', () => {
  expect(placeAfterKey('ArrowDown', -1, 10, 5)).toBe(0)
  expect(placeAfterKey('ArrowDown', 9, 10, 5)).toBe(9)
  expect(placeAfterKey('ArrowUp', 0, 10, 5)).toBe(0)
  expect(placeAfterKey('PageDown', 2, 10, 5)).toBe(7)
  expect(placeAfterKey('End', 2, 10, 5)).toBe(9)
  expect(placeAfterKey('Home', 7, 10, 5)).toBe(0)
  expect(placeAfterKey('q', 7, 10, 5)).toBeUndefined()
})
