import { callApi } from './api.ts'
import { maxBlobBytes } from './blobs.ts'
import type { Env } from './env.ts'
import { StoreMoving } from './placement/away.ts'
import { freshlyConfigured } from './placement/configured.ts'
import { refuse } from './refuse.ts'
import { presenceWith, syncWith } from './sync-request.ts'
import { traced } from './telemetry/traced.ts'

export { HealthDesk } from './health/health-desk.ts'
export { MoveDesk } from './placement/move-desk.ts'
export { Rebalancer } from './placement/rebalancer.ts'
export { StoreLog } from './store-log.ts'

export default {
  fetch: traced(async (request, env, context) => {
    const response = await answerTo(request, env, context).catch(stillMoving)
    // A connection whose request was not read to its end is cut, under the next request that a program sends on it.
    const length = Number(request.headers.get('Content-Length') ?? 0)
    if (!request.bodyUsed && length > 0 && length <= maxBlobBytes) await request.arrayBuffer()
    return response
  }),
} satisfies ExportedHandler<Env>

const answerTo = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (pathname === '/sync') return syncWith(request, env, context)
  if (pathname === '/presence') return presenceWith(request, env, context)
  if (pathname === '/api/health') return health(request, env)
  if (pathname.startsWith('/api/')) return callApi(request, env, context)
  if (/^\/(api|sync|presence)(\/|$)/.test(pathname)) return refuse('NotFound')
  return page(request, env)
}

const stillMoving = (error: unknown) => {
  if (error instanceof StoreMoving) return refuse('StoreMoving', { 'Retry-After': '1' })
  throw error
}

const health = async (request: Request, env: Env) => {
  if (!isRead(request)) return refuse('MethodNotAllowed', { Allow: 'GET, HEAD' })
  const { problem } = await freshlyConfigured(env)
  const said = problem === null ? { ok: true, version: __APP_VERSION__ } : { ok: false, problem }
  return Response.json(said, { status: problem === null ? 200 : 500, headers: { 'Cache-Control': 'no-store' } })
}

/**
 * Deep links open the app. A path that looks like a file gets a plain no instead: a script that is gone must never be
 * answered, and then kept for a year, with the page.
 */
const page = (request: Request, env: Env) => {
  if (!isRead(request)) return refuse('MethodNotAllowed', { Allow: 'GET, HEAD' })
  if (/\.[a-z0-9]+$/i.test(new URL(request.url).pathname)) return refuse('NotFound')
  return env.ASSETS.fetch(new Request(new URL('/', request.url), request))
}

const isRead = ({ method }: Request) => method === 'GET' || method === 'HEAD'
