import { type Cell, type Jurisdiction, newCell, takesStores } from './cells.ts'
import type { CellOrder } from './wire.ts'

/** What an operator did to the cells while the server ran. The cells are those of the variable `CELLS`, and these over them. */
export interface CellFact {
  readonly cellId: string
  readonly kind: 'added' | 'changed' | 'removed'
  readonly change: CellOrder
}

/** Which jurisdiction each cell began with that ever was; it never gets another one, also when it is removed and comes again. */
export type Beginnings = ReadonlyMap<string, Jurisdiction | null>

export const withFacts = (cells: readonly Cell[], facts: readonly CellFact[], began: Beginnings): readonly Cell[] =>
  facts.reduce(withFact, cells).map((cell) => ({ ...cell, jurisdiction: jurisdictionOf(cell, began) }))

const jurisdictionOf = ({ cellId, jurisdiction }: Cell, began: Beginnings): Jurisdiction | null =>
  began.has(cellId) ? (began.get(cellId) ?? null) : jurisdiction

/** A cell that is said to have another jurisdiction than it keeps. */
export const changedJurisdiction = (cells: readonly Cell[], began: Beginnings): Cell | undefined =>
  cells.find((cell) => jurisdictionOf(cell, began) !== cell.jurisdiction)

const withFact = (cells: readonly Cell[], { cellId, kind, change }: CellFact): readonly Cell[] => {
  const others = cells.filter((cell) => cell.cellId !== cellId)
  if (kind === 'removed') return others
  const before = kind === 'added' ? newCell(cellId) : cells.find((cell) => cell.cellId === cellId)
  if (before === undefined) return cells // the variable named it once
  const after = { ...before, ...change }
  return cells.length === others.length
    ? [...cells, after]
    : cells.map((cell) => (cell.cellId === cellId ? after : cell))
}

/** Adds a cell, or changes it; nothing if it is so already. */
export const changeCell = (
  cells: readonly Cell[],
  began: Beginnings,
  cellId: string,
  change: CellOrder,
): CellFact | 'JurisdictionStays' | 'LastCell' | undefined => {
  const before = cells.find((cell) => cell.cellId === cellId)
  const first = began.get(cellId) ?? null
  if (began.has(cellId) && change.jurisdiction !== undefined && change.jurisdiction !== first)
    return 'JurisdictionStays'
  const after = { ...(before ?? newCell(cellId)), ...change }
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after)) return undefined
  const fact: CellFact = { cellId, kind: before === undefined ? 'added' : 'changed', change }
  return withFact(cells, fact).some(takesStores) ? fact : 'LastCell'
}

/** That it is empty is for the directory to say. */
export const removeCell = (cells: readonly Cell[], cellId: string): CellFact | 'CellNotFound' | 'LastCell' => {
  if (!cells.some((cell) => cell.cellId === cellId)) return 'CellNotFound'
  const fact: CellFact = { cellId, kind: 'removed', change: {} }
  return withFact(cells, fact).some(takesStores) ? fact : 'LastCell'
}
