import { Schema } from 'effect'
import { changeCell, removeCell } from '#schema/placement/cell-facts.ts'
import { CellId, takesStores } from '#schema/placement/cells.ts'
import { pointsPerCell } from '#schema/placement/ring.ts'
import { type CellChangesSaid, CellOrder, type CellsSaid } from '#schema/placement/wire.ts'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { type CellChange, cellChangesIn, type Decision, decideCells } from './cell-changes.ts'
import { freshlyConfigured, withLeft } from './configured.ts'
import { figuresByCell } from './loads.ts'
import { rebalancerOf } from './the-rebalancer.ts'

/** `GET /api/cells`: all there are, and what each holds: of this account, or for an operator of all. */
export const listCells = async ({ env, session }: Call): Promise<Response> => {
  const isOperator = await mayOperate(env, session)
  const { cells, strategy } = await freshlyConfigured(env)
  const held = await figuresByCell(env.DB, isOperator ? null : session.accountId)
  const heldIn = (cellId: string) => held.get(cellId) ?? nothing
  const all = withLeft(
    cells,
    [...held.keys()].map((cellId) => ({ cellId })),
  )
  const said = all.map((cell) => ({ ...cell, takesStores: takesStores(cell), ...heldIn(cell.cellId) }))
  return answer({ mayOperate: isOperator, strategy, points: pointsPerCell, cells: said } satisfies CellsSaid)
}

/** `PUT /api/cells/:cellId`: adds one, or changes it; 200 and the cell. What should go to a new one is looked for at once. */
export const putCell = async (call: Call): Promise<Response> => {
  const { cellId = '' } = call.params
  if (!Schema.is(CellId)(cellId)) return refuse('CellIdIllegal')
  const body = await bodyOf(call.request, CellOrder)
  if (body instanceof Response) return body
  const isNew = !(await freshlyConfigured(call.env)).cells.some((known) => known.cellId === cellId)
  const refusal = await decide(call, ({ cells, began }) => changeCell(cells, began, cellId, body))
  if (refusal !== undefined) return refusal
  if (isNew)
    await rebalancerOf(call.env)
      .lookSoon()
      .catch(() => undefined) // it looks by itself, later
  const { cells } = await freshlyConfigured(call.env)
  const cell = cells.find((known) => known.cellId === cellId)
  return cell === undefined ? refuse('CellsChanged') : answer({ ...cell, takesStores: takesStores(cell) })
}

/** `DELETE /api/cells/:cellId` → 204; while anything stands in it or goes there, 409. */
export const deleteCell = async (call: Call): Promise<Response> => {
  const { cellId = '' } = call.params
  const refusal = await decide(call, ({ cells }) => removeCell(cells, cellId))
  return refusal ?? new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
}

/** `GET /api/cells/changes`: what was done to them, when and by whom. */
export const listCellChanges = async ({ env, session }: Call): Promise<Response> => {
  const isOperator = await mayOperate(env, session)
  const changes = await cellChangesIn(env.DB)
  const told = ({ at, byId, ...change }: CellChange) => ({ at: isoOf(at), by: isOperator ? byId : null, ...change })
  return answer({ changes: changes.map(told) } satisfies CellChangesSaid)
}

const decide = async ({ env, session, now }: Call, decision: Decision): Promise<Response | undefined> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const refusal = await decideCells(env, decision, session.accountId, now)
  return refusal === undefined ? undefined : refuse(refusal)
}

const nothing = { stores: 0, records: 0, bytes: 0, connections: 0 }
