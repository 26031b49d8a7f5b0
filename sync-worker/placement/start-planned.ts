import { takesStores } from '#schema/placement/cells.ts'
import type { PlannedMove } from '#schema/placement/planner.ts'
import { idFromBytes } from '#schema/shared/ids.ts'
import type { Env } from '#sync-worker/env.ts'
import { freshlyConfigured } from './configured.ts'
import { forgetPlace, placeOf } from './places.ts'

/** The id of the move, if the store still stands where the plan saw it, and may go. */
export const startPlanned = async (env: Env, { storeId, from, to }: PlannedMove): Promise<string | undefined> => {
  forgetPlace(storeId)
  const place = await placeOf(env, storeId)
  const { cells } = await freshlyConfigured(env)
  if (place.cellId !== from || !cells.some((cell) => cell.cellId === to && takesStores(cell))) return undefined
  const moveId = idFromBytes(crypto.getRandomValues(new Uint8Array(16)))
  const target = { cellId: to, epoch: place.epoch + 1 }
  const started = await env.MOVE_DESK.getByName(storeId).start({ moveId, storeId, from: place, to: target })
  return started === 'MoveUnderWay' ? undefined : moveId
}
