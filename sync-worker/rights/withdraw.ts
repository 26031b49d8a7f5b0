import type { Env } from '#sync-worker/env.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import type { Withdrawal } from './withdrawal.ts'

/** Tells the objects of these stores to close the sockets that a right was withdrawn from. It is gone from D1 already. */
export const withdraw = async (env: Env, storeIds: readonly string[], withdrawal: Withdrawal) => {
  for (let from = 0; from < storeIds.length; from += atOnce) {
    const some = storeIds.slice(from, from + atOnce)
    await Promise.all(some.map((storeId) => tell(env, storeId, withdrawal, 2)))
  }
}

/** A Worker may have only so many calls under way. */
const atOnce = 20

const tell = async (env: Env, storeId: string, withdrawal: Withdrawal, retries: number): Promise<void> => {
  try {
    await askLog(env, storeId, (log) => log.withdraw(withdrawal))
  } catch (error) {
    if (retries > 0) return tell(env, storeId, withdrawal, retries - 1)
    console.error('A log could not be told of a withdrawn right.', error)
  }
}

/** Closes what a session has open anywhere, once it is gone. */
export const withdrawSession = async (env: Env, sessionId: string) => {
  const db = env.DB
  await ensureTables(db)
  const [visits] = await db.batch<{ storeId: string }>([
    db.prepare('SELECT storeId FROM visits WHERE sessionId = ?').bind(sessionId),
    db.prepare('DELETE FROM visits WHERE sessionId = ?').bind(sessionId),
    db.prepare('DELETE FROM pairings WHERE sessionId = ?').bind(sessionId),
  ])
  const storeIds = visits?.results.map(({ storeId }) => storeId) ?? []
  await withdraw(env, storeIds, { sessionId, reason: 'DeviceRevoked' })
}
