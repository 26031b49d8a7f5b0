import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { type RefusalCode, refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { recordAccess } from './access-log.ts'
import { hashOf } from './hash.ts'
import { type Right, roleOf } from './role.ts'
import { type ShareRow, selectShares } from './share-rows.ts'

/** `POST /api/shares/look` with the token → what opening it would give, and whether it may be. It uses up no opening. */
export const lookAtShare = async (call: Call): Promise<Response> => {
  const row = await shareOfToken(call)
  if (row instanceof Response) return row
  const known = await rightBy(call, row)
  const refusal = known === undefined ? await refusalForLooking(call, row) : undefined
  return refusal === undefined ? answer(given(row, known ?? offeredBy(row))) : refuse(refusal)
}

/** `POST /api/shares/open` with the token → the store and the right to it. Whoever opened it before opens it again. */
export const openShare = async (call: Call): Promise<Response> => {
  const row = await shareOfToken(call)
  if (row instanceof Response) return row
  const { env, session, now } = call
  const { accountId } = session
  const { storeId, shareId } = row
  const record = (what: 'share opened' | 'share refused', why: string) =>
    recordAccess(env.DB, { ...session, storeId, what, why }, now)

  const known = await rightBy(call, row)
  if (known !== undefined) {
    if (known.role === 'auditor') await record('share opened', shareId) // what auditors open the owner sees each time
    return answer(given(row, known))
  }
  const refusal = refusalForOpening(row, accountId, now) ?? (await grant(env.DB, row, accountId, now))
  const right = refusal === undefined ? await roleOf(env.DB, accountId, storeId, now) : undefined
  if (right === undefined) {
    const code = refusal ?? 'ShareRevoked' // the share that it was made under has ended
    await record('share refused', code)
    return refuse(code)
  }
  await record('share opened', shareId)
  return answer(given(row, right))
}

export const opened = ({ storeId }: { readonly storeId: string }, right: Right) => ({
  storeId,
  role: right.role,
  canShare: right.canShare,
  redacted: right.redacted,
  expiresAt: right.until === null ? null : isoOf(right.until),
})

/** `redacted` is of the link: it hands over no key, whatever else its opener has a right to. */
const given = (row: ShareRow, right: Right) => ({
  ...opened(row, right),
  redacted: row.redacted === 1,
  shareId: row.shareId,
  sealed: row.sealed,
})

const shareOfToken = async ({ request, env }: Call): Promise<ShareRow | Response> => {
  const body = await bodyOf(request, Schema.Struct({ token: Schema.String }))
  if (body instanceof Response) return body
  await ensureTables(env.DB)
  const row = await env.DB.prepare(`${selectShares} WHERE tokenHash = ?`).bind(hashOf(body.token)).first<ShareRow>()
  return row ?? refuse('ShareNotFound')
}

/** The right that the caller has already, as the owner or by this share. */
const rightBy = async ({ env, session, now }: Call, { storeId, shareId }: ShareRow): Promise<Right | undefined> => {
  const known = await roleOf(env.DB, session.accountId, storeId, now)
  return known?.role === 'owner' || known?.shareIds[0] === shareId ? known : undefined
}

const offeredBy = ({ role, canShare, redacted, shareId, parentId, expiresAt }: ShareRow): Right => ({
  role,
  canShare: canShare === 1,
  redacted: redacted === 1,
  shareIds: [shareId, parentId].filter((id) => id !== null),
  until: expiresAt,
})

const refusalForLooking = async (call: Call, row: ShareRow): Promise<RefusalCode | undefined> => {
  const refusal = refusalForOpening(row, call.session.accountId, call.now)
  if (refusal !== undefined || row.maxOpenings === null || row.openings < row.maxOpenings) return refusal
  return (await wasGranted(call.env.DB, row, call.session.accountId)) ? undefined : 'ShareUsedUp'
}

const refusalForOpening = (row: ShareRow, accountId: string, now: number): RefusalCode | undefined => {
  if (row.revokedAt !== null) return 'ShareRevoked'
  if (row.expiresAt !== null && row.expiresAt <= now) return 'ShareExpired'
  return row.toAccountId === null || row.toAccountId === accountId ? undefined : 'ShareForAnother'
}

/** One statement counts and adds, so that two who open the last opening at once do not both get it. */
const grant = async (db: D1Database, row: ShareRow, accountId: string, now: number) => {
  const { shareId, storeId } = row
  const { meta } = await db
    .prepare(
      `INSERT INTO grants (accountId, storeId, shareId, grantedAt)
       SELECT ?1, ?2, shareId, ?4 FROM shares WHERE shareId = ?3 AND coalesce(
         maxOpenings > (SELECT count(*) FROM grants WHERE shareId = ?3), 1)
       ON CONFLICT DO NOTHING`,
    )
    .bind(accountId, storeId, shareId, now)
    .run()
  return meta.changes > 0 || (await wasGranted(db, row, accountId)) ? undefined : ('ShareUsedUp' as const)
}

const wasGranted = async (db: D1Database, { storeId, shareId }: ShareRow, accountId: string): Promise<boolean> => {
  const had = await db
    .prepare('SELECT 1 FROM grants WHERE accountId = ? AND storeId = ? AND shareId = ?')
    .bind(accountId, storeId, shareId)
    .first()
  return had !== null
}
