import type { Env } from '#sync-worker/env.ts'
import { withdraw } from '#sync-worker/rights/withdraw.ts'
import { ensureTables } from '#sync-worker/tables.ts'

export interface Joining {
  readonly from: string
  readonly to: string
}

/** Moves what one account owns to another: stores, shares, grants. Sockets of the old one are closed and dial again. */
export const joinAccounts = async (env: Env, { from, to }: Joining) => {
  const db = env.DB
  if (from === to) return
  await ensureTables(db)
  const moves = [
    'UPDATE stores SET ownerId = ?2 WHERE ownerId = ?1',
    'UPDATE shares SET createdBy = ?2 WHERE createdBy = ?1',
    'UPDATE shares SET toAccountId = ?2 WHERE toAccountId = ?1',
    'UPDATE recoveries SET accountId = ?2 WHERE accountId = ?1',
    'UPDATE OR IGNORE grants SET accountId = ?2 WHERE accountId = ?1',
    'UPDATE accessLog SET accountId = ?2 WHERE accountId = ?1',
  ]
  const [visits] = await db.batch<{ storeId: string }>([
    db
      .prepare(
        'SELECT DISTINCT storeId FROM visits JOIN session ON session.id = visits.sessionId WHERE session.userId = ?',
      )
      .bind(from),
    ...moves.map((sql) => db.prepare(sql).bind(from, to)),
    db.prepare('DELETE FROM grants WHERE accountId = ?').bind(from), // those that `to` has already
    db.prepare('DELETE FROM pairings WHERE accountId = ?').bind(from), // or a code of the one would open the other
  ])
  const storeIds = visits?.results.map(({ storeId }) => storeId) ?? []
  await withdraw(env, storeIds, { accountId: from, reason: 'AccountMoved' })
}
