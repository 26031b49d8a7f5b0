import type { Session } from '#sync-worker/accounts/session.ts'
import type { Env } from '#sync-worker/env.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { roleOf } from './role.ts'
import type { Standing } from './standing.ts'
import { claim } from './stores.ts'

/**
 * By what right a device comes to a store, or why by none. A redacted audit meets nobody there and syncs nothing. The visit is noted before the session is looked at again: so whoever
 * revokes the device either ends its session before this reads it, or finds the visit and tells the object.
 */
export const enter = async ({ DB: db }: Env, session: Session, storeId: string, now: number) => {
  const { sessionId, accountId } = session
  await ensureTables(db)
  await db.batch([
    db.prepare('INSERT INTO visits (sessionId, storeId) VALUES (?, ?) ON CONFLICT DO NOTHING').bind(sessionId, storeId),
    claim(db, storeId, accountId, now),
  ])
  const [right, isSignedIn] = await Promise.all([
    roleOf(db, accountId, storeId, now),
    isThere(db, sessionId, accountId),
  ])
  if (right === undefined || !isSignedIn) return 'NoRight'
  if (right.redacted) return 'AuditIsRedacted'
  const { role, shareIds, until } = right
  const standing: Standing = {
    accountId,
    sessionId,
    role,
    shareIds,
    until: Math.min(until ?? session.expiresAt, session.expiresAt),
  }
  return standing
}

/** Whether a standing holds still, asked of D1 anew. */
export const stillStands = async (db: D1Database, standing: Standing, storeId: string, now: number) => {
  const { accountId, sessionId, role } = standing
  const [right, isSignedIn] = await Promise.all([
    roleOf(db, accountId, storeId, now),
    isThere(db, sessionId, accountId),
  ])
  return isSignedIn && right?.role === role && !right.redacted
}

const isThere = async (db: D1Database, sessionId: string, accountId: string) =>
  (await db.prepare('SELECT 1 FROM session WHERE id = ? AND userId = ?').bind(sessionId, accountId).first()) !== null
