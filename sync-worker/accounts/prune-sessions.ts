import { ensureTables } from '#sync-worker/tables.ts'

/** Removes the sessions that have expired, and what was noted of those that are gone. At most once an hour. */
export const pruneSessions = async (db: D1Database, now: number): Promise<void> => {
  if (now - (prunedAt.get(db) ?? Number.NEGATIVE_INFINITY) < hour) return
  prunedAt.set(db, now)
  await ensureTables(db)
  await db.batch([
    db.prepare('DELETE FROM session WHERE expiresAt <= ?').bind(new Date(now).toISOString()),
    db.prepare('DELETE FROM visits WHERE sessionId NOT IN (SELECT id FROM session)'),
  ])
}

const hour = 3_600_000
const prunedAt = new WeakMap<D1Database, number>()
