import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { accessesOf, recordAccess } from './access-log.ts'
import { opened } from './open-share.ts'
import { mayAudit, roleOf, shareBehind } from './role.ts'
import { rightTo, rightToProof } from './store-right.ts'
import { storeIdsOf } from './stores.ts'

/** `GET /api/stores?after=`: what this account has a right to, by id, a hundred at a time. */
export const listStores = async ({ request, env, session, now }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  const storeIds = await storeIdsOf(
    env.DB,
    session.accountId,
    new URL(request.url).searchParams.get('after') ?? '',
    100,
  )
  const rights = await Promise.all(storeIds.map((storeId) => roleOf(env.DB, session.accountId, storeId, now)))
  const stores = storeIds.flatMap((storeId, index) => {
    const right = rights[index]
    return right === undefined ? [] : [opened({ storeId }, right)]
  })
  return answer({ stores, next: storeIds.length === 100 ? storeIds.at(-1) : null })
}

/** `GET /api/stores/:storeId`: the right of this account to it. A store that was nobody's is then its own. */
export const showStore = async (call: Call): Promise<Response> => {
  const right = await rightToProof(call)
  return right instanceof Response ? right : answer(opened({ storeId: call.params.storeId ?? '' }, right))
}

/** `POST /api/stores/:storeId/access`: what only a device knows that it did. All it can say is what it exported. */
export const noteAccess = async (call: Call): Promise<Response> => {
  const right = await rightToProof(call)
  if (right instanceof Response) return right
  const body = await bodyOf(call.request, Schema.Struct({ what: Schema.Literal('log exported', 'audit exported') }))
  if (body instanceof Response) return body
  const { env, session, params, now } = call
  await recordAccess(
    env.DB,
    { ...session, storeId: params.storeId ?? '', what: body.what, why: shareBehind(right) },
    now,
  )
  return answer({ what: body.what }, 201)
}

/** `GET /api/stores/:storeId/access?before=&limit=`: the access log, newest first, for owner and auditors. */
export const listAccesses = async (call: Call): Promise<Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  if (!mayAudit(right.role)) return refuse('MayNotAudit')
  const { searchParams } = new URL(call.request.url)
  const before = Number(searchParams.get('before') ?? Number.MAX_SAFE_INTEGER)
  const limit = Number(searchParams.get('limit') ?? 100)
  if (!Number.isSafeInteger(before) || !Number.isInteger(limit) || limit < 1 || limit > 500)
    return refuse('MalformedPage')
  const entries = await accessesOf(call.env.DB, call.params.storeId ?? '', before, limit)
  return answer({
    entries: entries.map(({ at, ...entry }) => ({ ...entry, at: isoOf(at) })),
    next: entries.length === limit ? entries.at(-1)?.seq : null,
  })
}
