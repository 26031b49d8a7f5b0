import { ensureTables } from '#sync-worker/tables.ts'

/** Who came to a store and what was refused, for its owner and auditors to read. */
export interface Access {
  readonly storeId: string
  /** Empty when nobody was signed in. */
  readonly accountId: string
  readonly sessionId: string
  readonly what:
    | 'store opened'
    | 'connect refused'
    | 'push refused'
    | 'share created'
    | 'share changed'
    | 'share revoked'
    | 'share opened'
    | 'share refused'
    | 'file link created'
    | 'file link revoked'
    | 'file link opened'
    | 'file link refused'
    | 'file downloaded'
    | 'erased'
    | 'log exported'
    | 'audit exported'
    | 'log read'
  /** The code of a refusal, the id of a share (of whoever read or exported: the one he came by) or of a link to a file, how much was erased (`keys` or `store`), or nothing. */
  readonly why: string
}

/**
 * Adds to the log of a store that somebody owns. The same again within ten minutes is left out, so that nobody can fill
 * the log by asking again and again; over the limit the oldest entries go.
 */
export const recordAccess = async (db: D1Database, access: Access, now: number): Promise<void> => {
  const { storeId, accountId, sessionId, what, why } = access
  await ensureTables(db)
  await db.batch([
    db
      .prepare(
        `INSERT INTO accessLog (storeId, seq, at, accountId, sessionId, what, why)
         SELECT ?1, coalesce((SELECT max(seq) FROM accessLog WHERE storeId = ?1), 0) + 1, ?2, ?3, ?4, ?5, ?6
         WHERE EXISTS (SELECT 1 FROM stores WHERE storeId = ?1) AND NOT EXISTS (
           SELECT 1 FROM accessLog
           WHERE storeId = ?1 AND accountId = ?3 AND at > ?2 - ?7 AND sessionId = ?4 AND what = ?5 AND why = ?6)`,
      )
      .bind(storeId, now, accountId, sessionId, what, why, sameWithin),
    db
      .prepare(
        'DELETE FROM accessLog WHERE storeId = ?1 AND seq <= (SELECT max(seq) FROM accessLog WHERE storeId = ?1) - ?2',
      )
      .bind(storeId, maxEntries),
  ])
}

const sameWithin = 600_000
const maxEntries = 10_000

/** The newest entries before a place in the log, newest first. */
export const accessesOf = async (db: D1Database, storeId: string, before: number, limit: number) => {
  const { results } = await db
    .prepare(
      `SELECT seq, at, accountId, sessionId, what, why FROM accessLog
       WHERE storeId = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    )
    .bind(storeId, before, limit)
    .all<Omit<Access, 'storeId'> & { readonly seq: number; readonly at: number }>()
  return results
}
