import { Data } from 'effect'
import { type Cell, takesStores } from './cells.ts'
import { cellOnRing, makeRing } from './ring.ts'

/** Where a new store goes. It is asked once: what it said is remembered, and reads never ask again. */
export type Strategy = (store: NewStore) => string | undefined

export interface NewStore {
  readonly storeId: string
  /** In milliseconds since 1970. */
  readonly createdAt: number
}

export const strategyNames = ['hash', 'range', 'directory'] as const
export type StrategyName = (typeof strategyNames)[number]

/** By its id alone: even, and few go elsewhere when cells come and leave. */
export const hashStrategy = (cells: readonly Cell[]): Strategy => {
  const ring = makeRing(cells.filter(takesStores))
  return ({ storeId }) => cellOnRing(ring, storeId)
}

/** By when it was made: what belongs to one time stands together, and a new cell takes what comes from now on. */
export const rangeStrategy = (cells: readonly Cell[], ranges: readonly Range[]): Strategy => {
  const takers = new Set(cells.filter(takesStores).map(({ cellId }) => cellId))
  const newestFirst = ranges.filter(({ cellId }) => takers.has(cellId)).sort((a, b) => b.from - a.from)
  return ({ createdAt }) => newestFirst.find(({ from }) => from <= createdAt)?.cellId
}

/** To the cell that holds least for its weight. */
export const directoryStrategy = (cells: readonly Cell[], held: ReadonlyMap<string, number>): Strategy => {
  const load = ({ cellId, weight }: Cell) => ((held.get(cellId) ?? 0) + 1) / weight
  const [emptiest] = cells.filter(takesStores).sort((a, b) => load(a) - load(b) || (a.cellId < b.cellId ? -1 : 1))
  return () => emptiest?.cellId
}

/** What stands in the list goes where it says, to a cell that takes no more too; all else goes by the strategy. */
export const pinned =
  (pins: ReadonlyMap<string, string>, strategy: Strategy): Strategy =>
  (store) =>
    pins.get(store.storeId) ?? strategy(store)

/** From this time on, until the next range begins. */
export interface Range {
  readonly from: number
  readonly cellId: string
}

/** `2026-01-01=c1 2027-01-01=c2` */
export const parseRanges = (text: string, cells: readonly Cell[]): readonly Range[] | IllegalPairs => {
  const pairs = parsePairs('RANGES', text, cells)
  if (pairs instanceof IllegalPairs) return pairs
  const wrong = pairs.find(([date]) => Number.isNaN(Date.parse(date)))
  if (wrong !== undefined) return new IllegalPairs({ variable: 'RANGES', said: wrong.join('='), why: 'no date' })
  return pairs.map(([date, cellId]) => ({ from: Date.parse(date), cellId }))
}

/** `persona_ada=c2 workspace_of4ada=c3` */
export const parsePins = (text: string, cells: readonly Cell[]): ReadonlyMap<string, string> | IllegalPairs => {
  const pairs = parsePairs('PINS', text, cells)
  return pairs instanceof IllegalPairs ? pairs : new Map(pairs)
}

const parsePairs = (variable: string, text: string, cells: readonly Cell[]) => {
  const pairs: (readonly [string, string])[] = []
  for (const said of text.split(/\s+/).filter((part) => part !== '')) {
    const [key = '', cellId = ''] = said.split('=', 2)
    if (!cells.some((cell) => cell.cellId === cellId))
      return new IllegalPairs({ variable, said, why: 'no cell of CELLS' })
    pairs.push([key, cellId])
  }
  return pairs
}

export class IllegalPairs extends Data.TaggedError('IllegalPairs')<{
  readonly variable: string
  readonly said: string
  readonly why: string
}> {
  override get message() {
    return `The variable ${this.variable} says “${this.said}”, which names ${this.why}. No store is lost by it: put it right and start again.`
  }
}
