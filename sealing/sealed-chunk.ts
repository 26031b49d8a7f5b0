import { Data } from 'effect'
import type { StoreKeys } from './store-secret.ts'
import { nameSubject } from './wrapped-key.ts'

/**
 * A file on its way to other devices: each chunk under AES-256-GCM with the key of the file's subject, bound to its place.
 *
 *     chunk ──► nonce | encrypt(key of the subject, nonce, associated data: store, key, content, index, count)
 *     name of the blob: HMAC(naming key of the store, subject, content, index)
 *
 * Invariants: a nonce is 96 random bits, new for every chunk and every time it is sealed; what was sealed for one place
 * opens in no other; the same content of one subject has one name, so it is kept once, and the name says nothing to who
 * has no key. The names are those of the store's first generation of keys, for ever: an upload that was cut short before a
 * change of keys is found again after it.
 */
export interface ChunkPlace {
  readonly storeId: string
  readonly keyId: string
  /** SHA-256 of the whole file, in hexadecimal. */
  readonly sha256: string
  /** `thumbnail`: the small picture that lists show. */
  readonly index: number | 'thumbnail'
  readonly count: number
}

export const sealChunk = async (
  key: CryptoKey,
  place: ChunkPlace,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: dataOf(place) }, key, plain)
  const chunk = new Uint8Array(nonceBytes + sealed.byteLength)
  chunk.set(nonce)
  chunk.set(new Uint8Array(sealed), nonceBytes)
  return chunk
}

export const openChunk = async (
  key: CryptoKey,
  place: ChunkPlace,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | ChunkBroken> => {
  try {
    const plain = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.subarray(0, nonceBytes), additionalData: dataOf(place) },
      key,
      sealed.subarray(nonceBytes),
    )
    return new Uint8Array(plain)
  } catch {
    return new ChunkBroken()
  }
}

/** 22 letters, digits, - and _. `first`: the store's keys of generation 0. */
export const blobIdOf = (
  first: Pick<StoreKeys, 'namingKey'>,
  subject: string,
  { sha256, index }: Pick<ChunkPlace, 'sha256' | 'index'>,
): Promise<string> => nameSubject(first, JSON.stringify(['pjai blob 1', subject, sha256, index]))

const nonceBytes = 12

const dataOf = ({ storeId, keyId, sha256, index, count }: ChunkPlace) =>
  new TextEncoder().encode(JSON.stringify(['pjai chunk 1', storeId, keyId, sha256, index, count]))

export class ChunkBroken extends Data.TaggedError('ChunkBroken') {
  override get message() {
    return 'A part of this file does not open: it was changed, or moved from another place.'
  }
}
