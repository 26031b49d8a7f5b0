import { type Cell, IllegalCells, parseCells } from '#schema/placement/cells.ts'
import {
  IllegalPairs,
  parsePins,
  parseRanges,
  type Range,
  type StrategyName,
  strategyNames,
} from '#schema/placement/strategies.ts'
import type { Env } from '#sync-worker/env.ts'

/** What the operator said of cells and placement before the server began. */
export interface Variables {
  readonly cells: readonly Cell[]
  readonly strategy: StrategyName
  readonly ranges: readonly Range[]
  readonly pins: ReadonlyMap<string, string>
  /** The sentence of what cannot be read, if anything cannot. */
  readonly problem: string | null
}

/** With a problem all new stores go to the first cell, which is always there. */
export const variablesIn = (env: Env): Variables => {
  const known = read.get(env)
  if (known !== undefined) return known
  const variables = readFrom(env)
  read.set(env, variables)
  return variables
}

const read = new WeakMap<Env, Variables>()

const readFrom = (env: Env): Variables => {
  const cells = parseCells(env.CELLS || 'c1 c2 c3 c4')
  if (cells instanceof IllegalCells) return onlyFirst(cells.message)
  const strategy = strategyNames.find((name) => name === (env.PLACEMENT || 'hash'))
  if (strategy === undefined) return onlyFirst(`The variable PLACEMENT is one of ${strategyNames.join(', ')}.`)
  const ranges = parseRanges(env.RANGES ?? '', cells)
  if (ranges instanceof IllegalPairs) return onlyFirst(ranges.message)
  const pins = parsePins(env.PINS ?? '', cells)
  if (pins instanceof IllegalPairs) return onlyFirst(pins.message)
  return { cells, strategy, ranges, pins, problem: null }
}

const onlyFirst = (problem: string): Variables => {
  const cells = parseCells('c1')
  return {
    cells: cells instanceof IllegalCells ? [] : cells,
    strategy: 'hash',
    ranges: [],
    pins: new Map(),
    problem,
  }
}
