import { Data, Encoding, Schema } from 'effect'
import { bytesOfBase64 } from './base64.ts'

/**
 * What leaves a device: an event's name and arguments under AES-256-GCM, bound to its place.
 *
 *     { name, args }                ──JSON──► encrypt(key of its subject, nonce, associated data: store, key, number)
 *     rows about other subjects     ──JSON──► encrypt(key of theirs, nonce, the same and the nonce of the event)
 *
 * Invariants: a nonce is 96 random bits, new for every text and every time it is sent; what was sealed for one place opens
 * in no other.
 */
const Text = Schema.Struct({
  keyId: Schema.String.pipe(Schema.pattern(/^[\w-]{22}$/)),
  nonce: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]{16}$/)),
  ciphertext: Schema.String,
})
export type SealedText = typeof Text.Type

/** `parts`: the rows of an event that tells of many things at once, those about the same thing together. */
export const Sealed = Schema.Struct({ ...Text.fields, parts: Schema.optional(Schema.Array(Text)) })
export type Sealed = typeof Sealed.Type

export interface Place {
  readonly storeId: string
  /** The number of the event in its log. */
  readonly seqNum: number
  /** Of a part: the nonce of the event that it is a part of. */
  readonly within?: string
}

export const sealText = async (
  { keyId, key }: { readonly keyId: string; readonly key: CryptoKey },
  place: Place,
  text: string,
): Promise<SealedText> => {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: placeBytes(place, keyId) },
    key,
    utf8.encode(text),
  )
  return { keyId, nonce: Encoding.encodeBase64(nonce), ciphertext: Encoding.encodeBase64(new Uint8Array(bytes)) }
}

export const openText = async (
  key: CryptoKey,
  place: Place,
  { keyId, nonce, ciphertext }: SealedText,
): Promise<string | SealBroken> => {
  const [iv, sealed] = [bytesOfBase64(nonce), bytesOfBase64(ciphertext)]
  if (iv === undefined || sealed === undefined) return new SealBroken(place)
  try {
    const cipher = { name: 'AES-GCM', iv, additionalData: placeBytes(place, keyId) }
    return fromUtf8.decode(await crypto.subtle.decrypt(cipher, key, sealed))
  } catch {
    return new SealBroken(place)
  }
}

const utf8 = new TextEncoder()
// Each is made once: ten thousand texts are opened for a store that a device never had.
const fromUtf8 = new TextDecoder()

const placeBytes = ({ storeId, seqNum, within }: Place, keyId: string) =>
  utf8.encode(JSON.stringify(['pjai event 1', storeId, keyId, seqNum, ...(within === undefined ? [] : [within])]))

export class SealBroken extends Data.TaggedError('SealBroken')<Place> {
  override get message() {
    return `Event ${this.seqNum} of this log does not open: on the server it was changed, or moved from another place.`
  }
}
