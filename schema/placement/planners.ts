import { takesStores } from './cells.ts'
import { packing } from './packing.ts'
import { moveOf, type Planner } from './planner.ts'
import { cellOnRing, makeRing } from './ring.ts'

/** Stores stand where the ring says, whatever they weigh: for a server whose stores are many and alike. */
const alongRing: Planner = (aim, { cells, stores }) => {
  if (aim.kind === 'mend') return []
  const isNamed = (cellId: string) => aim.cellIds.includes(cellId)
  const jurisdictionOf = new Map(cells.map(({ cellId, jurisdiction }) => [cellId, jurisdiction]))
  const rings = new Map(
    [...new Set(jurisdictionOf.values()), null].map((jurisdiction) => {
      const takers = cells.filter((cell) => cell.jurisdiction === jurisdiction && takesStores(cell))
      return [jurisdiction, makeRing(takers.filter(({ cellId }) => aim.kind !== 'empty' || !isNamed(cellId)))]
    }),
  )
  return stores.flatMap((store) => {
    const { cellId, storeId, isPinned } = store
    const ring = rings.get(jurisdictionOf.get(cellId) ?? null)
    const to = ring === undefined ? undefined : cellOnRing(ring, storeId)
    if (to === undefined || to === cellId || (isPinned && aim.kind !== 'empty')) return []
    const isMeant = aim.kind === 'fill' ? isNamed(to) : isNamed(cellId)
    return isMeant ? moveOf(store, to, `On the ring it stands at ${to}.`) : []
  })
}

/** By their names, as the variable `PLANNER` says them. */
export const planners = { packing, ring: alongRing } as const satisfies Record<string, Planner>
