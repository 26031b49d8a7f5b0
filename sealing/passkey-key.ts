import type { KeyringKey } from './recovery-key.ts'

/**
 * What a passkey opens besides the account: a secret that it computes from our salt on the device (WebAuthn's extension
 * `prf`), and that no server sees. It seals the keyring as the recovery key does, bound to the id of the passkey.
 */
export const passkeySalt = new TextEncoder().encode('pjai passkey 1')

export const passkeyKeyFrom = async (credentialId: string, prfOutput: BufferSource): Promise<KeyringKey> => {
  const from = await crypto.subtle.importKey('raw', prfOutput, 'HKDF', false, ['deriveKey'])
  const purpose = { name: 'HKDF', hash: 'SHA-256', salt: passkeySalt, info: new TextEncoder().encode('keyring') }
  const key = await crypto.subtle.deriveKey(purpose, from, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  return { id: credentialId, key }
}
