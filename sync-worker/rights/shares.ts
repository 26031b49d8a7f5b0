import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { recordAccess } from './access-log.ts'
import { hashOf } from './hash.ts'
import type { Right } from './role.ts'
import { type Member, rowToShare, type ShareRow, selectShares } from './share-rows.ts'
import { rightTo } from './store-right.ts'
import { withdraw } from './withdraw.ts'
import type { WithdrawalReason } from './withdrawal.ts'

/** `POST /api/stores/:storeId/shares` → 201 with the share and, this once, its token. */
export const createShare = async (call: Call): Promise<Response> => {
  const right = await rightToShare(call)
  if (right instanceof Response) return right
  const body = await bodyOf(call.request, NewShare)
  if (body instanceof Response) return body
  const refusal = refusalForTerms(right, body)
  if (refusal !== undefined) return refuse(refusal)

  const { env, session, now } = call
  const token = call.newId()
  const row: ShareRow = {
    shareId: call.newId(),
    storeId: call.params.storeId ?? '',
    role: body.role,
    canShare: Number(body.canShare ?? false),
    redacted: Number(body.redacted ?? false),
    parentId: right.shareIds[0] ?? null,
    createdBy: session.accountId,
    createdAt: now,
    toAccountId: body.to ?? null,
    expiresAt: body.expiresAt?.getTime() ?? null,
    maxOpenings: body.maxOpenings ?? null,
    revokedAt: null,
    openings: 0,
    sealed: body.sealed ?? null,
  }
  await env.DB.prepare(
    `INSERT INTO shares (shareId, storeId, tokenHash, role, canShare, redacted, parentId, createdBy, createdAt, toAccountId, expiresAt, maxOpenings, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
    .bind(
      row.shareId,
      row.storeId,
      hashOf(token),
      row.role,
      row.canShare,
      row.redacted,
      row.parentId,
      row.createdBy,
      row.createdAt,
      row.toAccountId,
      row.expiresAt,
      row.maxOpenings,
      row.sealed,
    )
    .run()
  await record(call, 'share created', row.shareId)
  return answer({ ...rowToShare(row, []), token }, 201)
}

/** `GET /api/stores/:storeId/shares`: the owner sees all, an editor those he made. The newest thousand. */
export const listShares = async (call: Call): Promise<Response> => {
  const right = await rightToShare(call)
  if (right instanceof Response) return right
  const mine = right.role === 'owner' ? null : call.session.accountId
  const which = 'storeId = ?1 AND createdBy = coalesce(?2, createdBy) ORDER BY createdAt DESC, shareId LIMIT 1000'
  const bound = (sql: string) => call.env.DB.prepare(sql).bind(call.params.storeId, mine)
  const [shares, members] = await call.env.DB.batch([
    bound(`${selectShares} WHERE ${which}`),
    bound(
      `SELECT shareId, accountId, grantedAt FROM grants WHERE shareId IN (SELECT shareId FROM shares WHERE ${which}) LIMIT 10000`,
    ),
  ])
  const rows = (shares?.results ?? []) as ShareRow[] // what the statement selects
  return answer({ shares: rows.map((row) => rowToShare(row, (members?.results ?? []) as Member[])) }) // the same
}

/** `PATCH /api/stores/:storeId/shares/:id`: who came by it loses the connection and comes back with the new right, and the new keys. */
export const changeShare = async (call: Call): Promise<Response> => {
  const right = await rightToShare(call)
  if (right instanceof Response) return right
  const body = await bodyOf(call.request, ShareChange)
  if (body instanceof Response) return body
  const row = await shareNamed(call, right)
  if (row instanceof Response) return row
  if (row.revokedAt !== null) return refuse('ShareRevoked')

  const role = body.role ?? row.role
  if (row.redacted === 1 && role !== row.role) return refuse('RedactedStays')
  const canShare = body.canShare ?? (row.canShare === 1 && role === 'editor')
  const refusal = refusalForTerms(right, { role, canShare })
  if (refusal !== undefined) return refuse(refusal)
  const expiresAt = body.expiresAt === undefined ? row.expiresAt : (body.expiresAt?.getTime() ?? null)
  const sealed = body.sealed ?? row.sealed
  await call.env.DB.prepare('UPDATE shares SET role = ?, canShare = ?, expiresAt = ?, sealed = ? WHERE shareId = ?')
    .bind(role, Number(canShare), expiresAt, sealed, row.shareId)
    .run()
  await end(call, row.shareId, 'RightsChanged')
  await record(call, 'share changed', row.shareId)
  return answer(rowToShare({ ...row, role, canShare: Number(canShare), expiresAt }, []))
}

/** `DELETE /api/stores/:storeId/shares/:id`: it ends at once, with all that was shared on under it; twice is no error. */
export const revokeShare = async (call: Call): Promise<Response> => {
  const right = await rightToShare(call)
  if (right instanceof Response) return right
  const row = await shareNamed(call, right)
  if (row instanceof Response) return row
  await call.env.DB.prepare('UPDATE shares SET revokedAt = ? WHERE shareId = ? AND revokedAt IS NULL')
    .bind(call.now, row.shareId)
    .run()
  await end(call, row.shareId, 'ShareRevoked')
  await record(call, 'share revoked', row.shareId)
  return answer({ shareId: row.shareId, revokedAt: isoOf(row.revokedAt ?? call.now) })
}

const rightToShare = async (call: Call): Promise<Right | Response> => {
  const right = await rightTo(call)
  return right instanceof Response || right.canShare ? right : refuse('MayNotShare')
}

const ShareableRole = Schema.Literal('editor', 'viewer', 'auditor')
const Time = Schema.Date.pipe(Schema.validDate())
/** What it hands over, under a key that stands in its link alone: to us a text. */
const Sealed = Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/=]{1,8000}$/))

const NewShare = Schema.Struct({
  role: ShareableRole,
  canShare: Schema.optional(Schema.Boolean),
  redacted: Schema.optional(Schema.Boolean),
  to: Schema.optional(Schema.String.pipe(Schema.pattern(/^[\w-]{1,64}$/))),
  expiresAt: Schema.optional(Time),
  maxOpenings: Schema.optional(Schema.Int.pipe(Schema.between(1, 1_000_000))),
  sealed: Schema.optional(Sealed),
})

const ShareChange = Schema.Struct({
  role: Schema.optional(ShareableRole),
  canShare: Schema.optional(Schema.Boolean),
  expiresAt: Schema.optional(Schema.NullOr(Time)),
  sealed: Schema.optional(Sealed),
})

/** An editor hands on to read or to write, no more: not the access log, and not to share further. */
const refusalForTerms = (right: Right, terms: Pick<typeof NewShare.Type, 'role' | 'canShare' | 'redacted'>) => {
  if (terms.redacted === true && terms.role !== 'auditor') return 'OnlyAuditsAreRedacted'
  if (terms.canShare === true && terms.role !== 'editor') return 'OnlyEditorsShare'
  const isMore = terms.canShare === true || terms.role === 'auditor'
  return right.role !== 'owner' && isMore ? 'MayNotShare' : undefined
}

const shareNamed = async ({ env, session, params }: Call, right: Right): Promise<ShareRow | Response> => {
  const row = await env.DB.prepare(`${selectShares} WHERE shareId = ? AND storeId = ?`)
    .bind(params.id, params.storeId)
    .first<ShareRow>()
  if (row === null) return refuse('ShareNotFound')
  return right.role === 'owner' || row.createdBy === session.accountId ? row : refuse('ShareNotFound')
}

const end = ({ env, params }: Call, shareId: string, reason: WithdrawalReason) =>
  withdraw(env, [params.storeId ?? ''], { shareId, reason })

const record = (
  { env, session, params, now }: Call,
  what: 'share created' | 'share changed' | 'share revoked',
  why: string,
) => recordAccess(env.DB, { ...session, storeId: params.storeId ?? '', what, why }, now)
