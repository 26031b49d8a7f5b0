import type { Cell } from './cells.ts'

/**
 * Says which stores should go where, from what was measured. A planner moves nothing and remembers nothing, so another can
 * be put in its place (`planners.ts`).
 *
 * Laws of each: a store moves once at most in a plan, never out of its jurisdiction or into another, and only to a cell
 * that takes stores. One that is pinned stays, unless its cell is emptied. What fills cells goes to these alone.
 */
export type Planner = (aim: Aim, cluster: Cluster) => readonly PlannedMove[]

/** To empty cells, to fill them up to their share, to bring them down to it, or to mend what is above its limits. */
export type Aim =
  | { readonly kind: 'empty' | 'fill' | 'shed'; readonly cellIds: readonly string[] }
  | { readonly kind: 'mend' }

export interface Cluster {
  /** As they are to be. */
  readonly cells: readonly Cell[]
  readonly stores: readonly StoreLoad[]
  /** Of one cell. */
  readonly limits: Limits
}

export interface Limits {
  readonly records: number
  readonly bytes: number
  readonly connections: number
}

/** What was measured of a store. */
export interface StoreLoad extends Limits {
  readonly storeId: string
  readonly cellId: string
  /** Of the last hour. */
  readonly pushes: number
  readonly isPinned: boolean
}

export interface PlannedMove {
  readonly storeId: string
  readonly from: string
  readonly to: string
  readonly events: number
  readonly bytes: number
  /** A sentence. */
  readonly why: string
}

export const moveOf = ({ storeId, cellId, records, bytes }: StoreLoad, to: string, why: string): PlannedMove => ({
  storeId,
  from: cellId,
  to,
  events: records,
  bytes,
  why,
})

/** One aim after the other, each from where the former ones leave things. */
export const planAll = (planner: Planner, aims: readonly Aim[], cluster: Cluster): readonly PlannedMove[] => {
  const moves: PlannedMove[] = []
  for (const aim of aims) moves.push(...planner(aim, afterMoves(cluster, moves)))
  return moves
}

/** As it will be. */
export const afterMoves = (cluster: Cluster, moves: readonly PlannedMove[]): Cluster => {
  const toByStore = new Map(moves.map(({ storeId, to }) => [storeId, to]))
  const stores = cluster.stores.map((store) => {
    const cellId = toByStore.get(store.storeId)
    return cellId === undefined ? store : { ...store, cellId, isPinned: true } // it moves once
  })
  return { ...cluster, stores }
}

/** What each cell holds. */
export const heldByCells = ({ cells, stores }: Cluster): readonly CellHeld[] => {
  const held = new Map(cells.map(({ cellId }) => [cellId, { cellId, stores: 0, records: 0, bytes: 0 }]))
  for (const { cellId, records, bytes } of stores) {
    const cell = held.get(cellId) ?? { cellId, stores: 0, records: 0, bytes: 0 }
    held.set(cellId, { cellId, stores: cell.stores + 1, records: cell.records + records, bytes: cell.bytes + bytes })
  }
  return [...held.values()]
}

export interface CellHeld {
  readonly cellId: string
  readonly stores: number
  readonly records: number
  readonly bytes: number
}
