import { expect, test } from 'vitest'
import { type Cell, newCell } from '#schema/placement/cells.ts'
import { lackingCells } from '#schema/placement/lacking.ts'
import { packing } from '#schema/placement/packing.ts'
import { afterMoves, type Cluster } from '#schema/placement/planner.ts'

const clusterOf = (held: Readonly<Record<string, number>>, changes: Readonly<Record<string, Partial<Cell>>> = {}) => {
  const cells = Object.keys(held).map((cellId) => ({ ...newCell(cellId), ...changes[cellId] }))
  const stores = Object.entries(held).flatMap(([cellId, count]) =>
    Array.from({ length: count }, (_, n) => ({
      storeId: `persona_${cellId}x${n}`,
      cellId,
      records: 10,
      bytes: 1000,
      connections: 0,
      pushes: 0,
      isPinned: false,
    })),
  )
  return { cells, stores, limits: { records: 1e6, bytes: 1e9, connections: 100 } } satisfies Cluster
}

const lacking = (...of: Parameters<typeof clusterOf>) => lackingCells(clusterOf(...of)).map(({ cellId }) => cellId)

test('[HE37] a cell that holds less than half of its share, where that is many stores, is found', () => {
  expect(lacking({ c1: 40, c2: 40, c3: 0 })).toEqual(['c3'])
  expect(lacking({ c1: 40, c2: 40, c3: 12 })).toEqual(['c3'])
  expect(lacking({ c1: 40, c2: 40, c3: 20 })).toEqual([])
  expect(lacking({ c1: 10, c2: 10, c3: 0 })).toEqual([])
  expect(lacking({ c1: 40, c2: 40, c3: 0 }, { c3: { draining: true } })).toEqual([])
  expect(lacking({ c1: 40, c2: 40, c3: 0 }, { c3: { weight: 0.2 } })).toEqual([])
  expect(lacking({ c1: 40, c2: 40, c3: 0 }, { c3: { jurisdiction: 'eu' } })).toEqual([])
  expect(lacking({ c1: 40, c2: 0, c3: 0 }, { c1: { draining: true } })).toEqual(['c2', 'c3'])
})

test('[HE37] once it was filled it lacks nothing', () => {
  const cluster = clusterOf({ c1: 40, c2: 40, c3: 0 })
  const moves = packing({ kind: 'fill', cellIds: ['c3'] }, cluster)
  expect(new Set(moves.map(({ to, why }) => `${to}: ${why}`))).toEqual(new Set(['c3: c3 holds less than its share.']))
  expect(lackingCells(afterMoves(cluster, moves))).toEqual([])
})
