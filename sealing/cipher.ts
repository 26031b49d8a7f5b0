import { Data, Encoding, Schema } from 'effect'

/**
 * What leaves a device: an event's name and arguments under AES-256-GCM, bound to its place.
 *
 *     { name, args } ──JSON──► encrypt(key of the subject, nonce, associated data: store, key, number) ──► v1.Sealed
 *
 * Invariants: a nonce is 96 random bits, new for every event and every time it is sent; what was sealed for one place
 * opens in no other.
 */
export const Sealed = Schema.Struct({
  keyId: Schema.String.pipe(Schema.pattern(/^[\w-]{22}$/)),
  nonce: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]{16}$/)),
  ciphertext: Schema.String,
})
export type Sealed = typeof Sealed.Type

export interface Place {
  readonly storeId: string
  /** The number of the event in its log. */
  readonly seqNum: number
}

/** An event as it stands in a log: name and encoded arguments. */
export interface Content {
  readonly name: string
  readonly args: unknown
}

export const sealContent = async (
  { keyId, key }: { readonly keyId: string; readonly key: CryptoKey },
  place: Place,
  content: Content,
): Promise<Sealed> => {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const bytes = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: placeBytes(place, keyId) },
    key,
    utf8.encode(JSON.stringify(content)),
  )
  return { keyId, nonce: Encoding.encodeBase64(nonce), ciphertext: Encoding.encodeBase64(new Uint8Array(bytes)) }
}

export const openContent = async (key: CryptoKey, place: Place, sealed: Sealed): Promise<Content | SealBroken> => {
  const { keyId, nonce, ciphertext } = sealed
  try {
    const bytes = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: bytesOf(nonce), additionalData: placeBytes(place, keyId) },
      key,
      bytesOf(ciphertext),
    )
    return decodeContent(new TextDecoder().decode(bytes))
  } catch {
    return new SealBroken(place)
  }
}

const Content = Schema.parseJson(Schema.Struct({ name: Schema.String, args: Schema.Unknown }))
const decodeContent = Schema.decodeSync(Content)

const utf8 = new TextEncoder()

const placeBytes = ({ storeId, seqNum }: Place, keyId: string) =>
  utf8.encode(JSON.stringify(['pjai event 1', storeId, keyId, seqNum]))

/** Throws what is no base64. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = Encoding.decodeBase64(text)
  if (bytes._tag === 'Left') throw bytes.left
  return new Uint8Array(bytes.right)
}

export class SealBroken extends Data.TaggedError('SealBroken')<Place> {
  override get message() {
    return `Event ${this.seqNum} of this log does not open: on the server it was changed, or moved from another place.`
  }
}
