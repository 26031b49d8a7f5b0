import { answer, type Call } from '#sync-worker/api-call.ts'
import { blanked, overwriteRemainsIn } from '#sync-worker/erasing/overwrite-remains.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { storeIdsOf } from '#sync-worker/rights/stores.ts'
import { withdraw } from '#sync-worker/rights/withdraw.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/**
 * `DELETE /api/account`: the account, its devices, and all that is kept about it. Refused while it owns a store that is
 * not erased: nobody could open that any more. That a store was, and is not to be had again, stays.
 */
export const eraseAccount = async ({ request, env, session }: Call): Promise<Response> => {
  const { accountId } = session
  const db = env.DB
  await ensureTables(db)
  const owned = db
    .prepare('SELECT 1 FROM stores WHERE ownerId = ? AND storeId NOT IN (SELECT storeId FROM erasedStores)')
    .bind(accountId)
  if ((await owned.first()) !== null) return refuse('StoresRemain')
  const shared = await allStoreIdsOf(db, accountId)
  const { authFor } = await import('./auth.ts')
  const auth = await authFor(env, new URL(request.url).origin)
  await db.batch(traces.map((sql) => db.prepare(sql).bind(accountId)))
  await (await auth.$context).internalAdapter.deleteUser(accountId)
  await overwriteRemainsIn(db)
  await withdraw(env, shared, { accountId, reason: 'DeviceRevoked' })
  return answer({ accountId })
}

/** The access log of the account's own stores goes; in those of others it remains that an unnamed account was there. */
const traces = [
  `UPDATE recoveries SET ${blanked('keyring')} WHERE accountId = ?`,
  `UPDATE passkeyKeyrings SET ${blanked('keyring')} WHERE passkeyId IN (SELECT id FROM passkey WHERE userId = ?)`,
  'DELETE FROM visits WHERE sessionId IN (SELECT id FROM session WHERE userId = ?)',
  'DELETE FROM grants WHERE accountId = ?',
  'DELETE FROM recoveries WHERE accountId = ?',
  'DELETE FROM pairings WHERE accountId = ?',
  'DELETE FROM accessLog WHERE storeId IN (SELECT storeId FROM stores WHERE ownerId = ?)',
  'DELETE FROM grants WHERE storeId IN (SELECT storeId FROM stores WHERE ownerId = ?)',
  'DELETE FROM shares WHERE storeId IN (SELECT storeId FROM stores WHERE ownerId = ?)',
  'DELETE FROM recipients WHERE storeId IN (SELECT storeId FROM stores WHERE ownerId = ?)',
  'DELETE FROM secretChanges WHERE storeId IN (SELECT storeId FROM stores WHERE ownerId = ?)',
  'DELETE FROM passkeyKeyrings WHERE passkeyId IN (SELECT id FROM passkey WHERE userId = ?)',
  'DELETE FROM passkey WHERE userId = ?',
]

const allStoreIdsOf = async (db: D1Database, accountId: string, after = ''): Promise<readonly string[]> => {
  const page = await storeIdsOf(db, accountId, after, 100)
  const last = page.at(-1)
  return last === undefined ? [] : [...page, ...(await allStoreIdsOf(db, accountId, last))]
}
