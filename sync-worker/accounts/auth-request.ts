import type { Env } from '#sync-worker/env.ts'
import { refuse } from '#sync-worker/refuse.ts'

/** `/api/auth/*`: what better-auth answers. It is loaded by the first request that needs it. */
export const authenticate = async (request: Request, env: Env): Promise<Response> => {
  const { origin, pathname } = new URL(request.url)
  if (!offered.has(pathname.slice('/api/auth/'.length))) return refuse('NotFound')
  const { authFor } = await import('./auth.ts')
  const auth = await authFor(env, origin)
  return inOurWords(await auth.handler(request))
}

/** What better-auth could do besides stays closed: its list of sessions, for one, would tell a page all their tokens. */
const offered = new Set([
  'get-session',
  'sign-in/anonymous',
  'sign-up/email',
  'sign-in/email',
  'sign-out',
  'change-password',
  'passkey/generate-register-options',
  'passkey/verify-registration',
  'passkey/generate-authenticate-options',
  'passkey/verify-authentication',
  'passkey/list-user-passkeys',
  'passkey/update-passkey',
  'passkey/delete-passkey',
])

/** better-auth refuses with `{ code, message }`, which its own client reads; ours are under `error`. So both are there. */
const inOurWords = async (response: Response): Promise<Response> => {
  if (response.status < 400) return response
  const body = await response.json<{ code?: string; message?: string } | null>().catch(() => null)
  const code = body?.code ?? (response.status === 429 ? 'TooManyRequests' : `Status${response.status}`)
  const message = body?.message ?? 'The request was refused.'
  const headers = new Headers(response.headers)
  headers.set('Content-Type', 'application/json')
  headers.set('Cache-Control', 'no-store')
  const wait = headers.get('X-Retry-After')
  if (wait !== null) headers.set('Retry-After', wait)
  return new Response(JSON.stringify({ ...body, error: { code, message } }), { status: response.status, headers })
}
