import { Data, Encoding, Schema } from 'effect'
import { isId } from '#schema/shared/ids.ts'
import { newSecret, secretFromText, secretToText } from './store-secret.ts'

/**
 * How the key of one persona is given to another person.
 *
 *     link:    /share#<token>.<link key>     the fragment is sent to no server
 *     server:  hash of the token ─► sealed   the store's secrets under the link key, a text to it
 *
 * Whoever has the link opens both; the server, which keeps what is sealed, and whoever reads its disk, cannot.
 */
export interface ShareLink {
  /** What the server opens the share for. */
  readonly token: string
  readonly linkKey: string
}

/** What a share hands over: the store, its secrets from the oldest on, and what to show of the persona until it arrives. */
export interface ShareContent {
  readonly storeId: string
  readonly name: string
  readonly hue: number
  readonly secrets: readonly Uint8Array<ArrayBuffer>[]
}

export const newLinkKey = (): string => secretToText(newSecret())

export const shareLink = (origin: string, { token, linkKey }: ShareLink): string =>
  `${origin}/share#${token}.${linkKey}`

/** What is in a link, or in its fragment alone; undefined for anything else. */
export const shareLinkIn = (text: string): ShareLink | undefined => {
  const [token = '', linkKey = '', ...rest] = text.trim().split('#').at(-1)?.split('.') ?? []
  const isWhole = isId(token) && token.length === 26 && secretFromText(linkKey) !== undefined && rest.length === 0
  return isWhole ? { token, linkKey } : undefined
}

export const sealShare = async (linkKey: string, { secrets, ...shown }: ShareContent): Promise<string> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = JSON.stringify({ ...shown, secrets: secrets.map(secretToText) })
  const sealed = await crypto.subtle.encrypt({ ...cipher, iv }, await keyFrom(linkKey), utf8.encode(text))
  return Encoding.encodeBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

export const openSealedShare = async (linkKey: string, sealed: string): Promise<ShareContent | ShareBroken> => {
  try {
    const bytes = Encoding.decodeBase64(sealed)
    if (bytes._tag === 'Left') return new ShareBroken()
    const [iv, rest] = [new Uint8Array(bytes.right.slice(0, 12)), new Uint8Array(bytes.right.slice(12))]
    const text = await crypto.subtle.decrypt({ ...cipher, iv }, await keyFrom(linkKey), rest)
    const { secrets, ...shown } = decodeContent(new TextDecoder().decode(text))
    const opened = secrets.map(secretFromText).filter((secret) => secret !== undefined)
    return opened.length > 0 && opened.length === secrets.length ? { ...shown, secrets: opened } : new ShareBroken()
  } catch {
    return new ShareBroken()
  }
}

const utf8 = new TextEncoder()
const cipher = { name: 'AES-GCM', additionalData: utf8.encode('pjai share 1') }

/** Throws what is no key. */
const keyFrom = (linkKey: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secretFromText(linkKey) ?? new Uint8Array(), 'AES-GCM', false, ['encrypt', 'decrypt'])

const decodeContent = Schema.decodeSync(
  Schema.parseJson(
    Schema.Struct({
      storeId: Schema.String,
      name: Schema.String,
      hue: Schema.Number,
      secrets: Schema.Array(Schema.String),
    }),
  ),
)

export class ShareBroken extends Data.TaggedError('ShareBroken') {
  override get message() {
    return 'What the server keeps for this link does not open with it. The link was changed, or what it leads to was.'
  }
}
