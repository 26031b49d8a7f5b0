import { Data, Schema } from 'effect'
import { Anchor } from '#proof/checkpoint.ts'
import { isId } from '#schema/shared/ids.ts'
import { openByLink, sealByLink } from './link-cipher.ts'
import { secretFromText, secretToText } from './store-secret.ts'

/**
 * How the key of one persona is given to another person.
 *
 *     link:    /share#<token>.<link key>     the fragment is sent to no server
 *     server:  hash of the token ─► sealed   the store's secrets under the link key, a text to it
 *
 * Whoever has the link opens both; the server, which keeps what is sealed, and whoever reads its disk, cannot. A redacted
 * link hands over no secret: only what to show of the persona, and the owner's witness of its log.
 */
export interface ShareLink {
  /** What the server opens the share for. */
  readonly token: string
  readonly linkKey: string
}

/** What the owner's device saw of a log, for auditors: they need not take the server's word. */
export const Witness = Schema.Struct({
  /** What the server signs with, as that device has known it; null if it never looked. */
  serverKey: Schema.NullOr(Schema.String),
  anchors: Schema.Array(Anchor),
})
export type Witness = typeof Witness.Type

/**
 * What a share hands over: the store, its secrets from the oldest on, none of a redacted one, and what to show of the
 * persona until it arrives.
 */
export interface ShareContent {
  readonly storeId: string
  readonly name: string
  readonly hue: number
  readonly secrets: readonly Uint8Array<ArrayBuffer>[]
  readonly witness?: Witness | undefined
}

export const shareLink = (origin: string, { token, linkKey }: ShareLink): string =>
  `${origin}/share#${token}.${linkKey}`

/** What is in a link, or in its fragment alone; undefined for anything else. */
export const shareLinkIn = (text: string): ShareLink | undefined => {
  const [token = '', linkKey = '', ...rest] = text.trim().split('#').at(-1)?.split('.') ?? []
  const isWhole = isId(token) && token.length === 26 && secretFromText(linkKey) !== undefined && rest.length === 0
  return isWhole ? { token, linkKey } : undefined
}

export const sealShare = (linkKey: string, { secrets, ...shown }: ShareContent): Promise<string> =>
  sealByLink(linkKey, purpose, JSON.stringify({ ...shown, secrets: secrets.map(secretToText) }))

export const openSealedShare = async (linkKey: string, sealed: string): Promise<ShareContent | ShareBroken> => {
  try {
    const { secrets, ...shown } = decodeContent(await openByLink(linkKey, purpose, sealed))
    const opened = secrets.map(secretFromText).filter((secret) => secret !== undefined)
    return opened.length === secrets.length ? { ...shown, secrets: opened } : new ShareBroken()
  } catch {
    return new ShareBroken()
  }
}

const purpose = 'pjai share 1'

const decodeContent = Schema.decodeSync(
  Schema.parseJson(
    Schema.Struct({
      storeId: Schema.String,
      name: Schema.String,
      hue: Schema.Number,
      secrets: Schema.Array(Schema.String),
      witness: Schema.optional(Witness),
    }),
  ),
)

export class ShareBroken extends Data.TaggedError('ShareBroken') {
  override get message() {
    return 'What the server keeps for this link does not open with it. The link was changed, or what it leads to was.'
  }
}
