import { chunkCountOf } from '#schema/attachments/chunks.ts'
import type { FileFacts } from '#schema/attachments/events.ts'
import { blobIdOf, ChunkBroken, type ChunkPlace, openChunk, sealChunk } from '#sealing/sealed-chunk.ts'
import type { StoreKeys } from '#sealing/store-secret.ts'
import { FileFailure } from './file-failure.ts'
import type { RemoteBlobs } from './remote-blobs.ts'
import { newSha256 } from './sha256.ts'

/**
 * Carries the chunks of one file between this device and the server.
 *
 *     here ──read──► seal with the subject's key ──put──► server       only those that it lacks
 *     here ◄─write── open, or the file is broken ◄──get── server       only those that are not here
 *
 * Invariants: one chunk at a time is in memory, or as many as are fetched at once; whatever is cut short goes on at the first chunk that is missing; what was
 * fetched counts only when the whole has the hash it should have.
 */
export interface Transfer {
  readonly content: Pick<FileFacts, 'sha256' | 'bytes' | 'chunkBytes'>
  /** Of the store and the file's subject. */
  readonly first: Pick<StoreKeys, 'storeId' | 'namingKey'>
  readonly subject: string
  readonly keyId: string
  readonly key: CryptoKey
  readonly blobs: RemoteBlobs
  readonly chunks: Chunks
  /** How many are fetched at once; they are asked for and written in their order. */
  readonly atOnce?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number, all: number) => void
}

export interface Chunks {
  readonly has: (index: ChunkPlace['index']) => Promise<boolean>
  readonly read: (index: ChunkPlace['index']) => Promise<Uint8Array<ArrayBuffer> | undefined>
  readonly write: (index: ChunkPlace['index'], plain: Uint8Array<ArrayBuffer>) => Promise<void>
}

export const sendContent = async (transfer: Transfer): Promise<void> => {
  const { keyId, key, blobs, chunks, signal, onProgress } = transfer
  const count = countOf(transfer)
  const send = async (index: ChunkPlace['index'], mayBeThere: boolean) => {
    const blobId = await nameOf(transfer, index)
    if (mayBeThere && (await blobs.has(keyId, blobId, signal))) return
    const plain = await chunks.read(index)
    if (plain === undefined) throw new FileFailure({ code: 'missing' })
    await blobs.put(keyId, blobId, await sealChunk(key, placeOf(transfer, index), plain), signal)
  }
  if (await chunks.has('thumbnail')) await send('thumbnail', false)
  for (let index = 0; index < count; index++) {
    signal?.throwIfAborted()
    await send(index, count > 1)
    onProgress?.(index + 1, count)
  }
}

export const fetchContent = async (transfer: Transfer): Promise<void> => {
  const { chunks, atOnce = 1, signal, onProgress } = transfer
  const count = countOf(transfer)
  const coming: Promise<Uint8Array<ArrayBuffer> | undefined>[] = []
  for (let [index, asked] = [0, 0]; index < count; index++) {
    signal?.throwIfAborted()
    for (; asked < Math.min(count, index + atOnce); asked++) {
      const chunk = fetchMissing(transfer, asked)
      chunk.catch(() => undefined) // one before it may fail first
      coming.push(chunk)
    }
    const plain = await coming.shift()
    if (plain !== undefined) await chunks.write(index, plain)
    onProgress?.(index + 1, count)
  }
  if (!(await isWhole(transfer))) throw new FileFailure({ code: 'corrupt' })
}

/** Undefined when it is here already. */
const fetchMissing = async (transfer: Transfer, index: number) => {
  if (await transfer.chunks.has(index)) return undefined
  const plain = await fetchChunk(transfer, index)
  if (plain === undefined) throw new FileFailure({ code: 'missing' })
  return plain
}

/** Undefined when the server does not have it. */
export const fetchChunk = async (
  transfer: Omit<Transfer, 'chunks'>,
  index: ChunkPlace['index'],
): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const { keyId, key, blobs, signal } = transfer
  const sealed = await blobs.get(keyId, await nameOf(transfer, index), signal)
  if (sealed === undefined) return undefined
  const plain = await openChunk(key, placeOf(transfer, index), sealed)
  if (plain instanceof ChunkBroken) throw new FileFailure({ code: 'corrupt' })
  return plain
}

/** Takes the chunks of a file away from the server. */
export const removeContent = async (transfer: Pick<Transfer, 'content' | 'first' | 'subject' | 'keyId' | 'blobs'>) => {
  const indexes = ['thumbnail' as const, ...Array(countOf(transfer)).keys()]
  for (const index of indexes) await transfer.blobs.remove(transfer.keyId, await nameOf(transfer, index))
}

const isWhole = async ({ content, chunks }: Transfer): Promise<boolean> => {
  const hash = await newSha256()
  for (let index = 0; index < (chunkCountOf(content) ?? 0); index++) {
    const plain = await chunks.read(index)
    if (plain === undefined) return false
    hash.update(plain)
  }
  return hash.digest() === content.sha256
}

const countOf = ({ content }: Pick<Transfer, 'content'>): number => {
  const count = chunkCountOf(content)
  if (count === undefined) throw new FileFailure({ code: 'malformed' })
  return count
}

const nameOf = (
  { first, subject, content }: Pick<Transfer, 'first' | 'subject' | 'content'>,
  index: ChunkPlace['index'],
) => blobIdOf(first, subject, { sha256: content.sha256, index })

const placeOf = (transfer: Omit<Transfer, 'chunks'>, index: ChunkPlace['index']): ChunkPlace => ({
  storeId: transfer.first.storeId,
  keyId: transfer.keyId,
  sha256: transfer.content.sha256,
  index,
  count: countOf(transfer),
})
