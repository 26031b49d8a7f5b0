import { Data, Encoding } from 'effect'
import { bytesOfBase64 } from './base64.ts'
import type { StoreKeys } from './store-secret.ts'

/**
 * The id of a subject's key in one generation: 128 bits that only the holders of the store's secret can compute, as 22
 * letters, digits, - and _.
 */
export const nameSubject = async ({ namingKey }: Pick<StoreKeys, 'namingKey'>, subject: string): Promise<string> => {
  const name = await crypto.subtle.sign('HMAC', namingKey, utf8.encode(subject))
  return Encoding.encodeBase64Url(new Uint8Array(name, 0, 16))
}

export const wrapNew = async (store: StoreKeys, keyId: string): Promise<string> => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const wrapped = await crypto.subtle.wrapKey('raw', key, store.wrappingKey, wrapping(store, keyId, nonce))
  return Encoding.encodeBase64(new Uint8Array([...nonce, ...new Uint8Array(wrapped)]))
}

/** The newest first: most of what is read was written last. */
export const unwrapByAny = async (held: readonly StoreKeys[], keyId: string, wrapped: string): Promise<CryptoKey> => {
  const newest = held.at(-1)
  if (newest === undefined) throw new Error('A store has at least one generation of keys.') // our bug
  return unwrap(newest, keyId, wrapped).catch((error: unknown) => {
    if (held.length === 1) throw error
    return unwrapByAny(held.slice(0, -1), keyId, wrapped)
  })
}

const unwrap = async (store: StoreKeys, keyId: string, wrapped: string): Promise<CryptoKey> => {
  const bytes = bytesOfBase64(wrapped)
  if (bytes === undefined) throw new WrongSecret({ storeId: store.storeId })
  const [nonce, key] = [bytes.subarray(0, 12), bytes.subarray(12)]
  return crypto.subtle
    .unwrapKey('raw', key, store.wrappingKey, wrapping(store, keyId, nonce), 'AES-GCM', false, ['encrypt', 'decrypt'])
    .catch(() => {
      throw new WrongSecret({ storeId: store.storeId })
    })
}

const wrapping = ({ storeId }: StoreKeys, keyId: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: utf8.encode(JSON.stringify(['pjai key 1', storeId, keyId])),
})

const utf8 = new TextEncoder()

export class WrongSecret extends Data.TaggedError('WrongSecret')<{ readonly storeId: string }> {
  override get message() {
    return 'What is on the server is sealed with another secret than this device holds. Open the link of this workspace again, from a device that shows it.'
  }
}
