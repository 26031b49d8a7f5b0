import { type Cell, takesStores } from './cells.ts'
import { type Cluster, heldByCells } from './planner.ts'

/**
 * Cells that came, or take stores again: they hold less than half of their share, and that is many stores. Of few, who comes
 * first is chance, and moving them gains nothing.
 */
export const lackingCells = (cluster: Cluster): readonly Cell[] => {
  const storesIn = new Map(heldByCells(cluster).map(({ cellId, stores }) => [cellId, stores]))
  return cluster.cells.filter(takesStores).filter(({ cellId, weight, jurisdiction }) => {
    const group = cluster.cells.filter((cell) => cell.jurisdiction === jurisdiction)
    const stores = group.reduce((sum, cell) => sum + (storesIn.get(cell.cellId) ?? 0), 0)
    const weights = group.filter(takesStores).reduce((sum, cell) => sum + cell.weight, 0)
    const share = (stores * weight) / weights
    return share >= manyStores && (storesIn.get(cellId) ?? 0) < share / 2
  })
}

const manyStores = 10
