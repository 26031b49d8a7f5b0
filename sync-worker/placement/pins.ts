/** Where its owner pinned it to. */
export const pinOf = (db: D1Database, storeId: string): Promise<string | null> =>
  db.prepare('SELECT cellId FROM pins WHERE storeId = ?').bind(storeId).first('cellId')
