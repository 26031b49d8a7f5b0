import { answer, type Call } from '#sync-worker/api-call.ts'
import { withdrawSession } from '#sync-worker/rights/withdraw.ts'
import { joinAccounts } from './join-accounts.ts'

interface Entering extends Pick<Call, 'request' | 'env' | 'session'> {
  readonly accountId: string
}

/**
 * Answers with the body, and the cookie of a new session of the account. What the device was signed in to before ends
 * here: an anonymous account is dissolved, and what it owns moves along.
 */
export const enterAccount = async ({ request, env, session, accountId }: Entering, body: object): Promise<Response> => {
  const { authFor } = await import('./auth.ts')
  const auth = await authFor(env, new URL(request.url).origin)
  const { headers } = await auth.api.openSession({ body: { accountId }, headers: request.headers, returnHeaders: true })

  const isDissolved = session.isAnonymous && session.accountId !== accountId
  if (isDissolved) await joinAccounts(env, { from: session.accountId, to: accountId })
  const { internalAdapter } = await auth.$context
  if (isDissolved) await internalAdapter.deleteUser(session.accountId)
  else await env.DB.prepare('DELETE FROM session WHERE id = ?').bind(session.sessionId).run()
  await withdrawSession(env, session.sessionId)

  const response = answer(body)
  for (const cookie of headers.getAll('Set-Cookie')) response.headers.append('Set-Cookie', cookie)
  return response
}
