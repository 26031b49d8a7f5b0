import { Data, Schema } from 'effect'

/** A group of objects with options of its own, named in the variable `CELLS`. */
export interface Cell {
  readonly cellId: string
  /** 1 is a cell like any other. */
  readonly weight: number
  /** Its objects never leave it, and neither do their names: a cell keeps the jurisdiction it began with. */
  readonly jurisdiction: Jurisdiction | null
  /** Where its objects are made, if the runtime can choose. */
  readonly hint: LocationHint | null
  /** Gives out what it holds, and takes no writes. */
  readonly readOnly: boolean
  /** Goes on with what it holds, and takes nothing more. */
  readonly draining: boolean
}

export const CellId = Schema.String.pipe(Schema.pattern(/^[a-z0-9]{1,16}$/))

/** Whether new stores and moves may come to it. */
export const takesStores = ({ readOnly, draining, weight }: Cell): boolean => !readOnly && !draining && weight > 0

/** `c1 c2:weight=2 c3:jurisdiction=eu,hint=weur c4:draining`. */
export const parseCells = (text: string): readonly Cell[] | IllegalCells => {
  const cells: Cell[] = []
  for (const said of text.split(/\s+/).filter((part) => part !== '')) {
    const cell = parseCell(said)
    if (cell instanceof IllegalCells) return cell
    if (cells.some(({ cellId }) => cellId === cell.cellId))
      return new IllegalCells({ said, why: 'it stands there twice' })
    cells.push(cell)
  }
  if (!cells.some(takesStores)) return new IllegalCells({ said: text, why: 'no cell among them takes new stores' })
  return cells
}

const parseCell = (said: string): Cell | IllegalCells => {
  const [cellId = '', options = ''] = said.split(':', 2)
  if (!isCellId(cellId)) return new IllegalCells({ said, why: 'a cell is named by 1–16 lowercase letters and digits' })
  let cell = newCell(cellId)
  for (const option of options.split(',').filter((part) => part !== '')) {
    const changed = withOption(cell, option)
    if (changed === undefined) return new IllegalCells({ said, why: `“${option}” is no option of a cell` })
    cell = changed
  }
  return cell
}

export const newCell = (cellId: string): Cell => ({
  cellId,
  weight: 1,
  jurisdiction: null,
  hint: null,
  readOnly: false,
  draining: false,
})

const isCellId = Schema.is(CellId)

const withOption = (cell: Cell, option: string): Cell | undefined => {
  const [name = '', value = ''] = option.split('=', 2)
  if (name === 'read-only' && value === '') return { ...cell, readOnly: true }
  if (name === 'draining' && value === '') return { ...cell, draining: true }
  if (name === 'weight') {
    const weight = Number(value || Number.NaN)
    return weight >= 0.1 && weight <= 10 ? { ...cell, weight } : undefined
  }
  if (name === 'jurisdiction') {
    const jurisdiction = jurisdictions.find((known) => known === value)
    return jurisdiction === undefined ? undefined : { ...cell, jurisdiction }
  }
  const hint = name === 'hint' ? hints.find((known) => known === value) : undefined
  return hint === undefined ? undefined : { ...cell, hint }
}

export const jurisdictions = ['eu', 'fedramp'] as const
export const hints = ['wnam', 'enam', 'sam', 'weur', 'eeur', 'apac', 'oc', 'afr', 'me'] as const

export type Jurisdiction = (typeof jurisdictions)[number]
export type LocationHint = (typeof hints)[number]

export class IllegalCells extends Data.TaggedError('IllegalCells')<{ readonly said: string; readonly why: string }> {
  override get message() {
    return `The variable CELLS says “${this.said}”, but ${this.why}. No store is lost by it: put it right and start again.`
  }
}
