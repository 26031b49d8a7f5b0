import type { Session } from './accounts/session.ts'
import type { Env } from './env.ts'

/** Whether this account may change what all stores depend on. An e-mail counts only once it is verified: anybody can name one. */
export const mayOperate = async (env: Env, { accountId, isLocal = false }: Session): Promise<boolean> => {
  const operators = (env.OPERATORS ?? '').split(/\s+/).filter((name) => name !== '')
  if (operators.includes('localhost') && isLocal) return true
  if (operators.includes('*') || operators.includes(accountId)) return true
  const emails = operators.filter((name) => name.includes('@')).map((email) => email.toLowerCase())
  if (emails.length === 0) return false
  const email = await env.DB.prepare('SELECT email FROM user WHERE id = ? AND emailVerified = 1')
    .bind(accountId)
    .first<string>('email')
  return email !== null && emails.includes(email.toLowerCase())
}
