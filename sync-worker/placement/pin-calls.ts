import { takesStores } from '#schema/placement/cells.ts'
import { PinOrder, type PinSaid } from '#schema/placement/wire.ts'
import { answer, bodyOf, type Call } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { freshlyConfigured } from './configured.ts'
import type { Move } from './move.ts'
import { moveToSaid, refuseOthers } from './move-calls.ts'
import { forgetPlace, placeOf } from './places.ts'

/** `PUT /api/stores/:storeId/pin`: it stays in this cell, and goes there if it stands elsewhere; no plan moves it. */
export const pinStore = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const body = await bodyOf(call.request, PinOrder)
  if (body instanceof Response) return body
  const { env, now, newId } = call
  const storeId = call.params.storeId ?? ''
  const cell = (await freshlyConfigured(env)).cells.find(({ cellId }) => cellId === body.cellId)
  if (cell === undefined) return refuse('CellNotFound')
  forgetPlace(storeId)
  const from = await placeOf(env, storeId)
  let move: Move | null = null
  if (from.cellId !== cell.cellId) {
    if (!takesStores(cell)) return refuse('CellTakesNothing')
    const to = { cellId: cell.cellId, epoch: from.epoch + 1 }
    const started = await env.MOVE_DESK.getByName(storeId).start({ moveId: newId(), storeId, from, to })
    if (started === 'MoveUnderWay') return refuse(started)
    move = started
  }
  await env.DB.prepare('INSERT OR REPLACE INTO pins (storeId, cellId, pinnedAt) VALUES (?, ?, ?)')
    .bind(storeId, cell.cellId, now)
    .run()
  const said = { storeId, pinnedTo: cell.cellId, move: move === null ? null : moveToSaid(move) }
  return answer(said satisfies PinSaid, move === null ? 200 : 202)
}

/** `DELETE /api/stores/:storeId/pin`: it stays where it is, until a plan moves it. What the variable `PINS` says stays. */
export const unpinStore = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const storeId = call.params.storeId ?? ''
  await call.env.DB.prepare('DELETE FROM pins WHERE storeId = ?').bind(storeId).run()
  const { pins } = await freshlyConfigured(call.env)
  return answer({ storeId, pinnedTo: pins.get(storeId) ?? null, move: null } satisfies PinSaid)
}
