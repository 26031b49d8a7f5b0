import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cell, newCell, takesStores } from '#schema/placement/cells.ts'
import { packing } from '#schema/placement/packing.ts'
import { type Aim, afterMoves, type Cluster, heldByCells, planAll, type StoreLoad } from '#schema/placement/planner.ts'
import { planners } from '#schema/placement/planners.ts'
import { cellOnRing, makeRing } from '#schema/placement/ring.ts'

const limits = { records: 100_000, bytes: 1024 ** 3, connections: 100 }
const store = (storeId: string, cellId: string, load: Partial<StoreLoad> = {}): StoreLoad => ({
  storeId,
  cellId,
  records: 0,
  bytes: 0,
  connections: 0,
  pushes: 0,
  isPinned: false,
  ...load,
})
const cellsNamed = (...cellIds: readonly string[]) => cellIds.map(newCell)
const held = (cluster: Cluster, cellId: string) => heldByCells(cluster).find((cell) => cell.cellId === cellId)

/** Stores of very different sizes, where a ring put them. */
const manyStores = (count: number, cells: readonly Cell[]): readonly StoreLoad[] => {
  const ring = makeRing(cells)
  return Array.from({ length: count }, (_, n) => {
    const storeId = `persona_${n.toString(36)}x${(n * 7919) % 99_991}`
    const size = 1 + ((n * 48_271) % 997) ** 2
    return store(storeId, cellOnRing(ring, storeId) ?? '', { records: size, bytes: size * 300, pushes: n % 7 })
  })
}

describe.each(Object.entries(planners))('%s', (_, planner) => {
  test('[RG5] for a cell that comes at most its share and 2 % of the stores move, and only to it', () => {
    for (const count of [1, 4, 8, 15]) {
      const old = cellsNamed(...Array.from({ length: count }, (_, n) => `c${n + 1}`))
      const cells = [...old, newCell('new')]
      const cluster = { cells, stores: manyStores(5000, old), limits }
      const moves = planner({ kind: 'fill', cellIds: ['new'] }, cluster)
      expect(new Set(moves.map(({ to }) => to))).toEqual(new Set(['new']))
      expect(moves.length / 5000).toBeLessThanOrEqual(1 / (count + 1) + 0.02)
      const share =
        (held(afterMoves(cluster, moves), 'new')?.bytes ?? 0) /
        (heldByCells(cluster).reduce((sum, { bytes }) => sum + bytes, 0) || 1)
      expect(share).toBeGreaterThan(0.8 / (count + 1))
      expect(share).toBeLessThan(1.2 / (count + 1))
    }
  })

  test('[RG6] from a cell that is to be empty everything moves, pinned or not, and nothing else does', () => {
    const cells = cellsNamed('c1', 'c2', 'c3').map((cell) => ({ ...cell, draining: cell.cellId === 'c2' }))
    const stores = manyStores(2000, cellsNamed('c1', 'c2', 'c3')).map((one, n) => ({ ...one, isPinned: n % 9 === 0 }))
    const cluster = { cells, stores, limits }
    const moves = planner({ kind: 'empty', cellIds: ['c2'] }, cluster)
    expect(new Set(moves.map(({ from }) => from))).toEqual(new Set(['c2']))
    expect(held(afterMoves(cluster, moves), 'c2')?.stores).toBe(0)
    expect(moves.every(({ why }) => /^[A-Z\w].*\.$/.test(why))).toBe(true)
  })

  test('[RG7] a store moves once at most, never from one jurisdiction to another, and only to a cell that takes stores; what is pinned stays unless its cell is emptied', () => {
    fc.assert(
      fc.property(anyCluster, anyAims, (start, aims) => {
        const emptied = new Set(aims.flatMap((aim) => (aim.kind === 'empty' ? aim.cellIds : [])))
        const cells = start.cells.map((cell) => (emptied.has(cell.cellId) ? { ...cell, draining: true } : cell))
        const cluster = { ...start, cells }
        const moves = planAll(planner, aims, cluster)
        expect(new Set(moves.map(({ storeId }) => storeId)).size).toBe(moves.length)
        const cellOf = (id: string) => cluster.cells.find(({ cellId }) => cellId === id)
        for (const { storeId, from, to } of moves) {
          const before = cluster.stores.find((one) => one.storeId === storeId)
          expect(before?.cellId).toBe(from)
          expect(cellOf(to)?.jurisdiction).toBe(cellOf(from)?.jurisdiction)
          expect(cellOf(to) !== undefined && takesStores(cellOf(to)!)).toBe(true)
          expect(before?.isPinned === true && !emptied.has(from)).toBe(false)
        }
      }),
      { numRuns: 50 },
    )
  })
})

