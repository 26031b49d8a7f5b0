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
  'attach-email',
  'sign-in/email',
  'sign-out',
  'change-password',
  'passkey/generate-register-options',
  'passkey/verify-registration',
  'passkey/generate-authenticate-options',
  'passkey/verify-authentication',
])

/** better-auth refuses with `{ code, message }`, which its own client reads; ours are under `error`. So both are there. */
const inOurWords = async (response: Response): Promise<Response> => {
  if (response.status < 400) return response
  const body = await response.json<{ code?: string; message?: string } | null>().catch(() => null)
  const wait = response.headers.get('X-Retry-After')
  const code = body?.code ?? (response.status === 429 ? 'TooManyRequests' : `Status${response.status}`)
  const message = sentences[code] ?? body?.message ?? 'The request was refused.'
  const headers = new Headers(response.headers)
  headers.set('Content-Type', 'application/json')
  headers.set('Cache-Control', 'no-store')
  if (wait !== null) headers.set('Retry-After', wait)
  const error = { code, message: wait === null ? message : `${message} Try again in ${wait} s.` }
  return new Response(JSON.stringify({ ...body, error }), { status: response.status, headers })
}

/** What a person can do something about, in sentences. */
const sentences: Readonly<Record<string, string>> = {
  AUTHENTICATION_FAILED: 'This passkey was not accepted.',
  CHALLENGE_NOT_FOUND: 'It took too long. Try again.',
  INVALID_EMAIL: 'This is no e-mail address.',
  INVALID_EMAIL_OR_PASSWORD: 'There is no account with this e-mail and this password.',
  INVALID_PASSWORD: 'The present password is another one.',
  PASSKEY_NOT_FOUND: 'No account here knows this passkey. It was removed, or made elsewhere.',
  PASSWORD_ALREADY_SET: 'This account has an e-mail already.',
  PASSWORD_TOO_LONG: 'A password has at most 128 characters.',
  PASSWORD_TOO_SHORT: 'A password has at least 10 characters.',
  TooManyRequests: 'Too many tries.',
  USER_ALREADY_EXISTS: 'This e-mail belongs to another account. Sign in to it, or use another e-mail.',
}
