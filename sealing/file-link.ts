import { Schema } from 'effect'
import { isId } from '#schema/shared/ids.ts'
import { linkCipherKey, openByLink, sealByLink } from './link-cipher.ts'
import { ChunkBroken, type ChunkPlace, openChunk, sealChunk } from './sealed-chunk.ts'
import { secretFromText } from './store-secret.ts'

/**
 * How one file is given to whoever has a link.
 *
 *     link:    /file#<token>.<link key>        the fragment is sent to no server
 *     server:  hash of the token ─► the card and the chunks of the file, sealed by the link key
 *
 * The link key is new for every link and opens nothing but this copy: no key of the persona is behind it or derived from it.
 */
export interface FileLink {
  /** What the server gives the copy for. */
  readonly token: string
  readonly linkKey: string
}

/** What the file is. */
export type FileCard = typeof FileCard.Type
const FileCard = Schema.Struct({
  name: Schema.String,
  mediaType: Schema.String,
  bytes: Schema.Number,
  sha256: Schema.String,
  chunkBytes: Schema.Number,
  encoding: Schema.NullOr(Schema.String),
})

export const fileLink = (origin: string, { token, linkKey }: FileLink): string => `${origin}/file#${token}.${linkKey}`

/** What is in a fragment; undefined for anything else. */
export const fileLinkIn = (fragment: string): FileLink | undefined => {
  const [token = '', linkKey = '', ...rest] = fragment.replace(/^#/, '').split('.')
  const isWhole = isId(token) && token.length === 26 && secretFromText(linkKey) !== undefined && rest.length === 0
  return isWhole ? { token, linkKey } : undefined
}

export const sealFileCard = (linkKey: string, card: FileCard): Promise<string> =>
  sealByLink(linkKey, cardPurpose, JSON.stringify(card))

export const openFileCard = async (linkKey: string, sealed: string): Promise<FileCard | ChunkBroken> => {
  try {
    return decodeCard(await openByLink(linkKey, cardPurpose, sealed))
  } catch {
    return new ChunkBroken()
  }
}

/** Seals and opens the chunks of a link's copy, each for its place. */
export const linkChunks = async (linkKey: string, sha256: string, count: number) => {
  const key = await linkCipherKey(linkKey)
  const place = (index: number): ChunkPlace => ({ storeId: 'file link', keyId: '', sha256, index, count })
  return {
    seal: (index: number, plain: Uint8Array<ArrayBuffer>) => sealChunk(key, place(index), plain),
    open: (index: number, sealed: Uint8Array<ArrayBuffer>) => openChunk(key, place(index), sealed),
  }
}

const cardPurpose = 'pjai file link 1'

const decodeCard = Schema.decodeSync(Schema.parseJson(FileCard))
