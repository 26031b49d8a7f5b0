import { Encoding } from 'effect'
import { ed25519 } from '#proof/signed-text.ts'
import { putIfAbsent } from '#web/livestore/device-db.ts'

/** What this device signs with. It cannot be read out, and never leaves the browser. */
export interface DeviceSigningKey {
  readonly privateKey: CryptoKey
  /** 32 bytes as base64url. */
  readonly publicKey: string
}

/** Made at first use; of two tabs that make one, the first stays. */
export const deviceSigningKey = async (): Promise<DeviceSigningKey> => {
  const made = (await crypto.subtle.generateKey(ed25519, false, ['sign', 'verify'])) as CryptoKeyPair // of an algorithm with two keys
  const { pair } = await putIfAbsent('signingKeys', 'device', { id: 'device', pair: made })
  const raw = await crypto.subtle.exportKey('raw', pair.publicKey)
  return { privateKey: pair.privateKey, publicKey: Encoding.encodeBase64Url(new Uint8Array(raw)) }
}
