import { changedJurisdiction, withFacts } from '#schema/placement/cell-facts.ts'
import { type Cell, newCell } from '#schema/placement/cells.ts'
import type { Env } from '#sync-worker/env.ts'
import { isLearntFresh, type Learnt, learn, learnt } from './learnt-cells.ts'
import { type Variables, variablesIn } from './variables.ts'

/** What counts of cells and placement: what the variables say, and over it what operators changed since. */
export interface Configured extends Variables {
  /** 0 is the variables alone. */
  readonly version: number
}

/** As this isolate knows it. */
export const configuredIn = (env: Env): Configured => {
  const now = learnt()
  const known = made.get(env)
  if (known?.from === now) return known.configured
  const variables = variablesIn(env)
  const cells = withFacts(variables.cells, now.facts, now.began)
  const configured = {
    ...variables,
    cells,
    problem: variables.problem ?? sentenceOf(changedJurisdiction(variables.cells, now.began)),
    version: now.facts.at(-1)?.seq ?? 0,
  }
  made.set(env, { from: now, configured })
  return configured
}

/** As it was a few seconds ago at most. */
export const freshlyConfigured = async (env: Env): Promise<Configured> =>
  isLearntFresh(Date.now()) ? configuredIn(env) : currentlyConfigured(env)

/** As it is. */
export const currentlyConfigured = async (env: Env): Promise<Configured> => {
  await learn(env.DB, variablesIn(env), Date.now())
  return configuredIn(env)
}

/** Without it no object there is found for sure: one of another jurisdiction would be another. */
export const knowCells = async (env: Env, ...cellIds: readonly string[]): Promise<void> => {
  const unknown = cellIds.filter((cellId) => !learnt().began.has(cellId))
  if (unknown.length > 0) await learn(env.DB, variablesIn(env), Date.now(), unknown)
}

/** And those that hold stores though nobody names them any more: they are to be emptied. */
export const withLeft = (cells: readonly Cell[], held: readonly { readonly cellId: string }[]): readonly Cell[] => {
  const named = new Set(cells.map(({ cellId }) => cellId))
  const left = new Set(held.map(({ cellId }) => cellId).filter((cellId) => !named.has(cellId)))
  const asLeft = (cellId: string) => ({ ...newCell(cellId), draining: true, jurisdiction: began(cellId) })
  return [...cells, ...[...left].map(asLeft)]
}

const began = (cellId: string) => learnt().began.get(cellId) ?? null

/** Whether what stands there may only be read. Whoever asks on every write does not wait for D1: it follows in a few seconds. */
export const isReadOnly = (env: Env, at: string): boolean => {
  if (Date.now() - askedAt > askEvery) {
    askedAt = Date.now()
    void freshlyConfigured(env).catch(() => undefined) // the next one asks again
  }
  return configuredIn(env).cells.some(({ cellId, readOnly }) => cellId === at && readOnly)
}

let askedAt = 0
const askEvery = 5000

const sentenceOf = (changed: Cell | undefined): string | null =>
  changed === undefined
    ? null
    : `The variable CELLS gives ${changed.cellId} another jurisdiction than it began with. It keeps the first one, and no store is lost: name a new cell for this one.`

const made = new WeakMap<Env, { readonly from: Learnt; readonly configured: Configured }>()
