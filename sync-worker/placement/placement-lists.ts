import type { Cell } from '#schema/placement/cells.ts'
import type { MovesSaid, PlacementSaid, PlacementsSaid } from '#schema/placement/wire.ts'
import { answer, type Call, isoOf } from '#sync-worker/api-call.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { freshlyConfigured, withLeft } from './configured.ts'
import { moveToSaid } from './move-calls.ts'
import { movesIn } from './move-rows.ts'
import { ownAmong } from './own-stores.ts'
import { rebalancerOf } from './the-rebalancer.ts'

/** `GET /api/placements?after=`: where the stores of this account stand, or for an operator all, by id, 500 at a time. */
export const listPlacements = async ({ request, env, session }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  const { pins, cells } = await freshlyConfigured(env)
  const { results } = await env.DB.prepare(
    `SELECT storeId, coalesce(ownerId = ?1, 0) AS isMine, placements.cellId, placements.epoch, status, strategy, since,
       pins.storeId IS NOT NULL AS isPinned, records, bytes
     FROM placements LEFT JOIN stores USING (storeId) LEFT JOIN pins USING (storeId) LEFT JOIN store_health USING (storeId)
     WHERE storeId > ?2 AND (?3 OR ownerId = ?1) AND storeId NOT IN (SELECT storeId FROM erasedStores)
     ORDER BY storeId LIMIT 500`,
  )
    .bind(
      session.accountId,
      new URL(request.url).searchParams.get('after') ?? '',
      (await mayOperate(env, session)) ? 1 : 0,
    )
    .all<Row>()
  const all = withLeft(cells, results)
  const placements = results.map(({ isMine, isPinned, since, status, ...row }) => ({
    ...row,
    isMine: isMine === 1,
    pinned: isPinned === 1 || pins.has(row.storeId),
    since: isoOf(since),
    status: statusOf(
      status,
      all.find(({ cellId }) => cellId === row.cellId),
    ),
  }))
  const next = placements.length === 500 ? (placements.at(-1)?.storeId ?? null) : null
  return answer({ placements, next } satisfies PlacementsSaid)
}

/** `GET /api/moves`: of all stores of this account, or for an operator of all there are; and what waits for its turn. */
export const listAllMoves = async ({ env, session }: Call): Promise<Response> => {
  const isOperator = await mayOperate(env, session)
  const [moves, { waiting }] = await Promise.all([
    movesIn(env.DB, isOperator ? null : session.accountId),
    rebalancerOf(env).standing(),
  ])
  const mine = await ownAmong(env.DB, session.accountId, [...moves, ...waiting])
  const told = waiting.filter(({ storeId }) => isOperator || mine.has(storeId))
  return answer({
    moves: moves.map((move) => ({
      ...moveToSaid(move),
      storeId: move.storeId,
      isMine: mine.has(move.storeId),
    })),
    waiting: told.map((move) => ({ ...move, isMine: mine.has(move.storeId) })),
  } satisfies MovesSaid)
}

/** What the cell does to what stands in it, unless it is moved just now. */
const statusOf = (status: string, cell: Cell | undefined): PlacementSaid['status'] => {
  if (status === 'migrating') return status
  if (cell?.readOnly === true) return 'read-only'
  return cell?.draining === true ? 'draining' : 'active'
}

interface Row {
  readonly storeId: string
  readonly isMine: number
  readonly cellId: string
  readonly epoch: number
  readonly status: string
  readonly strategy: string
  readonly since: number
  readonly isPinned: number
  readonly records: number | null
  readonly bytes: number | null
}
