import type { Call } from './api-call.ts'
import type { Env } from './env.ts'
import { isNamedHost } from './named-hosts.ts'
import { makeRateLimit } from './rate-limit.ts'
import { refuse } from './refuse.ts'

/**
 * `POST /api/proxy/<scheme>/<host>/<path>`: one call of a page to a provider of models that answers no page. What is asked and
 * what is answered streams through: nothing is kept, and nothing is written down, not even that there was a call.
 *
 *     page ── POST, our cookie, the key ──► here ── GET or POST, the key alone ──► a host of the list
 *          ◄──── the answer, piece by piece ────┘ ◄──────────────────────────────┘
 */
export const proxy = async ({ request, env, session, params, now }: Call): Promise<Response> => {
  if (!calls.takes(session.sessionId, now)) return refuse('TooManyCalls', { 'Retry-After': '10' })
  const target = targetOf(params, new URL(request.url).search, env)
  if (target instanceof Response) return target
  const body = await bodyFor(target.method, request)
  if (body instanceof Response) return body

  const answer = await fetch(target.url, {
    method: target.method,
    headers: only(sent, request.headers),
    body,
    redirect: 'manual', // to where it leads nobody has looked
    signal: request.signal,
  }).catch(() => undefined)
  if (answer === undefined) return refuse('ProviderAway')
  if (answer.status >= 300 && answer.status < 400) return refuse('ProviderRedirects')
  return new Response(answer.body, { status: answer.status, headers: headersFor(answer.headers) })
}

/** Enough for a person and many models; too little for a flood. */
const calls = makeRateLimit({ burst: 30, perSecond: 1 })

interface Target {
  readonly url: string
  readonly method: 'GET' | 'POST'
}

const targetOf = ({ scheme, host = '', path = '' }: Call['params'], search: string, env: Env): Target | Response => {
  const method = methods[/(?:^|\/)(models|chat\/completions|messages)$/.exec(path)?.[1] ?? '']
  if (method === undefined || !/^[\w.~/-]*$/.test(path) || path.includes('..') || !/^(\?limit=\d+)?$/.test(search))
    return refuse('NotFound')
  if (!isAllowed(scheme, host, env)) return refuse('ProviderNotAllowed')
  return { url: `${scheme}://${host}/${path}${search}`, method }
}

/** What a page needs of a provider, and no more. */
const methods: Readonly<Record<string, Target['method']>> = {
  models: 'GET',
  'chat/completions': 'POST',
  messages: 'POST',
}

/** Only hosts that were named: those below, by https, and those of `PROXY_HOSTS`. */
const isAllowed = (scheme = '', host: string, { PROXY_HOSTS = '' }: Env): boolean =>
  isNamedHost([...wellKnown, PROXY_HOSTS].join(' '), scheme, host)

const wellKnown = [
  'api.openai.com',
  'api.anthropic.com',
  'openrouter.ai',
  'api.mistral.ai',
  'api.groq.com',
  'api.deepseek.com',
  'api.together.xyz',
  'api.x.ai',
  'generativelanguage.googleapis.com',
]

/** As many bytes as a long conversation with some pictures has. */
const maxBody = 20_000_000

const bodyFor = async (method: Target['method'], request: Request): Promise<ReadableStream | null | Response> => {
  if (method === 'GET') return null
  const length = request.headers.get('Content-Length')
  if (length === null) return refuse('LengthRequired')
  return Number(length) <= maxBody ? request.body : refuse('BodyTooLarge')
}

const sent = ['accept', 'anthropic-version', 'authorization', 'content-type', 'x-api-key']

const received = [
  'anthropic-ratelimit-requests-remaining',
  'anthropic-ratelimit-requests-reset',
  'anthropic-ratelimit-tokens-remaining',
  'anthropic-ratelimit-tokens-reset',
  'retry-after',
  'x-ratelimit-remaining-requests',
  'x-ratelimit-remaining-tokens',
  'x-ratelimit-reset-requests',
  'x-ratelimit-reset-tokens',
]

const only = (names: readonly string[], headers: Headers): Headers =>
  new Headers(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? '']] : [])))

/** It comes from our address, so it must never be a page there, whatever the provider says that it is. */
const headersFor = (answered: Headers): Headers => {
  const headers = only(received, answered)
  const type = answered.get('Content-Type') ?? ''
  headers.set('Content-Type', /^(application\/json|text\/event-stream)\b/.test(type) ? type : 'text/plain')
  headers.set('X-Content-Type-Options', 'nosniff')
  headers.set('Content-Security-Policy', 'sandbox')
  headers.set('Cache-Control', 'no-store')
  headers.set('X-Proxied', '1')
  return headers
}
