import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { type RefusalCode, refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { recordAccess } from './access-log.ts'
import { hashOf } from './hash.ts'
import { type Right, roleOf } from './role.ts'
import { type ShareRow, selectShares } from './share-rows.ts'

/** `POST /api/shares/open` with the token → the store and the right to it. Whoever opened it before opens it again. */
export const openShare = async (call: Call): Promise<Response> => {
  const body = await bodyOf(call.request, Schema.Struct({ token: Schema.String }))
  if (body instanceof Response) return body
  const { env, session, now } = call
  const { accountId } = session
  await ensureTables(env.DB)
  const row = await env.DB.prepare(`${selectShares} WHERE tokenHash = ?`).bind(hashOf(body.token)).first<ShareRow>()
  if (row === null) return refuse('ShareNotFound')
  const { storeId, shareId } = row
  const record = (what: 'share opened' | 'share refused', why: string) =>
    recordAccess(env.DB, { ...session, storeId, what, why }, now)

  const known = await roleOf(env.DB, accountId, storeId, now)
  if (known !== undefined && (known.role === 'owner' || known.shareIds[0] === shareId))
    return answer(opened(row, known))
  const refusal = refusalForOpening(row, accountId, now) ?? (await grant(env.DB, row, accountId, now))
  const right = refusal === undefined ? await roleOf(env.DB, accountId, storeId, now) : undefined
  if (right === undefined) {
    const code = refusal ?? 'ShareRevoked' // the share that it was made under has ended
    await record('share refused', code)
    return refuse(code)
  }
  await record('share opened', shareId)
  return answer(opened(row, right))
}

export const opened = ({ storeId }: { readonly storeId: string }, right: Right) => ({
  storeId,
  role: right.role,
  canShare: right.canShare,
  expiresAt: right.until === null ? null : isoOf(right.until),
})

const refusalForOpening = (row: ShareRow, accountId: string, now: number): RefusalCode | undefined => {
  if (row.revokedAt !== null) return 'ShareRevoked'
  if (row.expiresAt !== null && row.expiresAt <= now) return 'ShareExpired'
  return row.toAccountId === null || row.toAccountId === accountId ? undefined : 'ShareForAnother'
}

/** One statement counts and adds, so that two who open the last opening at once do not both get it. */
const grant = async (db: D1Database, { shareId, storeId }: ShareRow, accountId: string, now: number) => {
  const { meta } = await db
    .prepare(
      `INSERT INTO grants (accountId, storeId, shareId, grantedAt)
       SELECT ?1, ?2, shareId, ?4 FROM shares WHERE shareId = ?3 AND coalesce(
         maxOpenings > (SELECT count(*) FROM grants WHERE shareId = ?3), 1)
       ON CONFLICT DO NOTHING`,
    )
    .bind(accountId, storeId, shareId, now)
    .run()
  if (meta.changes > 0) return undefined
  const had = await db
    .prepare('SELECT 1 FROM grants WHERE accountId = ? AND storeId = ? AND shareId = ?')
    .bind(accountId, storeId, shareId)
    .first()
  return had === null ? ('ShareUsedUp' as const) : undefined
}
