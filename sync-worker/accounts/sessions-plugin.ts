import { createAuthEndpoint, createAuthMiddleware } from '@better-auth/core/api'
import { APIError } from '@better-auth/core/error'
import { getSessionFromCtx } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { Schema } from 'effect'

/**
 * What better-auth lacks: a session for a device that its account vouched for, one session a device, and an end to being
 * anonymous.
 */
export const sessionsPlugin = () => ({
  id: 'sessions' as const,
  endpoints: {
    /** Never reached from outside: `auth.api.openSession` only. Answers with the cookie of a new session. */
    openSession: createAuthEndpoint.serverOnly(
      { method: 'POST', body: Schema.standardSchemaV1(Schema.Struct({ accountId: Schema.String })) },
      async (ctx) => {
        const { internalAdapter } = ctx.context
        const user = await internalAdapter.findUserById(ctx.body.accountId)
        if (user === null) throw new APIError('NOT_FOUND')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(ctx, { session, user })
        return ctx.json({ accountId: user.id })
      },
    ),
  },
  hooks: {
    after: [
      {
        // Whoever has a passkey can come back: signing in elsewhere must not dissolve the account any more.
        matcher: ({ path }: { path?: string }) => path === '/passkey/verify-registration',
        handler: createAuthMiddleware(async ({ context }) => {
          const userId = context.session?.user.id
          if (userId === undefined || context.returned instanceof Error) return
          await context.internalAdapter.updateUser(userId, { isAnonymous: false })
        }),
      },
      {
        // The device leaves the session it came with: else it would stand in the list of devices twice, or in another's.
        matcher: ({ path }: { path?: string }) =>
          path === '/sign-in/email' || path === '/passkey/verify-authentication',
        handler: createAuthMiddleware(async (ctx) => {
          const { newSession, internalAdapter } = ctx.context
          const before = newSession === null ? null : await getSessionFromCtx(ctx, { disableRefresh: true })
          if (before !== null) await internalAdapter.deleteSession(before.session.token)
        }),
      },
    ],
  },
})
