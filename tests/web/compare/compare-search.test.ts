import { expect, test } from 'vitest'
import { isOther, momentsIn, rangesIn, worldIn } from '#web/features/compare/compare-search.ts'

test('[WI1] an address says between which moments: numbers, now, or by itself the last day on which something happened', () => {
  expect(momentsIn({ from: '3', to: '9' }, 20, 12)).toEqual({ from: 3, to: 9 })
  expect(momentsIn({ to: 'now' }, 20, 12)).toEqual({ from: 12, to: 20 })
  expect(momentsIn({ from: '99', to: 'nonsense' }, 20, 12)).toEqual({ from: 20, to: 20 })
})

test('[WI6] an address describes another world whole; what it does not say is as it is', () => {
  expect(worldIn({ from: '3', without: '12' })).toBeNull()
  const world = worldIn({ what: 'if', without: '12, 15-20 x', names: 'v1.MemoryAdded', factor: '2', days: '30' })
  expect(world).toEqual({
    leftOut: {
      numbers: [
        [12, 12],
        [15, 20],
      ],
      names: ['v1.MemoryAdded'],
      devices: [],
      since: null,
      until: null,
    },
    policies: { importance: { factor: 2, floor: 0 }, retention: { days: 30, above: 1 } },
  })
  expect(isOther(worldIn({ what: 'if', factor: '-1' })!)).toBe(false)
  expect(rangesIn('')).toEqual([])
})
