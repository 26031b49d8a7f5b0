import { type CellFact, withFacts } from '#schema/placement/cell-facts.ts'
import { type Cell, takesStores } from '#schema/placement/cells.ts'
import { lackingCells } from '#schema/placement/lacking.ts'
import {
  type Aim,
  afterMoves,
  type CellHeld,
  type Cluster,
  heldByCells,
  type PlannedMove,
  type Planner,
  planAll,
} from '#schema/placement/planner.ts'
import { planners } from '#schema/placement/planners.ts'
import type { PlanOrder } from '#schema/placement/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { configuredIn, currentlyConfigured, withLeft } from './configured.ts'
import { learnt } from './learnt-cells.ts'
import { measuredStores } from './loads.ts'
import { policyIn } from './policy.ts'

/** What there is to do: cells to be emptied, what is above its limits, and cells that came. By range, those wait for what comes. */
export const findMoves = async (env: Env, now: number): Promise<readonly PlannedMove[]> => {
  const cluster = await clusterIn(env, now)
  const lacking = configuredIn(env).strategy === 'range' ? [] : lackingCells(cluster)
  const aims: readonly Aim[] = [
    emptying(cluster.cells),
    { kind: 'mend' },
    ...(lacking.length === 0 ? [] : [{ kind: 'fill' as const, cellIds: idsOf(lacking) }]),
  ]
  return planAll(plannerOf(env), aims, cluster).slice(0, mostAtOneLook)
}

export interface WhatIf {
  readonly moves: readonly PlannedMove[]
  readonly before: readonly CellHeld[]
  readonly after: readonly CellHeld[]
}

/** What would move if the cells were others. */
export const planFor = async (
  env: Env,
  { cells = [], drain }: PlanOrder,
  now: number,
): Promise<WhatIf | 'CellNotFound'> => {
  const before = await clusterIn(env, now)
  const cellBefore = (id: string) => before.cells.find(({ cellId }) => cellId === id)
  if (drain !== undefined && cellBefore(drain) === undefined) return 'CellNotFound'
  const kindOf = (cellId: string) => (cellBefore(cellId) === undefined ? 'added' : 'changed')
  const facts = cells.map(({ cellId, ...change }): CellFact => ({ cellId, kind: kindOf(cellId), change }))
  const drained =
    drain === undefined ? [] : [{ cellId: drain, kind: 'changed', change: { draining: true } } satisfies CellFact]
  const then = withFacts(before.cells, [...facts, ...drained], learnt().began)
  const named = new Set([...facts, ...drained].map(({ cellId }) => cellId))
  const isNamed = ({ cellId }: Cell) => named.has(cellId)
  const weightBefore = ({ cellId }: Cell) => {
    const cell = cellBefore(cellId)
    return cell === undefined || !takesStores(cell) ? 0 : cell.weight
  }
  const taking = then.filter((cell) => isNamed(cell) && takesStores(cell))
  const aims: readonly Aim[] = [
    emptying(then.filter(isNamed)),
    { kind: 'shed', cellIds: idsOf(taking.filter((cell) => cell.weight < weightBefore(cell))) },
    { kind: 'fill', cellIds: idsOf(taking.filter((cell) => cell.weight > weightBefore(cell))) },
  ]
  const cluster = { ...before, cells: then }
  const moves = planAll(plannerOf(env), aims, cluster)
  return { moves, before: heldByCells(before), after: heldByCells(afterMoves(cluster, moves)) }
}

const emptying = (cells: readonly Cell[]): Aim => ({
  kind: 'empty',
  cellIds: idsOf(cells.filter(({ draining }) => draining)),
})

const idsOf = (cells: readonly Cell[]) => cells.map(({ cellId }) => cellId)

const clusterIn = async (env: Env, now: number): Promise<Cluster> => {
  const { cells } = await currentlyConfigured(env)
  const stores = await measuredStores(env, null, now)
  return { cells: withLeft(cells, stores), stores, limits: await policyIn(env.DB) }
}

/** By the variable; one that is not known is the first. */
const plannerOf = ({ PLANNER }: Env): Planner => (PLANNER === 'ring' ? planners.ring : planners.packing)

/** More are for the next look. */
const mostAtOneLook = 500
