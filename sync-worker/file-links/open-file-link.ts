import { Schema } from 'effect'
import { answer, bodyOf, isoOf } from '#sync-worker/api-call.ts'
import { bytesOf } from '#sync-worker/blobs.ts'
import type { Env } from '#sync-worker/env.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { type Access, recordAccess } from '#sync-worker/rights/access-log.ts'
import { hashOf } from '#sync-worker/rights/hash.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { chunkKeyOf, type FileLinkRow, refusalOf, selectFileLinks } from './file-link-rows.ts'

/** A request of whoever has a link: nobody has to be signed in for it. */
export interface Visit {
  readonly request: Request
  readonly env: Env
  readonly now: number
}

/** `POST /api/file-links/look` with the token → what the file is, sealed by the link's key. */
export const lookAtFileLink = async (visit: Visit): Promise<Response> => {
  const found = await openLink(visit, Schema.Struct({ token: Schema.String }))
  if (found instanceof Response) return found
  const { chunks, sealed, expiresAt, linkId } = found.row
  await record(visit, found.row, 'file link opened', linkId)
  return answer({ chunks, sealed, expiresAt: expiresAt === null ? null : isoOf(expiresAt) })
}

/** `POST /api/file-links/read` with the token and the number of a chunk → its bytes. The first one counts as a download. */
export const readFileLink = async (visit: Visit): Promise<Response> => {
  const found = await openLink(visit, Schema.Struct({ token: Schema.String, chunk: Schema.NonNegativeInt }))
  if (found instanceof Response) return found
  const { row, body } = found
  const blob = await visit.env.BLOBS.get(chunkKeyOf(row, body.chunk))
  if (blob === null) return refuse('BlobNotFound')
  if (body.chunk === 0) await count(visit, row)
  return bytesOf(blob)
}

/** The number stands in the log, so that none is taken for the one before. */
const count = async (visit: Visit, row: FileLinkRow) => {
  const counted = await visit.env.DB.prepare(
    'UPDATE fileLinks SET downloads = downloads + 1, lastDownloadAt = ? WHERE linkId = ? RETURNING downloads',
  )
    .bind(visit.now, row.linkId)
    .first<{ downloads: number }>()
  await record(visit, row, 'file downloaded', `${row.linkId} ${counted?.downloads}`)
}

/** Asked of the table each time, so that a link that ended gives nothing more from then on. */
const openLink = async <A extends { readonly token: string }, I>(visit: Visit, schema: Schema.Schema<A, I>) => {
  const { request, env, now } = visit
  const body = await bodyOf(request, schema)
  if (body instanceof Response) return body
  await ensureTables(env.DB)
  const row = await env.DB.prepare(`${selectFileLinks} WHERE tokenHash = ?`)
    .bind(hashOf(body.token))
    .first<FileLinkRow>()
  if (row === null) return refuse('FileLinkNotFound')
  const refusal = refusalOf(row, now)
  if (refusal === undefined) return { row, body }
  await record(visit, row, 'file link refused', refusal)
  return refuse(refusal)
}

const record = ({ env, now }: Visit, { storeId }: FileLinkRow, what: Access['what'], why: string) =>
  recordAccess(env.DB, { storeId, accountId: '', sessionId: '', what, why }, now)
