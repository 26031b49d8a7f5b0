/** Which of these stores an account owns. */
export const ownAmong = async (
  db: D1Database,
  accountId: string,
  stores: readonly { readonly storeId: string }[],
): Promise<ReadonlySet<string>> => {
  const { results } = await db
    .prepare('SELECT storeId FROM stores WHERE ownerId = ? AND storeId IN (SELECT value FROM json_each(?))')
    .bind(accountId, JSON.stringify(stores.map(({ storeId }) => storeId)))
    .all<{ storeId: string }>()
  return new Set(results.map(({ storeId }) => storeId))
}
