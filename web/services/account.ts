import { Schema } from '@livestore/livestore'
import { enterAccount, signIn } from '#web/livestore/sign-in.ts'
import { ask } from './server.ts'

/** By what the account of this device can be come back to. */
const Account = Schema.Struct({
  accountId: Schema.String,
  /** Null without an e-mail and a password. */
  email: Schema.NullOr(Schema.String),
  passkeys: Schema.Array(
    Schema.Struct({
      id: Schema.String,
      credentialId: Schema.String,
      name: Schema.NullOr(Schema.String),
      madeAt: Schema.Date,
      /** The keys of all workspaces, sealed by the passkey; null if it cannot. */
      keyring: Schema.NullOr(Schema.String),
    }),
  ),
})
export type Account = typeof Account.Type
export type Passkey = Account['passkeys'][number]

const decode = Schema.decodeUnknownSync(Account)

export const thisAccount = async (): Promise<Account | Error> => {
  await signIn()
  const answer = await ask('GET', '/api/account')
  return answer instanceof Error ? answer : decode(answer)
}

export const attachEmail = (email: string, password: string) =>
  failureOf(ask('POST', '/api/auth/attach-email', { email: email.trim(), password }))

export const changePassword = (currentPassword: string, newPassword: string) =>
  failureOf(ask('POST', '/api/auth/change-password', { currentPassword, newPassword }))

/** Makes this a device of the account. What its anonymous account had comes along. */
export const signInByEmail = (email: string, password: string) =>
  failureOf(enterAccount(() => ask('POST', '/api/auth/sign-in/email', { email: email.trim(), password })))

export const removePasskey = (id: string) => failureOf(ask('DELETE', `/api/passkeys/${id}`))

const failureOf = async (asked: Promise<unknown>): Promise<Error | undefined> => {
  const answer = await asked
  return answer instanceof Error ? answer : undefined
}
