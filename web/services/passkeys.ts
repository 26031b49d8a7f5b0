import { Schema } from '@livestore/livestore'
import { browserOf, platformOf } from '#schema/workspace/user-agent.ts'
import { passkeyKeyFrom } from '#sealing/passkey-key.ts'
import { openKeyring } from '#sealing/recovery-key.ts'
import { enterAccount, signIn } from '#web/livestore/sign-in.ts'
import { thisAccount } from './account.ts'
import { keepSealed, sealHere } from './sealed-keyrings.ts'
import { ask } from './server.ts'
import { answerOf, askPasskey, makePasskey, secretOf, whyNoPasskeys } from './web-authn.ts'

/** Attaches a passkey to the account of this device. One that can seals the keyring, and so opens everything by itself. */
export const addPasskey = async (): Promise<Error | undefined> => {
  const impossible = whyNoPasskeys()
  if (impossible !== undefined) return impossible
  await signIn()
  const name = `${browserOf(navigator.userAgent)} on ${platformOf(navigator.userAgent)}`
  const asked = await ask('GET', `/api/auth/passkey/generate-register-options?name=${encodeURIComponent(name)}`)
  if (asked instanceof Error) return asked
  const made = await makePasskey(asked)
  if (made instanceof Error) return made
  const kept = await ask('POST', '/api/auth/passkey/verify-registration', { name, response: answerOf(made) })
  if (kept instanceof Error) return kept
  const secret = await secretOf(made)
  if (secret === undefined) return undefined
  const { id } = decodeKept(kept)
  const { keyring, handOver } = await sealHere(await passkeyKeyFrom(made.id, secret))
  const sealed = await ask('PUT', `/api/passkeys/${id}/keyring`, { keyring })
  return sealed instanceof Error ? sealed : handOver(`passkey-${id}`)
}

const decodeKept = Schema.decodeUnknownSync(Schema.Struct({ id: Schema.String }))

/**
 * Makes this a device of the passkey's account, to which what its anonymous account had comes along. Gives the workspaces
 * that the passkey opened: none, if it cannot.
 */
export const signInByPasskey = async (): Promise<readonly string[] | Error> => {
  const impossible = whyNoPasskeys()
  if (impossible !== undefined) return impossible
  const asked = await ask('GET', '/api/auth/passkey/generate-authenticate-options')
  if (asked instanceof Error) return asked
  const found = await askPasskey(asked)
  if (found instanceof Error) return found
  const answer = await enterAccount(() =>
    ask('POST', '/api/auth/passkey/verify-authentication', { response: answerOf(found) }),
  )
  return answer instanceof Error ? answer : openKeyringBy(found)
}

const openKeyringBy = async (found: PublicKeyCredential): Promise<readonly string[] | Error> => {
  const account = await thisAccount()
  if (account instanceof Error) return account
  const passkey = account.passkeys.find(({ credentialId }) => credentialId === found.id)
  const secret = await secretOf(found)
  if (passkey === undefined || passkey.keyring === null || secret === undefined) return []
  const keyring = await openKeyring(await passkeyKeyFrom(found.id, secret), passkey.keyring)
  if (keyring instanceof Error) return [] // the other ways to the keys are as good as before
  return keepSealed(`passkey-${passkey.id}`, keyring)
}
