import type { Env } from '#sync-worker/env.ts'
import { exportSpan, isExporting } from './export.ts'
import { hexFrom, newTrace, randomHex, traceContextIn, traceparentOf } from './trace-context.ts'

type Answering = (request: Request, env: Env, context: ExecutionContext) => Promise<Response>

/** A span around each request, child of whose header says so, and the header for whoever is asked next. No span names anybody. */
export const traced =
  (answerTo: Answering): Answering =>
  async (request, env, context) => {
    if (!isExporting(env)) return answerTo(request, env, context)
    const parent = traceContextIn(request.headers.get('traceparent'))
    const span = parent === undefined ? newTrace() : { ...parent, spanId: randomHex(8) }
    const headers = new Headers(request.headers)
    headers.set('traceparent', traceparentOf(span))
    const startedAt = Date.now()
    let status = 500
    try {
      const response = await answerTo(new Request(request, { headers }), env, context)
      status = response.status
      return response
    } finally {
      const route = routeOf(new URL(request.url).pathname)
      const attributes = {
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': status,
        ...(await storeIn(request)),
      }
      exportSpan(env, context, {
        ...span,
        parentSpanId: parent?.spanId ?? null,
        name: `${request.method} ${route}`,
        kind: 'server',
        startedAt,
        endedAt: Date.now(),
        isFailed: status >= 500,
        attributes,
      })
    }
  }

/** Only words of ours are kept of an address; whatever could be an id, a host or a name is not. */
export const routeOf = (pathname: string): string => {
  if (!/^\/(api|sync|presence)(\/|$)/.test(pathname)) return '/*'
  return pathname
    .split('/')
    .map((part) => (part === '' || words.has(part) ? part : ':id'))
    .join('/')
}

const words = new Set(
  `api sync presence auth account accounts alerts access blobs cells changes chunks days devices erasures file-links health keys
   keyring log look moves open pairings passkeys pin placement placements plan policy proxy read rebalance recipients recovery
   rules runs secrets settings shares signing-key stores telemetry test use`.split(/\s+/),
)

/** A store by a hash, so that its calls can be seen together and nobody is told which it is. */
const storeIn = async (request: Request): Promise<{ 'pjai.store'?: string }> => {
  const { pathname, searchParams } = new URL(request.url)
  const storeId = /^\/api\/stores\/(\w+)/.exec(pathname)?.[1] ?? searchParams.get('storeId')
  if (storeId === null) return {}
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(storeId)))
  return { 'pjai.store': hexFrom(hash.subarray(0, 8)) }
}
