import { type Cell, takesStores } from './cells.ts'
import { type Cluster, type Limits, moveOf, type PlannedMove, type StoreLoad } from './planner.ts'

/**
 * Brings cells below their limits, and hot stores away from each other. What counts is how unevenly everything is spread:
 * the sum of the squares of what each cell has of each measure, in parts of its limit. Each move makes that clearly less, so
 * none is taken back by the next plan, and plans come to an end.
 */
export const mend = (cluster: Cluster): readonly PlannedMove[] => {
  const moves = new Map<string, PlannedMove>()
  const held = heldBy(cluster.stores)
  const takers = cluster.cells.filter(takesStores)
  const totals = totalsOf(cluster.stores)

  const tryMove = (store: StoreLoad, why: string) => {
    const from = cluster.cells.find(({ cellId }) => cellId === store.cellId)
    if (from === undefined || store.isPinned || moves.has(store.storeId)) return
    const gain = (to: string) => gainOf(store, held(from.cellId), held(to), cluster.limits)
    const [to] = takers
      .filter((cell) => cell.jurisdiction === from.jurisdiction && cell.cellId !== from.cellId)
      .filter(({ cellId }) => staysWithin(cluster.limits, held(cellId), store, held(from.cellId)) && gain(cellId) > 0)
      .sort((a, b) => gain(b.cellId) - gain(a.cellId) || (a.cellId < b.cellId ? -1 : 1))
    if (to === undefined) return
    moves.set(store.storeId, moveOf(store, to.cellId, why))
    held.move(store, to.cellId)
  }

  for (const store of cluster.stores)
    for (const measure of measures)
      if (isHot(store, measure, cluster.limits, totals)) tryMove(store, heatOf(store, measure, cluster.limits, totals))

  for (const cell of cluster.cells)
    for (const measure of limited) {
      const isAbove = () => held(cell.cellId)[measure] > cluster.limits[measure]
      if (!isAbove()) continue
      const why = aboveLimit(cell, measure, held(cell.cellId)[measure], cluster.limits[measure])
      const own = cluster.stores.filter((store) => store.cellId === cell.cellId && store[measure] > 0)
      for (const store of own.sort((a, b) => b[measure] - a[measure]))
        if (isAbove() && moves.size < mostMoves) tryMove(store, why)
    }
  return [...moves.values()]
}

const limited = ['records', 'bytes', 'connections'] as const
const measures = ['pushes', ...limited] as const
type Measure = (typeof measures)[number]
type Held = Readonly<Record<Measure, number>>

const isHot = (store: StoreLoad, measure: Measure, limits: Limits, totals: Totals): boolean =>
  measure === 'pushes'
    ? store.pushes >= manyPushes && store.pushes >= timesAsMany * pushesOfOthers(store, totals)
    : store[measure] > limits[measure] * muchOfACell

/** Why it is hot: it counts for much of what a cell may hold, or takes far more pushes than others do. */
const heatOf = (store: StoreLoad, measure: Measure, limits: Limits, totals: Totals) => {
  if (measure !== 'pushes')
    return `It alone has ${Math.round((store[measure] / limits[measure]) * 100)} % of the ${measure} that a cell is to have.`
  const others = pushesOfOthers(store, totals)
  const often = others < 1 ? '' : `, ${inWords(store.pushes / others)} times as many as others do`
  return `It took ${inWords(store.pushes)} pushes in an hour${often}.`
}

const aboveLimit = ({ cellId }: Cell, measure: keyof Limits, held: number, limit: number): string =>
  `${cellId} has ${inWords(held)} ${measure}, and is to have at most ${inWords(limit)}.`

const pushesOfOthers = ({ pushes }: StoreLoad, { stores, pushes: all }: Totals): number =>
  (all - pushes) / Math.max(1, stores - 1)

interface Totals {
  readonly stores: number
  readonly pushes: number
}

const totalsOf = (stores: readonly StoreLoad[]): Totals => ({
  stores: stores.length,
  pushes: stores.reduce((sum, { pushes }) => sum + pushes, 0),
})

/** By how much less uneven it is then. */
const gainOf = (store: StoreLoad, giver: Held, receiver: Held, limits: Limits): number =>
  measures.reduce((gain, measure) => {
    const limit = measure === 'pushes' ? pushesOfACell : limits[measure]
    const [moved, here, there] = [store[measure] / limit, giver[measure] / limit, receiver[measure] / limit]
    return gain + moved * (here - there - clearly * moved)
  }, 0)

/** What the receiver has of each measure stays within the limits, or below those of the giver, which is above them then. */
const staysWithin = (limits: Limits, receiver: Held, store: StoreLoad, giver: Held): boolean =>
  limited.every((measure) => receiver[measure] + store[measure] <= Math.max(limits[measure], giver[measure]))

const heldBy = (stores: readonly StoreLoad[]) => {
  const none: Held = { records: 0, bytes: 0, connections: 0, pushes: 0 }
  const held = new Map<string, Held>()
  const add = (cellId: string, store: StoreLoad, sign: 1 | -1) => {
    const before = held.get(cellId) ?? none
    held.set(cellId, {
      records: before.records + sign * store.records,
      bytes: before.bytes + sign * store.bytes,
      connections: before.connections + sign * store.connections,
      pushes: before.pushes + sign * store.pushes,
    })
  }
  for (const store of stores) add(store.cellId, store, 1)
  const move = (store: StoreLoad, to: string) => {
    add(store.cellId, store, -1)
    add(to, store, 1)
  }
  return Object.assign((cellId: string): Held => held.get(cellId) ?? none, { move })
}

const inWords = (count: number) => String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ' ')

/** More are for the next plan, when it is known what these did. */
const mostMoves = 500
/** More than nothing, or a store would wander between two cells that are equally full. */
const clearly = 1.1
const muchOfACell = 0.25
/** One in six seconds, all hour long: a person alone does not type so. */
const manyPushes = 600
const timesAsMany = 10
/** No limit, only what makes pushes comparable with the rest: one in a second. */
const pushesOfACell = 3600
