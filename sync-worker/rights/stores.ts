import { blanked } from '#sync-worker/erasing/overwrite-remains.ts'
import { eraseFileLinks } from '#sync-worker/file-links/erase-file-links.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/** The first account that asks for a store owns it. Its id is 128 random bits, so the first one is who made it. */
export const claim = (db: D1Database, storeId: string, accountId: string, now: number): D1PreparedStatement =>
  db
    .prepare('INSERT INTO stores (storeId, ownerId, claimedAt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .bind(storeId, accountId, now)

export const isOwner = async (db: D1Database, storeId: string, accountId: string): Promise<boolean> =>
  (await db.prepare('SELECT 1 FROM stores WHERE storeId = ? AND ownerId = ?').bind(storeId, accountId).first()) !== null

export const isErased = async (db: D1Database, storeId: string): Promise<boolean> => {
  await ensureTables(db)
  return (await db.prepare('SELECT 1 FROM erasedStores WHERE storeId = ?').bind(storeId).first()) !== null
}

/** From now on nobody has a right to it, and its id is never given to anybody again. */
export const markErased = async (db: D1Database, storeId: string, now: number): Promise<void> => {
  await db.batch([
    db.prepare('INSERT INTO erasedStores (storeId, erasedAt) VALUES (?, ?) ON CONFLICT DO NOTHING').bind(storeId, now),
    db.prepare(`UPDATE shares SET ${blanked('sealed')} WHERE storeId = ?`).bind(storeId),
    db.prepare('UPDATE shares SET revokedAt = ? WHERE storeId = ? AND revokedAt IS NULL').bind(now, storeId),
    eraseFileLinks(db, storeId, now),
    db.prepare('DELETE FROM store_health WHERE storeId = ?').bind(storeId),
  ])
}

/** Every store an account may have a right to; `roleOf` says whether it has. */
export const storeIdsOf = async (db: D1Database, accountId: string, after: string, limit: number) => {
  const { results } = await db
    .prepare(
      `SELECT storeId FROM stores WHERE ownerId = ?1 AND storeId > ?2
         AND storeId NOT IN (SELECT storeId FROM erasedStores)
       UNION SELECT storeId FROM grants WHERE accountId = ?1 AND storeId > ?2 ORDER BY storeId LIMIT ?3`,
    )
    .bind(accountId, after, limit)
    .all<{ storeId: string }>()
  return results.map(({ storeId }) => storeId)
}
