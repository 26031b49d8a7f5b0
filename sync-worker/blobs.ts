import { answer, type Call } from './api-call.ts'
import { askLog } from './placement/ask-log.ts'
import { refuse } from './refuse.ts'
import { mayWrite } from './rights/role.ts'
import { rightTo } from './rights/store-right.ts'

/**
 * `/api/stores/:storeId/blobs/:keyId/:blobId`: sealed bytes beside a store's log, kept in R2 under
 * `<store id>/<key id>/<blob id>`. What they are only the devices know; by which key they are sealed they say, so that they
 * go with it. A blob is written once: what stands under an id never becomes something else.
 */
export const putBlob = async (call: Call): Promise<Response> => {
  const key = await keyFor(call, { toWrite: true })
  if (key instanceof Response) return key
  const { request, env, params } = call
  const length = request.headers.get('Content-Length')
  if (length === null) return refuse('LengthRequired')
  if (Number(length) > maxBlobBytes) return refuse('BlobTooLarge')
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength === 0) return refuse('MalformedBody')

  const sha256 = await crypto.subtle.digest('SHA-256', bytes)
  const onlyIf = new Headers({ 'If-None-Match': '*' })
  const written = await env.BLOBS.put(key, bytes, { sha256, onlyIf })
  // Asked after it is written: whoever destroys the key from now on finds the blob.
  if (await isDestroyed(call)) {
    await env.BLOBS.delete(key)
    return refuse('KeyDestroyed')
  }
  if (written !== null) return answer({ blobId: params.blobId, bytes: bytes.byteLength }, 201)
  const found = await env.BLOBS.head(key)
  const isSame = found !== null && hexOf(found.checksums.sha256) === hexOf(sha256)
  return isSame ? answer({ blobId: params.blobId, bytes: found.size }) : refuse('BlobExists')
}

export const getBlob = async (call: Call): Promise<Response> => {
  const key = await keyFor(call, { toWrite: false })
  if (key instanceof Response) return key
  const blob = await call.env.BLOBS.get(key)
  return blob === null ? refuse('BlobNotFound') : bytesOf(blob)
}

/** What a right gave must not outlive it in a cache. */
export const bytesOf = ({ body, size }: R2ObjectBody): Response =>
  new Response(body, {
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(size),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  })

/** Whether it is there: whoever was cut short goes on where it is not. */
export const hasBlob = async (call: Call): Promise<Response> => {
  const key = await keyFor(call, { toWrite: false })
  if (key instanceof Response) return key
  const blob = await call.env.BLOBS.head(key)
  return blob === null ? refuse('BlobNotFound') : new Response(null, { headers: { 'Cache-Control': 'no-store' } })
}

/** Twice is no error. */
export const deleteBlob = async (call: Call): Promise<Response> => {
  const key = await keyFor(call, { toWrite: true })
  if (key instanceof Response) return key
  await call.env.BLOBS.delete(key)
  return answer({ blobId: call.params.blobId })
}

/** All of a store, or all that was sealed with one of its keys. */
export const deleteBlobs = (blobs: R2Bucket, storeId: string, keyId?: string): Promise<void> =>
  deleteBlobsUnder(blobs, keyId === undefined ? `${storeId}/` : `${storeId}/${keyId}/`)

export const deleteBlobsUnder = async (blobs: R2Bucket, prefix: string): Promise<void> => {
  for (let isMore = true; isMore; ) {
    const { objects, truncated } = await blobs.list({ prefix }) // a thousand at most, as many as `delete` takes
    if (objects.length > 0) await blobs.delete(objects.map(({ key }) => key))
    isMore = truncated
  }
}

/** Of many keys few sealed blobs: those that did are looked up. */
export const deleteBlobsOf = async (blobs: R2Bucket, storeId: string, keyIds: ReadonlySet<string>): Promise<void> => {
  const prefix = `${storeId}/`
  let cursor: string | undefined
  do {
    const page = await blobs.list({ prefix, delimiter: '/', ...(cursor === undefined ? {} : { cursor }) })
    for (const folder of page.delimitedPrefixes) {
      const keyId = folder.slice(prefix.length, -1)
      if (keyIds.has(keyId)) await deleteBlobs(blobs, storeId, keyId)
    }
    cursor = page.truncated ? page.cursor : undefined
  } while (cursor !== undefined)
}

/** An attachment is cut into parts of at most so much, each a blob. */
export const maxBlobBytes = 5_000_000

const keyFor = async (call: Call, { toWrite }: { readonly toWrite: boolean }): Promise<string | Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  if (toWrite && !mayWrite(right.role)) return refuse('MayNotWrite')
  const { storeId, keyId = '', blobId = '' } = call.params
  return [keyId, blobId].every((id) => /^[\w-]{22}$/.test(id))
    ? `${storeId}/${keyId}/${blobId}`
    : refuse('IllegalBlobId')
}

const isDestroyed = ({ env, params: { storeId = '', keyId = '' } }: Call) =>
  askLog(env, storeId, (log) => log.isDestroyed(keyId))

const hexOf = (bytes: ArrayBuffer | undefined) =>
  bytes === undefined ? '' : [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
