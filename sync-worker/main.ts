import { callApi } from './api.ts'
import { maxBlobBytes } from './blobs.ts'
import type { Env } from './env.ts'
import { refuse } from './refuse.ts'
import { presenceWith, syncWith } from './sync-request.ts'

export { StoreLog } from './store-log.ts'

export default {
  async fetch(request, env, context) {
    const response = await answerTo(request, env, context)
    // A connection whose request was not read to its end is cut, under the next request that a program sends on it.
    const length = Number(request.headers.get('Content-Length') ?? 0)
    if (!request.bodyUsed && length > 0 && length <= maxBlobBytes) await request.arrayBuffer()
    return response
  },
} satisfies ExportedHandler<Env>

const answerTo = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const { pathname } = new URL(request.url)
  if (pathname === '/sync') return syncWith(request, env, context)
  if (pathname === '/presence') return presenceWith(request, env, context)
  if (pathname === '/api/health') return health(request)
  if (pathname.startsWith('/api/')) return callApi(request, env, context)
  if (/^\/(api|sync|presence)(\/|$)/.test(pathname)) return refuse('NotFound')
  return page(request, env)
}

const health = (request: Request) =>
  isRead(request)
    ? Response.json({ ok: true, version: __APP_VERSION__ }, { headers: { 'Cache-Control': 'no-store' } })
    : refuse('MethodNotAllowed', { Allow: 'GET, HEAD' })

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
