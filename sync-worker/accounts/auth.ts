import { passkey } from '@better-auth/passkey'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { anonymous } from 'better-auth/plugins/anonymous'
import type { Env } from '#sync-worker/env.ts'
import { withdrawSession } from '#sync-worker/rights/withdraw.ts'
import { emailPlugin } from './email-plugin.ts'
import { joinAccounts } from './join-accounts.ts'
import { pruneSessions } from './prune-sessions.ts'
import { serverSecret } from './secret.ts'
import { cookiePrefix } from './session.ts'
import { sessionsPlugin } from './sessions-plugin.ts'

/** better-auth for one origin, its tables made. Import this file lazily: it brings half a megabyte along. */
export const authFor = async (env: Env, origin: string): Promise<Auth> => {
  const auth = auths.get(origin) ?? (await makeAuth(env, origin))
  if (auths.size >= maxOrigins) auths.clear()
  auths.set(origin, auth)
  return auth
}

type Auth = Awaited<ReturnType<typeof makeAuth>>

/** A server has one address, or a few; whoever makes names up gets no memory for them. */
const maxOrigins = 8
const auths = new Map<string, Auth>()

const makeAuth = async (env: Env, origin: string) => {
  const options = optionsFor(env, origin, await serverSecret(env.DB))
  await migrate(env.DB, options)
  const auth = betterAuth(options)
  await auth.$context // ready before others use it: a request that is cancelled must not leave it half made
  return auth
}

const optionsFor = (env: Env, origin: string, secret: string) =>
  ({
    appName: 'PJai',
    baseURL: origin,
    secret,
    database: env.DB,
    emailAndPassword: { enabled: true, minPasswordLength: 10 },
    session: {
      // An anonymous account has nothing but its cookie, so it lives as long as a cookie may, from its last use.
      expiresIn: 400 * day,
      updateAge: day,
      // Else a device older than a day could attach no passkey, and an anonymous one cannot sign in again.
      freshAge: 0,
    },
    advanced: {
      cookiePrefix,
      defaultCookieAttributes: { sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
    },
    rateLimit: {
      enabled: true,
      storage: 'database', // isolates come and go, and know nothing of each other
      customRules: { '/sign-in/anonymous': { window: 60, max: 60 }, '/get-session': false },
    },
    databaseHooks: {
      session: {
        create: { after: () => pruneSessions(env.DB, Date.now()) },
        delete: { after: ({ id }) => withdrawSession(env, id) }, // however a session ends, its sockets end with it
      },
    },
    logger: { level: 'error' },
    telemetry: { enabled: false },
    plugins: [
      anonymous({
        onLinkAccount: ({ anonymousUser, newUser }) =>
          joinAccounts(env, { from: anonymousUser.user.id, to: newUser.user.id }),
      }),
      passkey({
        rpName: 'PJai',
        origin,
        // A passkey is found by a device that knows nothing of the account yet, and never without its person.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
      sessionsPlugin(),
      emailPlugin(),
    ],
  }) satisfies BetterAuthOptions

const day = 86_400

/**
 * Makes better-auth's tables as one transaction: of two that run at once, one makes them all, the other makes none,
 * looks again, and finds nothing left to do.
 */
const migrate = async (db: D1Database, options: BetterAuthOptions): Promise<void> => {
  for (let attempts = 3; ; attempts--) {
    const { toBeCreated, toBeAdded, toBeAddedIndexes, compileMigrations } = await getMigrations(options)
    if (toBeCreated.length + toBeAdded.length + toBeAddedIndexes.length === 0) return
    const statements = (await compileMigrations()).replace(/;$/, '').split(';\n\n')
    try {
      await db.batch(statements.map((sql) => db.prepare(sql)))
    } catch (error) {
      if (attempts === 0) throw error
    }
  }
}
