import { Data } from 'effect'
import { passkeySalt } from '#sealing/passkey-key.ts'

/**
 * Passkeys as the browser has them. Each is asked for a secret of its own too (the extension `prf`): that one never
 * leaves the device, so the server is answered without it.
 */
export const whyNoPasskeys = (): PasskeyFailed | undefined => {
  if (!('PublicKeyCredential' in window) || PublicKeyCredential.parseCreationOptionsFromJSON === undefined)
    return new PasskeyFailed({ message: 'This browser knows no passkeys, or is too old for them.' })
  if (/^[\d.]+$|:/.test(location.hostname))
    return new PasskeyFailed({
      message: `Passkeys need an address that is a name, and this one is a number: ${location.hostname}. Use localhost, or a name of your own.`,
    })
  return undefined
}

/** `asked`: the options as the server gives them, in WebAuthn's own JSON. */
export const makePasskey = (asked: unknown): Promise<PublicKeyCredential | PasskeyFailed> => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked as PublicKeyCredentialCreationOptionsJSON)
  return touched(navigator.credentials.create({ publicKey: { ...publicKey, extensions } }))
}

/** Any passkey that this device has for the server, whichever account it is of. */
export const askPasskey = (asked: unknown): Promise<PublicKeyCredential | PasskeyFailed> => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked as PublicKeyCredentialRequestOptionsJSON)
  return touched(
    navigator.credentials.get({ publicKey: { ...publicKey, ...recognised, allowCredentials: [], extensions } }),
  )
}

/** The passkey's own secret, if it has any. Some give it only when asked once more after they were made. */
export const secretOf = async (credential: PublicKeyCredential): Promise<BufferSource | undefined> => {
  const { prf } = credential.getClientExtensionResults()
  if (prf?.results !== undefined || prf?.enabled !== true) return prf?.results?.first
  const again = await touched(
    navigator.credentials.get({
      publicKey: {
        ...recognised,
        challenge: crypto.getRandomValues(new Uint8Array(32)), // nobody checks the answer: only the secret counts
        allowCredentials: [{ type: 'public-key', id: credential.rawId }],
        extensions,
      },
    }),
  )
  return again instanceof PasskeyFailed ? undefined : again.getClientExtensionResults().prf?.results?.first
}

export const answerOf = (credential: PublicKeyCredential) => ({ ...credential.toJSON(), clientExtensionResults: {} })

const extensions = { prf: { eval: { first: passkeySalt } } }

/** A passkey has another secret for a person it did not recognise. */
const recognised = { userVerification: 'required' } as const

const touched = async (asked: Promise<Credential | null>): Promise<PublicKeyCredential | PasskeyFailed> => {
  try {
    const credential = await asked
    return credential instanceof PublicKeyCredential ? credential : new PasskeyFailed({ message: given.none })
  } catch (cause) {
    const name = cause instanceof DOMException ? cause.name : ''
    if (name === 'InvalidStateError') return new PasskeyFailed({ message: given.twice })
    if (name === 'NotAllowedError') return new PasskeyFailed({ message: given.none })
    return new PasskeyFailed({ message: `The browser could not use a passkey here. (${String(cause)})` })
  }
}

const given = {
  none: 'No passkey was given: it was called off, it took too long, or there is none here.',
  twice: 'This account has a passkey of this device already.',
}

export class PasskeyFailed extends Data.TaggedError('PasskeyFailed')<{ readonly message: string }> {}
