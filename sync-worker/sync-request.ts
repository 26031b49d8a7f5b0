import { IllegalStoreId, parseStoreId } from '#schema/stores/store-id.ts'
import { noteSeen, sessionOf } from './accounts/session.ts'
import type { Env } from './env.ts'
import { maxFrameBytes } from './frame-check.ts'
import { isOwnPage } from './origin.ts'
import { fetchLog } from './placement/ask-log.ts'
import { type RefusalCode, refuse } from './refuse.ts'
import { type Access, recordAccess } from './rights/access-log.ts'
import { enter } from './rights/enter.ts'
import { type Standing, withStanding } from './rights/standing.ts'

/**
 * The door to a store's log: `/sync?storeId=…&transport=ws|http`.
 *
 * Nothing the client says goes through unread: the object gets an address made of what was checked, and LiveStore's
 * `payload` stays outside. Who asks, and by what right, is found here and told to the object in a header of ours.
 */
export const syncWith = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const { origin, searchParams } = new URL(request.url)
  const storeId = searchParams.get('storeId')
  const transport = searchParams.get('transport')

  if (!isOwnPage(request)) return refuse('ForeignOrigin')
  if (storeId === null) return refuse('MissingStoreId')
  if (parseStoreId(storeId) instanceof IllegalStoreId) return refuse('IllegalStoreId')
  if (transport !== 'ws' && transport !== 'http') return refuse('UnknownTransport')
  const refusal = transport === 'ws' ? refusalForSocket(request) : refusalForPost(request)
  if (refusal !== undefined) return refusal

  const standing = await letIn(request, env, context, storeId)
  if (standing instanceof Response) return standing
  const checked = new Request(`${origin}/sync?storeId=${storeId}&transport=${transport}`, request)
  return fetchLog(env, storeId, withStanding(checked, standing))
}

/** The door to who else has a store open: `/presence?storeId=…`, a WebSocket. */
export const presenceWith = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const { origin, searchParams } = new URL(request.url)
  const storeId = searchParams.get('storeId')

  if (!isOwnPage(request)) return refuse('ForeignOrigin')
  if (storeId === null) return refuse('MissingStoreId')
  if (parseStoreId(storeId) instanceof IllegalStoreId) return refuse('IllegalStoreId')
  const refusal = refusalForSocket(request)
  if (refusal !== undefined) return refusal

  const standing = await letIn(request, env, context, storeId)
  if (standing instanceof Response) return standing
  const checked = new Request(`${origin}/presence`, request)
  return fetchLog(env, storeId, withStanding(checked, standing))
}

/** Who asks, and by what right; whoever has none is refused. Both stand in the access log. */
const letIn = async (
  request: Request,
  env: Env,
  context: ExecutionContext,
  storeId: string,
): Promise<Standing | Response> => {
  const now = Date.now()
  const log = (who: Pick<Access, 'accountId' | 'sessionId'>, what: Access['what'], why: string) =>
    context.waitUntil(recordAccess(env.DB, { ...who, storeId, what, why }, now))
  const turnAway = (who: Pick<Access, 'accountId' | 'sessionId'>, code: RefusalCode) => {
    log(who, 'connect refused', code)
    return refuse(code)
  }
  const session = await sessionOf(request, env.DB, now)
  if (session === undefined) return turnAway({ accountId: '', sessionId: '' }, 'NotSignedIn')
  const standing = await enter(env, session, storeId, now)
  if (typeof standing === 'string') return turnAway(session, standing)

  log(session, 'store opened', '')
  context.waitUntil(noteSeen(env.DB, session, now))
  return standing
}

const refusalForSocket = (request: Request) => {
  if (request.method !== 'GET') return refuse('MethodNotAllowed', { Allow: 'GET' })
  const isUpgrade = request.headers.get('Upgrade')?.toLowerCase() === 'websocket'
  return isUpgrade ? undefined : refuse('UpgradeRequired', { Upgrade: 'websocket' })
}

const refusalForPost = (request: Request) => {
  if (request.method !== 'POST') return refuse('MethodNotAllowed', { Allow: 'POST' })
  const length = request.headers.get('Content-Length')
  if (length === null) return refuse('LengthRequired')
  return Number(length) <= maxFrameBytes ? undefined : refuse('FrameTooLarge')
}
