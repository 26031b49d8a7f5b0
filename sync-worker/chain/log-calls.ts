import { answer, type Call } from '#sync-worker/api-call.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { recordAccess } from '#sync-worker/rights/access-log.ts'
import { shareBehind } from '#sync-worker/rights/role.ts'
import { rightToProof } from '#sync-worker/rights/store-right.ts'

/** `GET /api/stores/:storeId/log?after=&limit=`: the log in pages, for everybody who may read it, sealed as it is (`docs/proof.md`). */
export const readLog = async (call: Call): Promise<Response> => {
  const right = await rightToProof(call)
  if (right instanceof Response) return right
  const { env, session, params, now, request } = call
  const { searchParams } = new URL(request.url)
  const after = Number(searchParams.get('after') ?? 0)
  const limit = Number(searchParams.get('limit') ?? 500)
  const isLegal = Number.isSafeInteger(after) && after >= 0 && Number.isInteger(limit) && limit >= 1 && limit <= 1000
  if (!isLegal) return refuse('MalformedLogPage')
  const { storeId = '' } = params
  const page = await askLog(env, storeId, (log) => log.readLog(after, limit, session.sessionId))
  if (page === 'TooManyPages') return refuse(page)
  await recordAccess(env.DB, { ...session, storeId, what: 'log read', why: shareBehind(right) }, now)
  return answer(page)
}
