import type { MoveDay, MoveDaysSaid } from '#schema/placement/wire.ts'
import { answer, type Call } from '#sync-worker/api-call.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import type { RebalancerDay } from './rebalancer-calls.ts'
import { rebalancerOf } from './the-rebalancer.ts'

/** `GET /api/moves/days?after=`: how long moves of this account took, or for an operator all, and how often the rebalancer looked. */
export const listMoveDays = async ({ request, env, session }: Call): Promise<Response> => {
  const after = new URL(request.url).searchParams.get('after') ?? ''
  const next = Date.parse(`${after}T24:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(after) || Number.isNaN(next)) return refuse('IllegalDay')
  const accountId = (await mayOperate(env, session)) ? null : session.accountId
  const rebalanced: readonly RebalancerDay[] = await rebalancerOf(env).daysAfter(after)
  const days = new Map<string, MoveDay>(rebalanced.map((day) => [day.day, { ...nothing, ...day }]))
  for (const moved of await movesByDay(env.DB, accountId, next))
    days.set(moved.day, { ...nothing, ...days.get(moved.day), ...moved })
  return answer({ days: [...days.values()].toSorted((a, b) => a.day.localeCompare(b.day)) } satisfies MoveDaysSaid)
}

const nothing = { moved: 0, tookMs: 0, fenceMs: 0, calledBack: 0, looks: 0, started: 0 }

type Moved = Omit<MoveDay, 'looks' | 'started'>

/** `isUnderWay` is named for the index. */
const movesByDay = async (db: D1Database, accountId: string | null, from: number): Promise<readonly Moved[]> => {
  await ensureTables(db)
  const { results } = await db
    .prepare(
      `SELECT date(startedAt / 1000, 'unixepoch') AS day, count(move ->> 'fenceMs') AS moved,
         total((move ->> 'fencedAt') + (move ->> 'fenceMs') - startedAt) AS tookMs, total(move ->> 'fenceMs') AS fenceMs,
         total(step = 'rolled back') AS calledBack
       FROM moves
       WHERE isUnderWay IN (0, 1) AND startedAt >= ?1
         AND (?2 IS NULL OR storeId IN (SELECT storeId FROM stores WHERE ownerId = ?2))
       GROUP BY day`,
    )
    .bind(from, accountId)
    .all<Moved>()
  return results
}
