import { type Cell, takesStores } from '#schema/placement/cells.ts'
import { spreadOver } from '#schema/placement/packing.ts'
import { moveOf, type PlannedMove } from '#schema/placement/planner.ts'
import { type AccountMovesSaid, AccountOrder } from '#schema/placement/wire.ts'
import { answer, bodyOf, type Call } from '#sync-worker/api-call.ts'
import type { Env } from '#sync-worker/env.ts'
import { type RefusalCode, refuse } from '#sync-worker/refuse.ts'
import { freshlyConfigured } from './configured.ts'
import { figuresByCell, type Measured, measuredStores } from './loads.ts'
import { rebalancerOf } from './the-rebalancer.ts'

/**
 * `POST /api/account/moves`: all stores of this account to a cell or into a jurisdiction, but those that are pinned. 202, or
 * as a dry run 200, and what moves.
 */
export const moveAccount = async ({ request, env, session, now }: Call): Promise<Response> => {
  const order = await bodyOf(request, AccountOrder)
  if (order instanceof Response) return order
  const stores = await measuredStores(env, session.accountId, now)
  const free = stores.filter(({ hasPin, isErased }) => !hasPin && !isErased)
  const moves = 'to' in order ? await toCell(order.to, free, env) : await toJurisdiction(order.jurisdiction, free, env)
  if (typeof moves === 'string') return refuse(moves)
  if (order.dryRun !== true) await rebalancerOf(env).enqueue(moves)
  return answer({ moves } satisfies AccountMovesSaid, order.dryRun === true ? 200 : 202)
}

type Found = Promise<readonly PlannedMove[] | RefusalCode>

const toCell = async (to: string, stores: readonly Measured[], env: Env): Found => {
  const cell = (await freshlyConfigured(env)).cells.find(({ cellId }) => cellId === to)
  if (cell === undefined) return 'CellNotFound'
  if (!takesStores(cell)) return 'CellTakesNothing'
  return stores.filter(({ cellId }) => cellId !== to).map((store) => moveOf(store, to, 'Its owner wants it there.'))
}

const toJurisdiction = async (wanted: Cell['jurisdiction'], stores: readonly Measured[], env: Env): Found => {
  const there = (await freshlyConfigured(env)).cells.filter(({ jurisdiction }) => jurisdiction === wanted)
  if (!there.some(takesStores)) return 'JurisdictionNotFound'
  const leaving = stores.filter((store) => !there.some(({ cellId }) => cellId === store.cellId))
  const figures = [...(await figuresByCell(env.DB, null))]
  const held = new Map(figures.map(([cellId, { bytes }]) => [cellId, bytes]))
  return spreadOver(leaving, there.filter(takesStores), held, 'Its owner wants it in that jurisdiction.')
}
