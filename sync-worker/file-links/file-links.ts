import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { maxBlobBytes } from '#sync-worker/blobs.ts'
import { KeyId } from '#sync-worker/key-id.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { recordAccess } from '#sync-worker/rights/access-log.ts'
import { hashOf } from '#sync-worker/rights/hash.ts'
import { rightTo } from '#sync-worker/rights/store-right.ts'
import {
  chunkKeyOf,
  destroyFileLink,
  type FileLinkRow,
  refusalOf,
  rowToFileLink,
  selectFileLinks,
} from './file-link-rows.ts'

/** `POST /api/stores/:storeId/file-links` → 201 with the link and, this once, its token. The owner's alone, as all here. */
export const createFileLink = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const body = await bodyOf(call.request, NewFileLink)
  if (body instanceof Response) return body
  const { env, session, params, now } = call
  if (await isDestroyed(call, body.keyId)) return refuse('KeyDestroyed')
  const token = call.newId()
  const row: FileLinkRow = {
    linkId: call.newId(),
    storeId: params.storeId ?? '',
    keyId: body.keyId,
    chunks: body.chunks,
    sealed: body.sealed,
    createdAt: now,
    expiresAt: body.expiresAt?.getTime() ?? null,
    revokedAt: null,
    erasedAt: null,
    downloads: 0,
    lastDownloadAt: null,
  }
  await env.DB.prepare(
    `INSERT INTO fileLinks (linkId, storeId, keyId, tokenHash, chunks, sealed, createdBy, createdAt, expiresAt, downloads)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)`,
  )
    .bind(
      row.linkId,
      row.storeId,
      row.keyId,
      hashOf(token),
      row.chunks,
      row.sealed,
      session.accountId,
      row.createdAt,
      row.expiresAt,
    )
    .run()
  const { expiresAt } = row
  if (expiresAt !== null) await askLog(env, row.storeId, (log) => log.expectFileLinkEnd(expiresAt))
  await record(call, 'file link created', row.linkId)
  return answer({ ...rowToFileLink(row), token }, 201)
}

/** `PUT /api/stores/:storeId/file-links/:id/chunks/:index`: one sealed chunk, written once. */
export const putFileLinkChunk = async (call: Call): Promise<Response> => {
  const row = await linkNamed(call)
  if (row instanceof Response) return row
  const { request, env, params } = call
  const index = Number(params.index)
  if (!Number.isSafeInteger(index) || index < 0 || index >= row.chunks) return refuse('NotFound')
  const over = refusalOf(row, call.now)
  if (over !== undefined) return refuse(over)
  const length = request.headers.get('Content-Length')
  if (length === null) return refuse('LengthRequired')
  if (Number(length) > maxBlobBytes) return refuse('BlobTooLarge')
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength === 0) return refuse('MalformedBody')
  await env.BLOBS.put(chunkKeyOf(row, index), bytes, { onlyIf: new Headers({ 'If-None-Match': '*' }) })
  // Asked after it is written: whoever destroys the key, or ends the link, from now on finds the chunk.
  const after = await linkNamed(call)
  const late = after instanceof Response ? undefined : refusalOf(after, call.now)
  const code = (await isDestroyed(call, row.keyId)) ? 'KeyDestroyed' : late
  if (code === undefined) return answer({ index }, 201)
  await env.BLOBS.delete(chunkKeyOf(row, index))
  return refuse(code)
}

/** `GET /api/stores/:storeId/file-links`: the newest thousand. */
export const listFileLinks = async (call: Call): Promise<Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const { env, params } = call
  const { results } = await env.DB.prepare(
    `${selectFileLinks} WHERE storeId = ? ORDER BY createdAt DESC, linkId LIMIT 1000`,
  )
    .bind(params.storeId)
    .all<FileLinkRow>()
  return answer({ links: results.map(rowToFileLink) })
}

/** `DELETE /api/stores/:storeId/file-links/:id`: it ends at once, and its copy of the file is gone; twice is no error. */
export const revokeFileLink = async (call: Call): Promise<Response> => {
  const row = await linkNamed(call)
  if (row instanceof Response) return row
  await call.env.DB.prepare('UPDATE fileLinks SET revokedAt = coalesce(revokedAt, ?) WHERE linkId = ?')
    .bind(call.now, row.linkId)
    .run()
  await destroyFileLink(call.env, row)
  await record(call, 'file link revoked', row.linkId)
  return answer({ linkId: row.linkId, revokedAt: isoOf(row.revokedAt ?? call.now) })
}

const refuseOthers = async (call: Call): Promise<Response | undefined> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  return right.role === 'owner' ? undefined : refuse('MayNotShare')
}

const linkNamed = async (call: Call): Promise<FileLinkRow | Response> => {
  const refusal = await refuseOthers(call)
  if (refusal !== undefined) return refusal
  const { env, params } = call
  const row = await env.DB.prepare(`${selectFileLinks} WHERE linkId = ? AND storeId = ?`)
    .bind(params.id, params.storeId)
    .first<FileLinkRow>()
  return row ?? refuse('FileLinkNotFound')
}

const isDestroyed = ({ env, params: { storeId = '' } }: Call, keyId: string) =>
  askLog(env, storeId, (log) => log.isDestroyed(keyId))

const record = ({ env, session, params, now }: Call, what: 'file link created' | 'file link revoked', why: string) =>
  recordAccess(env.DB, { ...session, storeId: params.storeId ?? '', what, why }, now)

const NewFileLink = Schema.Struct({
  /** Of the file's subject. */
  keyId: KeyId,
  chunks: Schema.Int.pipe(Schema.between(1, 2000)),
  sealed: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/=]{1,8000}$/)),
  expiresAt: Schema.optional(Schema.Date.pipe(Schema.validDate())),
})
