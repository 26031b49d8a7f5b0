import { type Cell, takesStores } from './cells.ts'
import { mend } from './mending.ts'
import { type Cluster, moveOf, type PlannedMove, type Planner, type StoreLoad } from './planner.ts'

/** Packs by what was measured: bytes, records and pushes count alike, and that a store is there at all. */
export const packing: Planner = (aim, cluster) => {
  if (aim.kind === 'mend') return mend(cluster)
  return [...new Set(cluster.cells.map(({ jurisdiction }) => jurisdiction))].flatMap((jurisdiction) => {
    const group = within(cluster, aim.cellIds, jurisdiction)
    if (aim.kind === 'empty') return empty(group)
    return level(group, aim.kind)
  })
}

/** Cells among which stores may go to and fro, and what stands in them; `named` are those that the plan is about. */
interface Group {
  readonly takers: readonly Cell[]
  readonly named: ReadonlySet<string>
  readonly stores: readonly StoreLoad[]
  /** Of a store: the mean of its shares of all that was measured. All stores together are 1. */
  readonly shareOf: (store: StoreLoad) => number
}

const within = ({ cells, stores }: Cluster, cellIds: readonly string[], jurisdiction: Cell['jurisdiction']): Group => {
  const group = cells.filter((cell) => cell.jurisdiction === jurisdiction)
  const inIt = new Set(group.map(({ cellId }) => cellId))
  const own = stores.filter(({ cellId }) => inIt.has(cellId))
  return { takers: group.filter(takesStores), named: new Set(cellIds), stores: own, shareOf: makeShareOf(own) }
}

const makeShareOf = (stores: readonly StoreLoad[]) => {
  const sum = { records: 0, bytes: 0, pushes: 0 }
  for (const { records, bytes, pushes } of stores) {
    sum.records += records
    sum.bytes += bytes
    sum.pushes += pushes
  }
  const measured = (['records', 'bytes', 'pushes'] as const).filter((measure) => sum[measure] > 0)
  return (store: StoreLoad): number =>
    measured.reduce((all, measure) => all + store[measure] / sum[measure], 1 / stores.length) / (measured.length + 1)
}

const empty = ({ takers, named, stores, shareOf }: Group): readonly PlannedMove[] => {
  const leaving = stores.filter(({ cellId }) => named.has(cellId))
  const receivers = takers.filter(({ cellId }) => !named.has(cellId))
  return spread(leaving, receivers, heldIn(stores, shareOf), shareOf, ({ cellId }) => `${cellId} is to be empty.`)
}

/** Each to the cell that is then least full. */
const spread = (
  leaving: readonly StoreLoad[],
  receivers: readonly Cell[],
  held: Map<string, number>,
  shareOf: Group['shareOf'],
  why: (store: StoreLoad) => string,
): readonly PlannedMove[] =>
  leaving.toSorted(largestFirst(shareOf)).flatMap((store) => {
    const fullness = ({ cellId, weight }: Cell) => ((held.get(cellId) ?? 0) + shareOf(store)) / weight
    const to = leastBy(receivers, fullness)?.cellId
    if (to === undefined) return []
    held.set(to, (held.get(to) ?? 0) + shareOf(store))
    return moveOf(store, to, why(store))
  })

/** Stores that somebody wants in another jurisdiction, among its cells by what is there already. */
export const spreadOver = (
  leaving: readonly StoreLoad[],
  receivers: readonly Cell[],
  held: ReadonlyMap<string, number>,
  why: string,
): readonly PlannedMove[] =>
  spread(
    leaving,
    receivers,
    new Map(held),
    ({ bytes }) => bytes + 1,
    () => why,
  )

/** From those above their share of the weights to those below it: into the named ones, or out of them. */
const level = ({ takers, named, stores, shareOf }: Group, kind: 'fill' | 'shed'): readonly PlannedMove[] => {
  const weights = takers.reduce((sum, { weight }) => sum + weight, 0)
  const held = heldIn(stores, shareOf)
  const above = ({ cellId, weight }: Cell) => (held.get(cellId) ?? 0) - weight / weights
  const isNamed = ({ cellId }: Cell) => named.has(cellId)
  const receivers = takers.filter((cell) => isNamed(cell) === (kind === 'fill'))
  const givers = takers.filter((cell) => isNamed(cell) !== (kind === 'fill')).sort((a, b) => above(b) - above(a))
  // Of many small stores no more go than a ring would send.
  const wanted = takers.filter(isNamed).reduce((sum, { weight }) => sum + weight, 0)
  let left = kind === 'fill' ? Math.floor(stores.length * (wanted / weights)) : stores.length
  return givers.flatMap((giver) => {
    const own = stores.filter(({ cellId, isPinned }) => cellId === giver.cellId && !isPinned)
    return own.sort(byChance).flatMap((store) => {
      const share = shareOf(store)
      const to = leastBy(receivers, above)
      if (left === 0 || to === undefined || share > above(giver) + rounding || share > rounding - above(to)) return []
      left--
      held.set(giver.cellId, (held.get(giver.cellId) ?? 0) - share)
      held.set(to.cellId, (held.get(to.cellId) ?? 0) + share)
      return moveOf(store, to.cellId, kind === 'fill' ? filled(to.cellId) : shed(giver.cellId))
    })
  })
}

const filled = (cellId: string) => `${cellId} holds less than its share.`
const shed = (cellId: string) => `${cellId} holds more than its share.`

const heldIn = (stores: readonly StoreLoad[], shareOf: Group['shareOf']): Map<string, number> => {
  const held = new Map<string, number>()
  for (const store of stores) held.set(store.cellId, (held.get(store.cellId) ?? 0) + shareOf(store))
  return held
}

const largestFirst = (shareOf: Group['shareOf']) => (a: StoreLoad, b: StoreLoad) =>
  shareOf(b) - shareOf(a) || (a.storeId < b.storeId ? -1 : 1)

/** Ids are random: so large and small ones go, busy and quiet ones, and each measure finds its share. */
const byChance = (a: StoreLoad, b: StoreLoad) => (a.storeId < b.storeId ? -1 : 1)

const leastBy = <A>(all: readonly A[], numberOf: (one: A) => number): A | undefined =>
  all.reduce<A | undefined>(
    (least, one) => (least === undefined || numberOf(one) < numberOf(least) ? one : least),
    undefined,
  )

/** Shares are fractions of 1 and summed up. */
const rounding = 1e-9
