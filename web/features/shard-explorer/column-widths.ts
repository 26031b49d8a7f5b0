import type { Cell } from '#web/services/shards/cells.ts'

/** Pixels for each column: as wide as its name and what is in the first rows, within reason. */
export const columnWidths = (names: readonly string[], rows: readonly (readonly Cell[])[]): readonly number[] =>
  names.map((name, column) => {
    const longest = rows.slice(0, sampled).reduce((most, row) => Math.max(most, lengthOf(row[column] ?? null)), 0)
    return Math.min(widest, Math.max(narrowest, name.length * 8 + 40, longest * 7 + 24))
  })

const lengthOf = (cell: Cell): number => {
  if (cell === null) return 4
  return typeof cell === 'object' ? 12 : String(cell).length
}

const sampled = 50
const narrowest = 88
const widest = 340
