import { Encoding } from 'effect'

/**
 * The keys above the subjects'.
 *
 *     owner's secret ──HKDF, store id, generation──► store secret ──HKDF──► wrapping key   wraps the keys of subjects
 *     256 random bits                                what a share gives     naming key     gives them ids that say nothing
 *                                                                           presence key   seals who has the store open
 *
 * A store begins with generation 0. When somebody may no longer read it, the next one begins: what is sealed from then on
 * does not open by what he was given.
 * The store's own keys cannot be read back out of WebCrypto, neither by a page nor by a worker.
 */
export interface StoreKeys {
  readonly storeId: string
  readonly wrappingKey: CryptoKey
  readonly namingKey: CryptoKey
  readonly presenceKey: CryptoKey
}

export const newSecret = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(32))

/** The owner's secret as a key that can only be derived from. */
export const ownerKeyFrom = (secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits'])

export const storeSecretFrom = async (
  ownerKey: CryptoKey,
  storeId: string,
  generation = 0,
): Promise<Uint8Array<ArrayBuffer>> => {
  const purpose = generation === 0 ? 'pjai store 1' : `pjai store 1 generation ${generation}`
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(storeId, purpose), ownerKey, 256))
}

export const storeKeysFrom = async (storeSecret: Uint8Array<ArrayBuffer>, storeId: string): Promise<StoreKeys> => {
  const secret = await crypto.subtle.importKey('raw', storeSecret, 'HKDF', false, ['deriveKey'])
  const [wrappingKey, namingKey, presenceKey] = await Promise.all([
    crypto.subtle.deriveKey(hkdf(storeId, 'pjai wrapping 1'), secret, { name: 'AES-GCM', length: 256 }, false, [
      'wrapKey',
      'unwrapKey',
    ]),
    crypto.subtle.deriveKey(
      hkdf(storeId, 'pjai naming 1'),
      secret,
      { name: 'HMAC', hash: 'SHA-256', length: 256 },
      false,
      ['sign'],
    ),
    crypto.subtle.deriveKey(hkdf(storeId, 'pjai presence 1'), secret, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  ])
  return { storeId, wrappingKey, namingKey, presenceKey }
}

const hkdf = (storeId: string, purpose: string): HkdfParams => {
  const utf8 = new TextEncoder()
  return { name: 'HKDF', hash: 'SHA-256', salt: utf8.encode(storeId), info: utf8.encode(purpose) }
}

/** 43 letters, digits, - and _. */
export const secretToText = (secret: Uint8Array): string => Encoding.encodeBase64Url(secret)

export const secretFromText = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  const bytes = Encoding.decodeBase64Url(text)
  return bytes._tag === 'Right' && bytes.right.length === 32 ? new Uint8Array(bytes.right) : undefined
}
