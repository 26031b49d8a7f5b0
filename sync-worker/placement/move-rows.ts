import { ensureTables } from '#sync-worker/tables.ts'
import { hasEnded, isUnderWay, type Move } from './move.ts'
import { isThere } from './places.ts'

/**
 * What desks tell D1 of their moves, so that the moves of all stores are one query, and a cell that something comes to is
 * not removed. Whether the target is still there: of a move that is new and whose target was removed just now, it is not.
 */
export const tellMove = async (db: D1Database, move: Move): Promise<boolean> => {
  await ensureTables(db)
  const { meta } = await db
    .prepare(
      `INSERT INTO moves (moveId, storeId, fromCell, toCell, step, isUnderWay, startedAt, endedAt, move)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
       WHERE ${isThere('?4')} OR ?8 IS NOT NULL OR EXISTS (SELECT 1 FROM moves WHERE moveId = ?1)
       ON CONFLICT (moveId) DO UPDATE SET step = ?5, isUnderWay = ?6, endedAt = ?8, move = ?9`,
    )
    .bind(
      move.moveId,
      move.storeId,
      move.from.cellId,
      move.to.cellId,
      move.step,
      isUnderWay(move) ? 1 : 0,
      move.startedAt,
      hasEnded(move) ? move.endedAt : null,
      JSON.stringify(move),
    )
    .run()
  return meta.changes > 0
}

/** Those under way first, then the newest: of one account, or of all. */
export const movesIn = async (db: D1Database, accountId: string | null): Promise<readonly Move[]> => {
  await ensureTables(db)
  const { results } = await db
    .prepare(
      `SELECT move FROM moves WHERE ?1 IS NULL OR storeId IN (SELECT storeId FROM stores WHERE ownerId = ?1)
       ORDER BY isUnderWay DESC, startedAt DESC LIMIT 100`,
    )
    .bind(accountId)
    .all<{ move: string }>()
  return results.map(({ move }) => JSON.parse(move)) // a desk wrote it
}

/** Of these those that are not at their new place yet. */
export const underWayAmong = async (db: D1Database, moveIds: readonly string[]): Promise<readonly string[]> => {
  if (moveIds.length === 0) return []
  const { results } = await db
    .prepare(`SELECT moveId FROM moves WHERE isUnderWay = 1 AND moveId IN (${moveIds.map(() => '?').join(', ')})`)
    .bind(...moveIds)
    .all<{ moveId: string }>()
  return results.map(({ moveId }) => moveId)
}
