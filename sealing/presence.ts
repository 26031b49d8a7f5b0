import { Encoding, Option, Schema } from 'effect'
import type { StoreKeys } from './store-secret.ts'

/** What a device says of itself to the others that have the same store open. */
export const Presence = Schema.Struct({
  actorId: Schema.String,
  deviceId: Schema.String,
  /** What the person is called; empty if nobody said. */
  name: Schema.String,
  device: Schema.String,
  where: Schema.Struct({
    room: Schema.String,
    /** The conversation or the memory that is open. */
    thingId: Schema.NullOr(Schema.String),
    title: Schema.String,
  }),
  since: Schema.Date,
})
export type Presence = typeof Presence.Type

type Key = Pick<StoreKeys, 'storeId' | 'presenceKey'>

/** base64 of nonce and ciphertext, under 1 kB as the server asks: hence long names and titles are cut. */
export const sealPresence = async ({ storeId, presenceKey }: Key, presence: Presence): Promise<string> => {
  const { name, device, where } = presence
  const short = { ...presence, name: cut(name), device: cut(device), where: { ...where, title: cut(where.title) } }
  const nonce = crypto.getRandomValues(new Uint8Array(nonceLength))
  const sealed = await crypto.subtle.encrypt(algorithm(storeId, nonce), presenceKey, utf8.encode(encode(short)))
  return Encoding.encodeBase64(new Uint8Array([...nonce, ...new Uint8Array(sealed)]))
}

/** Nothing, if it was not sealed for this store. */
export const openPresence = async ({ storeId, presenceKey }: Key, text: string): Promise<Presence | undefined> => {
  const bytes = Encoding.decodeBase64(text)
  if (bytes._tag === 'Left') return undefined
  try {
    const [nonce, sealed] = [bytes.right.slice(0, nonceLength), bytes.right.slice(nonceLength)]
    const opened = await crypto.subtle.decrypt(algorithm(storeId, nonce), presenceKey, sealed)
    return Option.getOrUndefined(decode(new TextDecoder().decode(opened)))
  } catch {
    return undefined
  }
}

const encode = Schema.encodeSync(Schema.parseJson(Presence))
const decode = Schema.decodeUnknownOption(Schema.parseJson(Presence))

const nonceLength = 12

const algorithm = (storeId: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: utf8.encode(JSON.stringify(['pjai presence 1', storeId])),
})

const utf8 = new TextEncoder()

/** By code points, so that no emoji is cut in two. */
const cut = (text: string): string => {
  const letters = Array.from(text)
  return letters.length <= 40 ? text : `${letters.slice(0, 39).join('')}…`
}
