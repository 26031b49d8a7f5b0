import { isoOf } from '#sync-worker/api-call.ts'
import { deleteBlobsUnder } from '#sync-worker/blobs.ts'
import type { Env } from '#sync-worker/env.ts'
import { blanked } from '#sync-worker/erasing/overwrite-remains.ts'
import type { RefusalCode } from '#sync-worker/refuse.ts'

/**
 * A file given by a public link: sealed anew, by a key that stands in the link alone, and filed under the key of its
 * subject, so that it goes with that:
 *
 *     D1   fileLinks: who may ask (a hash of the token), until when, how often it was read, and its card, a text to us
 *     R2   <store id>/<key id>/link.<link id>.<0, 1, 2 …>
 */
export interface FileLinkRow {
  readonly linkId: string
  readonly storeId: string
  /** Of the file's subject: with this key the link is erased. */
  readonly keyId: string
  readonly chunks: number
  /** What the file is, sealed by the link's key. Noughts once the link is over. */
  readonly sealed: string
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  readonly erasedAt: number | null
  readonly downloads: number
  readonly lastDownloadAt: number | null
}

export const selectFileLinks = `SELECT linkId, storeId, keyId, chunks, sealed, createdAt, expiresAt, revokedAt, erasedAt,
  downloads, lastDownloadAt FROM fileLinks`

/** As the API tells it. */
export const rowToFileLink = (row: FileLinkRow) => ({
  linkId: row.linkId,
  createdAt: isoOf(row.createdAt),
  expiresAt: isoOrNull(row.expiresAt),
  revokedAt: isoOrNull(row.revokedAt),
  erasedAt: isoOrNull(row.erasedAt),
  downloads: row.downloads,
  lastDownloadAt: isoOrNull(row.lastDownloadAt),
})

const isoOrNull = (at: number | null) => (at === null ? null : isoOf(at))

export const chunkKeyOf = ({ storeId, keyId, linkId }: FileLinkRow, index: number | string): string =>
  `${storeId}/${keyId}/link.${linkId}.${index}`

/** Why it does not open any more, if so. */
export const refusalOf = ({ revokedAt, erasedAt, expiresAt }: FileLinkRow, now: number): RefusalCode | undefined => {
  if (erasedAt !== null) return 'FileErased'
  if (revokedAt !== null) return 'FileLinkRevoked'
  return expiresAt !== null && expiresAt <= now ? 'FileLinkExpired' : undefined
}

/** Leaves nothing of what a link that is over gave. Its card goes last: it says that there is something left. */
export const destroyFileLink = async ({ DB, BLOBS }: Env, row: FileLinkRow): Promise<void> => {
  await deleteBlobsUnder(BLOBS, chunkKeyOf(row, ''))
  await DB.prepare(`UPDATE fileLinks SET ${blanked('sealed')} WHERE linkId = ?`)
    .bind(row.linkId)
    .run()
}
