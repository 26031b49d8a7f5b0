import { chunkCountOf } from '#schema/attachments/chunks.ts'
import type { FileFacts } from '#schema/attachments/events.ts'
import { ChunkBroken, type ChunkPlace, openChunk, sealChunk } from '#sealing/sealed-chunk.ts'
import { get, getAll, type HeldFile, put, putIfAbsent, remove } from './device-db.ts'
import { forgetPictures } from './picture-notes.ts'

/**
 * The bytes of files on this device, in OPFS:
 *
 *     files/<store id>/<sha256>/0, 1, 2 … and thumbnail     sealed, each a file of its own, written whole or not at all
 *     IndexedDB `files`                                     the key they are sealed with here, and whether all are
 *
 * The key never leaves this device and cannot be read: so files open without a network, and are gone with their row. The
 * same bytes are here once for a store, however many attachments have them.
 */
export type Content = Pick<FileFacts, 'sha256' | 'bytes' | 'chunkBytes'> & { readonly storeId: string }

type Index = ChunkPlace['index']

export const heldFile = ({ storeId, sha256 }: Pick<Content, 'storeId' | 'sha256'>): Promise<HeldFile | undefined> =>
  get('files', idOf(storeId, sha256))

/** Whoever writes or removes the bytes of a file does it alone. */
export const withFileAlone = <A>(
  { storeId, sha256 }: Pick<Content, 'storeId' | 'sha256'>,
  work: () => Promise<A>,
): Promise<A> => navigator.locks.request(lockOf(storeId, sha256), work)

/** The chunks of a file, to read and to write. Of one that is not here yet only for whoever has it alone. */
export const openFile = async (content: Content) => {
  const { storeId, sha256 } = content
  const id = idOf(storeId, sha256)
  const known = await get('files', id)
  if (known === undefined) await removeFile(content) // what a crash left has a key that is gone
  const row = known ?? (await putIfAbsent('files', id, await newRow(storeId, sha256)))
  const folder = await folderOf([storeId, sha256], { create: true })
  const place = (index: Index): ChunkPlace => ({
    storeId,
    keyId: 'this device',
    sha256,
    index,
    count: chunkCountOf(content) ?? 0,
  })
  return {
    has: async (index: Index): Promise<boolean> =>
      (await folder.getFileHandle(String(index)).catch(ignoreMissing)) !== undefined,
    /** Undefined when it is not here, or does not open. */
    read: async (index: Index): Promise<Uint8Array<ArrayBuffer> | undefined> => {
      const handle = await folder.getFileHandle(String(index)).catch(ignoreMissing)
      if (handle === undefined) return undefined
      const sealed = new Uint8Array(await (await handle.getFile()).arrayBuffer())
      const plain = await openChunk(row.key, place(index), sealed)
      return plain instanceof ChunkBroken ? undefined : plain
    },
    write: async (index: Index, plain: Uint8Array<ArrayBuffer>): Promise<void> => {
      const sealed = await sealChunk(row.key, place(index), plain)
      const handle = await folder.getFileHandle(String(index), { create: true })
      const writable = await handle.createWritable()
      try {
        await writable.write(sealed)
        await writable.close() // only now it is there
      } catch (error) {
        await folder.removeEntry(String(index)).catch(ignoreMissing)
        throw error
      }
    },
    settle: async (): Promise<void> => {
      await put('files', { ...((await get('files', id)) ?? row), isWhole: true })
    },
  }
}

export type OpenFile = Awaited<ReturnType<typeof openFile>>

export const setPaused = async (file: Pick<Content, 'storeId' | 'sha256'>, isPaused: boolean): Promise<void> => {
  const row = await heldFile(file)
  if (row !== undefined) await put('files', { ...row, isPaused })
}

/** The key first: what a crash leaves behind can then be read by nobody. */
export const removeFile = async ({ storeId, sha256 }: Pick<Content, 'storeId' | 'sha256'>): Promise<void> => {
  await remove('files', [idOf(storeId, sha256)])
  await forgetPictures(storeId, (picture) => picture.sha256 === sha256)
  const folder = await folderOf([storeId], { create: false })
  await folder?.removeEntry(sha256, { recursive: true }).catch(ignoreMissing)
}

/** Forgets all files of a store on this device. */
export const removeFilesOf = async (storeId: string): Promise<void> => {
  const rows = (await getAll('files')).filter((row) => row.storeId === storeId)
  await remove(
    'files',
    rows.map(({ id }) => id),
  )
  await forgetPictures(storeId, () => true)
  const folder = await folderOf([], { create: false })
  await folder?.removeEntry(storeId, { recursive: true }).catch(ignoreMissing)
}

/** Removes what `isKept` does not name, but nothing that somebody is just bringing in. */
export const removeUnkept = async (storeId: string, isKept: (sha256: string) => boolean): Promise<void> => {
  for (const sha256 of await contentIn(storeId)) {
    if (isKept(sha256)) continue
    await navigator.locks.request(lockOf(storeId, sha256), { ifAvailable: true }, async (lock) => {
      if (lock !== null && !isKept(sha256)) await removeFile({ storeId, sha256 })
    })
  }
}

const contentIn = async (storeId: string): Promise<ReadonlySet<string>> => {
  const rows = (await getAll('files')).filter((row) => row.storeId === storeId)
  const found = new Set(rows.map(({ sha256 }) => sha256))
  const folder = await folderOf([storeId], { create: false })
  if (folder !== undefined) for await (const name of folder.keys()) found.add(name)
  return found
}

const newRow = async (storeId: string, sha256: string): Promise<HeldFile> => ({
  id: idOf(storeId, sha256),
  storeId,
  sha256,
  key: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  isWhole: false,
  isPaused: false,
})

const idOf = (storeId: string, sha256: string) => `${storeId}/${sha256}`

const lockOf = (storeId: string, sha256: string) => `pjai.file.${idOf(storeId, sha256)}`

async function folderOf(path: readonly string[], options: { create: true }): Promise<FileSystemDirectoryHandle>
async function folderOf(
  path: readonly string[],
  options: { create: boolean },
): Promise<FileSystemDirectoryHandle | undefined>
async function folderOf(path: readonly string[], options: { create: boolean }) {
  let folder: FileSystemDirectoryHandle | undefined = await navigator.storage.getDirectory()
  for (const name of ['files', ...path]) folder = await folder?.getDirectoryHandle(name, options).catch(ignoreMissing)
  return folder
}

const ignoreMissing = (error: unknown) => {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
  throw error
}
