/** The first account that asks for a store owns it. Its id is 128 random bits, so the first one is who made it. */
export const claim = (db: D1Database, storeId: string, accountId: string, now: number): D1PreparedStatement =>
  db
    .prepare('INSERT INTO stores (storeId, ownerId, claimedAt) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .bind(storeId, accountId, now)

/** Every store an account may have a right to; `roleOf` says whether it has. */
export const storeIdsOf = async (db: D1Database, accountId: string, after: string, limit: number) => {
  const { results } = await db
    .prepare(
      `SELECT storeId FROM stores WHERE ownerId = ?1 AND storeId > ?2
       UNION SELECT storeId FROM grants WHERE accountId = ?1 AND storeId > ?2 ORDER BY storeId LIMIT ?3`,
    )
    .bind(accountId, after, limit)
    .all<{ storeId: string }>()
  return results.map(({ storeId }) => storeId)
}
