import { createAuthEndpoint } from '@better-auth/core/api'
import { APIError, BASE_ERROR_CODES } from '@better-auth/core/error'
import { sessionMiddleware } from 'better-auth/api'
import { Schema } from 'effect'

/**
 * An e-mail and a password for the account that asks, whatever else it has. better-auth would make another account of
 * them, and move over what the first one owns; here nothing moves, so nothing can be lost and no socket closes.
 */
export const emailPlugin = () => ({
  id: 'email' as const,
  endpoints: {
    attachEmail: createAuthEndpoint(
      '/attach-email',
      {
        method: 'POST',
        use: [sessionMiddleware],
        body: Schema.standardSchemaV1(Schema.Struct({ email: Schema.String, password: Schema.String })),
      },
      async ({ body, context, json }) => {
        const { internalAdapter, password } = context
        const { id } = context.session.user
        const email = body.email.trim().toLowerCase()
        const { minPasswordLength, maxPasswordLength } = password.config
        if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 254) throw refusal('INVALID_EMAIL')
        if (body.password.length < minPasswordLength) throw refusal('PASSWORD_TOO_SHORT')
        if (body.password.length > maxPasswordLength) throw refusal('PASSWORD_TOO_LONG')
        if ((await internalAdapter.findCredentialAccount(id)) !== null) throw refusal('PASSWORD_ALREADY_SET')

        const holder = await internalAdapter.findUserByEmail(email)
        if (holder !== null && holder.user.id !== id) throw refusal('USER_ALREADY_EXISTS')
        const hash = await password.hash(body.password)
        // The table takes an e-mail once: of two accounts that come with it at the same time, one ends here.
        await internalAdapter.updateUser(id, { email, name: email, isAnonymous: false }).catch(() => {
          throw refusal('USER_ALREADY_EXISTS')
        })
        await internalAdapter.linkAccount({ userId: id, providerId: 'credential', accountId: id, password: hash })
        return json({ email })
      },
    ),
  },
  // As for signing in: else it would tell in no time which e-mails have an account here.
  rateLimit: [{ pathMatcher: (path: string) => path === '/attach-email', window: 10, max: 3 }],
})

const refusal = (code: keyof typeof BASE_ERROR_CODES) => APIError.from('BAD_REQUEST', BASE_ERROR_CODES[code])
