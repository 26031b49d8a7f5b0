import type { Call } from '#sync-worker/api-call.ts'
import type { Env } from '#sync-worker/env.ts'

/** Calls of `/api` without its door: whoever is named is signed in. */
export const makeCaller =
  (env: Env) =>
  async (who: string, handler: (call: Call) => Promise<Response>, { body, params = {}, after = '' }: Asked = {}) => {
    const text = body === undefined ? null : JSON.stringify(body)
    const headers = text === null ? {} : { 'Content-Length': String(text.length) }
    const response = await handler({
      request: new Request(`https://pjai/api?after=${after}`, {
        method: text === null ? 'GET' : 'PUT',
        body: text,
        headers,
      }),
      env,
      session: { sessionId: `of-${who}`, accountId: who, isAnonymous: true, expiresAt: Number.MAX_SAFE_INTEGER },
      params,
      now: Date.now(),
      newId: () => crypto.randomUUID(),
      waitUntil: () => undefined,
    })
    const said = response.status === 204 ? {} : await response.json<{ error?: { code: string } }>()
    return { status: response.status, code: said.error?.code, said }
  }

interface Asked {
  readonly body?: unknown
  readonly params?: Readonly<Record<string, string>>
  readonly after?: string
}
