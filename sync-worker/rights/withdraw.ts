import type { Env } from '#sync-worker/env.ts'
import { objectNameFor } from '#sync-worker/placement.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import type { Withdrawal } from './withdrawal.ts'

/** Tells the objects of these stores to close the sockets that a right was withdrawn from. It is gone from D1 already. */
export const withdraw = async (logs: Env['STORE_LOG'], storeIds: readonly string[], withdrawal: Withdrawal) => {
  for (let from = 0; from < storeIds.length; from += atOnce) {
    const some = storeIds.slice(from, from + atOnce)
    await Promise.all(some.map((storeId) => tell(logs, storeId, withdrawal, 2)))
  }
}

/** A Worker may have only so many calls under way. */
const atOnce = 20

const tell = async (
  logs: Env['STORE_LOG'],
  storeId: string,
  withdrawal: Withdrawal,
  retries: number,
): Promise<void> => {
  try {
    await logs.getByName(objectNameFor(storeId)).withdraw(withdrawal)
  } catch (error) {
    if (retries > 0) return tell(logs, storeId, withdrawal, retries - 1)
    console.error('A log could not be told of a withdrawn right.', error)
  }
}

/** Closes what a session has open anywhere, once it is gone. */
export const withdrawSession = async ({ DB: db, STORE_LOG }: Env, sessionId: string) => {
  await ensureTables(db)
  const [visits] = await db.batch<{ storeId: string }>([
    db.prepare('SELECT storeId FROM visits WHERE sessionId = ?').bind(sessionId),
    db.prepare('DELETE FROM visits WHERE sessionId = ?').bind(sessionId),
    db.prepare('DELETE FROM pairings WHERE sessionId = ?').bind(sessionId),
  ])
  const storeIds = visits?.results.map(({ storeId }) => storeId) ?? []
  await withdraw(STORE_LOG, storeIds, { sessionId, reason: 'DeviceRevoked' })
}
