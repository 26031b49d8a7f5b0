import { Schema } from 'effect'
import { type Cell, takesStores } from '#schema/placement/cells.ts'
import type { MoveSaid } from '#schema/placement/wire.ts'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { rightTo } from '#sync-worker/rights/store-right.ts'
import { askLog } from './ask-log.ts'
import { freshlyConfigured } from './configured.ts'
import type { Move } from './move.ts'
import { pinOf } from './pins.ts'
import { forgetPlace, placeOf } from './places.ts'

/** `GET /api/stores/:storeId/placement`: where it stands, since when and why. */
export const showPlacement = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const storeId = call.params.storeId ?? ''
  await placeOf(call.env, storeId)
  const row = await call.env.DB.prepare(
    'SELECT cellId, epoch, status, strategy, since FROM placements WHERE storeId = ?',
  )
    .bind(storeId)
    .first<{ cellId: string; epoch: number; status: string; strategy: string; since: number }>()
  return row === null ? refuse('NotFound') : answer({ storeId, ...row, since: isoOf(row.since) })
}

/** `POST /api/stores/:storeId/moves` with the cell: 202 and the move; as a dry run 200, and what would move. */
export const startMove = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const body = await bodyOf(call.request, Order)
  if (body instanceof Response) return body
  const { env, newId } = call
  const storeId = call.params.storeId ?? ''
  forgetPlace(storeId)
  const from = await placeOf(env, storeId)
  const { cells } = await freshlyConfigured(env)
  const cell = cells.find(({ cellId }) => cellId === body.to)
  const wrong = refusalForTarget(cell, from.cellId)
  if (wrong !== undefined) return refuse(wrong)
  if (((await pinOf(env.DB, storeId)) ?? body.to) !== body.to) return refuse('StorePinned')
  if (body.dryRun === true) {
    const { events, bytes } = await askLog(env, storeId, (log) => log.measure())
    return answer({ storeId, from: from.cellId, to: body.to, events, bytes })
  }
  const to = { cellId: body.to, epoch: from.epoch + 1 }
  const move = await deskOf(call).start({ moveId: newId(), storeId, from, to })
  return move === 'MoveUnderWay' ? refuse(move) : answer(moveToSaid(move), 202)
}

/** `GET /api/stores/:storeId/moves`: the newest first, those under way as far as they are. */
export const listMoves = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const moves: readonly Move[] = await deskOf(call).moves()
  return answer({ moves: moves.map(moveToSaid) })
}

/** `DELETE /api/stores/:storeId/moves/:id`: calls it back, as long as the source is the owner. */
export const rollBackMove = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const move = await deskOf(call).rollBack(call.params.id ?? '')
  return typeof move === 'string' ? refuse(move) : answer(moveToSaid(move))
}

const refusalForTarget = (cell: Cell | undefined, from: string) => {
  if (cell === undefined) return 'CellNotFound'
  if (cell.cellId === from) return 'StoreIsThere'
  return takesStores(cell) ? undefined : 'CellTakesNothing'
}

export const refuseOthers = async (call: Call): Promise<Response | undefined> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  return right.role === 'owner' ? undefined : refuse('MayNotMove')
}

const deskOf = ({ env, params }: Call) => env.MOVE_DESK.getByName(params.storeId ?? '')

export const moveToSaid = ({
  moveId,
  from,
  to,
  step,
  events,
  copied,
  bytes,
  startedAt,
  fencedAt,
  fenceMs,
  endedAt,
  why,
}: Move): MoveSaid => ({
  moveId,
  from: from.cellId,
  to: to.cellId,
  step,
  events,
  copied,
  bytes,
  startedAt: isoOf(startedAt),
  arrivedAt: fencedAt === null || fenceMs === null ? null : isoOf(fencedAt + fenceMs),
  endedAt: endedAt === null ? null : isoOf(endedAt),
  fenceMs,
  why,
})

const Order = Schema.Struct({ to: Schema.String, dryRun: Schema.optional(Schema.Boolean) })
