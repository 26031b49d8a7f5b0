import { describe, expect, test } from 'vitest'
import { arcPath, arcsOf, dotNear, dotsOf, laneRadius, pointAt } from '#web/features/shards/ring-layout.ts'

const cells = ['c1', 'c2', 'c3', 'c4'].map((cellId) => ({ cellId, weight: 1 }))

describe('[RM2] the ring as a picture', () => {
  test('[RM2] the arcs are all around, each about as long as its cell’s weight, and a cell that takes nothing has none', () => {
    const arcs = arcsOf([...cells, { cellId: 'c5', weight: 0 }, { cellId: 'c6', weight: 2 }])
    expect(arcs.map(({ cellId }) => cellId)).toEqual(['c1', 'c2', 'c3', 'c4', 'c6'])
    expect(arcs[0]?.from).toBe(0)
    expect(arcs.at(-1)?.to).toBeCloseTo(1)
    expect(arcs.slice(1).map(({ from }) => from)).toEqual(arcs.slice(0, -1).map(({ to }) => to))
    const last = arcs.at(-1)
    expect((last?.to ?? 0) - (last?.from ?? 0)).toBeGreaterThan(0.28)
    expect(arcsOf([{ cellId: 'c1', weight: 1 }])).toEqual([{ cellId: 'c1', from: 0, to: expect.closeTo(1) }])
    expect(arcsOf([])).toEqual([])
  })

  test('[RM2] a store stands at the place of its hash, whichever cell holds it', () => {
    const here = dotsOf([{ storeId: 'persona_ada', cellId: 'c1' }])
    const there = dotsOf([{ storeId: 'persona_ada', cellId: 'c2' }])
    expect(here[0]?.turn).toBe(there[0]?.turn)
    const many = dotsOf(Array.from({ length: 1000 }, (_, n) => ({ storeId: `persona_p${n}`, cellId: 'c1' })))
    expect(many).toHaveLength(1000)
    const turns = many.map(({ turn }) => turn)
    expect(turns).toEqual(turns.toSorted((a, b) => a - b))
    expect(turns.every((turn) => turn >= 0 && turn < 1)).toBe(true)
  })

  test('[RM2] each cell has a lane of its own inside the arcs, however many there are', () => {
    for (const lanes of [1, 4, 16]) {
      const radii = Array.from({ length: lanes }, (_, lane) => laneRadius(lane, lanes))
      expect(new Set(radii).size).toBe(lanes)
      expect(radii.every((radius) => radius > 40 && radius < 90)).toBe(true)
    }
  })

  test('[RM2] the pointer finds the store it is next to, and none far from all', () => {
    const dots = [
      { storeId: 'a', cellId: 'c1', turn: 0 },
      { storeId: 'b', cellId: 'c1', turn: 0.25 },
    ]
    expect(dotNear(dots, () => 80, { x: 78, y: 2 })).toBe(1)
    expect(dotNear(dots, () => 80, { x: 0, y: 0 })).toBeNull()
    expect(pointAt(0.25, 80)).toEqual({ x: expect.closeTo(80), y: expect.closeTo(0) })
    expect(arcPath({ cellId: 'c1', from: 0, to: 0.75 }, 95)).toContain(' 0 1 1 ')
  })
})
