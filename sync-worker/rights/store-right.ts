import { IllegalStoreId, parseStoreId } from '#schema/stores/store-id.ts'
import type { Call } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { type Right, roleOf } from './role.ts'
import { claim, isErased } from './stores.ts'

/**
 * The caller's right to the store that the address names, which is the caller's own if it was nobody's. A redacted audit
 * is refused here, so that whatever is added later is closed to it.
 */
export const rightTo = async (call: Call): Promise<Right | Response> => {
  const right = await rightToProof(call)
  return right instanceof Response || !right.redacted ? right : refuse('AuditIsRedacted')
}

/** The same for what shows how the log is made and not what it says: open to a redacted audit too. */
export const rightToProof = async ({ env, session, params, now }: Call): Promise<Right | Response> => {
  const { storeId = '' } = params
  if (parseStoreId(storeId) instanceof IllegalStoreId) return refuse('IllegalStoreId')
  await ensureTables(env.DB)
  await claim(env.DB, storeId, session.accountId, now).run()
  const right = await roleOf(env.DB, session.accountId, storeId, now)
  return right ?? refuse((await isErased(env.DB, storeId)) ? 'StoreErased' : 'NoRight')
}
