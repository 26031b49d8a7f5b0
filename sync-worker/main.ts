import { callApi } from './api.ts'
import type { Env } from './env.ts'
import { refuse } from './refuse.ts'
import { syncWith } from './sync-request.ts'

export { StoreLog } from './store-log.ts'

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url)
    if (pathname === '/sync') return syncWith(request, env, context)
    if (pathname === '/api/health') return health(request)
    if (pathname.startsWith('/api/')) return callApi(request, env, context)
    if (/^\/(api|sync)(\/|$)/.test(pathname)) return refuse('NotFound')
    return page(request, env)
  },
} satisfies ExportedHandler<Env>

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
