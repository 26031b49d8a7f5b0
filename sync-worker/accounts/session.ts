import { serverSecret } from './secret.ts'

/** A device that is signed in. */
export interface Session {
  readonly sessionId: string
  readonly accountId: string
  readonly isAnonymous: boolean
  readonly expiresAt: number
  /** It asks by an address that only the server's own machine has. */
  readonly isLocal?: boolean
}

/** better-auth's prefix of cookie names; over https it adds `__Secure-`. */
export const cookiePrefix = 'pjai'

/**
 * Who asks, by better-auth's signed cookie and its session table. Read here, and not by better-auth, because every
 * connection to a log goes through it, and loading better-auth takes longer than all the rest.
 */
export const sessionOf = async (request: Request, db: D1Database, now: number): Promise<Session | undefined> => {
  const token = await tokenOf(request, db)
  if (token === undefined) return undefined
  const row = await db
    .prepare(
      `SELECT session.id, session.userId, session.expiresAt, user.isAnonymous
       FROM session JOIN user ON user.id = session.userId WHERE session.token = ?`,
    )
    .bind(token)
    .first<{ id: string; userId: string; expiresAt: string; isAnonymous: number | null }>()
  if (row === null) return undefined
  const expiresAt = Date.parse(row.expiresAt)
  if (!(expiresAt > now)) return undefined
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(request.url).hostname)
  return { sessionId: row.id, accountId: row.userId, isAnonymous: row.isAnonymous === 1, expiresAt, isLocal }
}

/** Notes that the device was here, at most every five minutes. */
export const noteSeen = (db: D1Database, { sessionId }: Session, now: number): Promise<unknown> =>
  db
    .prepare('UPDATE session SET updatedAt = ? WHERE id = ? AND updatedAt < ?')
    .bind(new Date(now).toISOString(), sessionId, new Date(now - 300_000).toISOString())
    .run()

/** The cookie holds `<token>.<signature>`: HMAC-SHA256 in base64, as better-call signs it. */
const tokenOf = async (request: Request, db: D1Database): Promise<string | undefined> => {
  const name = `${new URL(request.url).protocol === 'https:' ? '__Secure-' : ''}${cookiePrefix}.session_token`
  const value = cookieOf(request, name)
  const dot = value?.lastIndexOf('.') ?? -1
  if (value === undefined || dot < 1) return undefined
  const token = value.slice(0, dot)
  return (await isSignature(value.slice(dot + 1), token, await serverSecret(db))) ? token : undefined
}

const cookieOf = (request: Request, name: string): string | undefined => {
  const cookies = request.headers.get('Cookie')?.split(/; */) ?? []
  const value = cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1)
  try {
    return value === undefined ? undefined : decodeURIComponent(value)
  } catch {
    return undefined
  }
}

const isSignature = async (signature: string, token: string, secret: string): Promise<boolean> => {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(signature)) return false
  const bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0))
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8(secret), algorithm, false, ['verify'])
  return crypto.subtle.verify('HMAC', key, bytes, utf8(token))
}

const utf8 = (text: string) => new TextEncoder().encode(text)