describe('packing', () => {
  test('[RG8] a cell above its limits is brought below them where there is room, and a plan that was carried out leaves nothing to do', () => {
    const stores = Array.from({ length: 30 }, (_, n) => store(`s${n}`, n < 20 ? 'c1' : 'c2', { records: 8000 }))
    const cluster = { cells: cellsNamed('c1', 'c2', 'c3'), stores, limits }
    const moves = packing({ kind: 'mend' }, cluster)
    const after = afterMoves(cluster, moves)
    for (const cell of heldByCells(after)) expect(cell.records).toBeLessThanOrEqual(limits.records)
    expect(moves[0]?.why).toBe('c1 has 160 000 records, and is to have at most 100 000.')
    expect(
      packing({ kind: 'mend' }, { ...after, stores: after.stores.map((one) => ({ ...one, isPinned: false })) }),
    ).toEqual([])
  })

  test('[RG8] carried out again and again plans come to an end, whatever stands where', () => {
    fc.assert(
      fc.property(anyCluster, (start) => {
        let cluster = start
        let moves = packing({ kind: 'mend' }, cluster)
        for (let rounds = 0; rounds < 60 && moves.length > 0; rounds++) {
          const pinned = new Set(cluster.stores.filter(({ isPinned }) => isPinned).map(({ storeId }) => storeId))
          const after = afterMoves(cluster, moves)
          cluster = { ...after, stores: after.stores.map((one) => ({ ...one, isPinned: pinned.has(one.storeId) })) }
          moves = packing({ kind: 'mend' }, cluster)
        }
        expect(moves).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('[RG9] a hot store is found by its pushes or its size, with a sentence that says so, and goes to where less is', () => {
    const others = Array.from({ length: 20 }, (_, n) => store(`s${n}`, 'c1', { pushes: 100, records: 100 }))
    const cluster = {
      cells: cellsNamed('c1', 'c2'),
      limits,
      stores: [...others, store('busy', 'c1', { pushes: 4210 })],
    }
    expect(packing({ kind: 'mend' }, cluster)).toMatchObject([
      { storeId: 'busy', from: 'c1', to: 'c2', why: 'It took 4 210 pushes in an hour, 42 times as many as others do.' },
    ])
    const large = {
      ...cluster,
      stores: [...others, store('large', 'c1', { records: 31_000 }), store('too', 'c1', { records: 40_000 })],
    }
    expect(packing({ kind: 'mend' }, large)).toMatchObject([
      { storeId: 'large', to: 'c2', why: 'It alone has 31 % of the records that a cell is to have.' },
    ])
    const alone = { ...cluster, stores: [store('busy', 'c1', { pushes: 4210 })] }
    expect(packing({ kind: 'mend' }, alone)).toEqual([])
  })
})

const anyCell: fc.Arbitrary<Cell> = fc.record({
  cellId: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
  weight: fc.constantFrom(0.5, 1, 2),
  jurisdiction: fc.constantFrom(null, null, 'eu' as const),
  hint: fc.constant(null),
  readOnly: fc.constantFrom(false, false, true),
  draining: fc.constantFrom(false, false, true),
})

const anyStore = fc.record({
  cellId: fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'),
  records: fc.integer({ min: 0, max: 90_000 }),
  bytes: fc.integer({ min: 0, max: 600_000_000 }),
  connections: fc.integer({ min: 0, max: 60 }),
  pushes: fc.integer({ min: 0, max: 5000 }),
  isPinned: fc.constantFrom(false, false, false, true),
})

const anyCluster: fc.Arbitrary<Cluster> = fc
  .record({
    cells: fc.uniqueArray(anyCell, { minLength: 1, maxLength: 6, selector: ({ cellId }) => cellId }),
    stores: fc.array(anyStore, { maxLength: 40 }),
  })
  .map(({ cells, stores }) => ({
    cells,
    stores: stores
      .filter(({ cellId }) => cells.some((cell) => cell.cellId === cellId))
      .map((one, n) => ({ ...one, storeId: `s${n}` })),
    limits,
  }))

const someCells = fc.uniqueArray(fc.constantFrom('c1', 'c2', 'c3', 'c4', 'c5', 'c6'), { maxLength: 3 })
const anyAims: fc.Arbitrary<readonly Aim[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('empty' as const, 'fill' as const, 'shed' as const), cellIds: someCells }),
    fc.constant({ kind: 'mend' as const }),
  ),
  { maxLength: 3 },
)
