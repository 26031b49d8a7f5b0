import type { Put } from '#bundle/gather-persona.ts'
import { piecesOf } from './file-pieces.ts'

// In the browser's own file system: of a worker, since not every browser lets a page write there.

const folderName = 'bundles'

/** A folder for one bundle in the making. What an earlier one left is removed. */
export const emptyScratch = async (): Promise<FileSystemDirectoryHandle> => {
  await removeScratch()
  return (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true })
}

export const removeScratch = async (): Promise<void> => {
  const root = await navigator.storage.getDirectory()
  await root.removeEntry(folderName, { recursive: true }).catch(() => undefined) // it is not there, or a worker holds it
}

export const putInto =
  (folder: FileSystemDirectoryHandle): Put =>
  async (name, pieces) => {
    const file = await writeFile(folder, name.replaceAll('/', '.'), pieces)
    return { name, read: () => piecesOf(file) }
  }

export const writeFile = async (
  folder: FileSystemDirectoryHandle,
  name: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<File> => {
  const handle = await folder.getFileHandle(name, { create: true })
  const access = await handle.createSyncAccessHandle()
  try {
    for await (const piece of pieces) {
      // A full disk writes less than it was given.
      if (access.write(piece) < piece.length) throw new DiskFull()
    }
    access.flush()
  } finally {
    access.close()
  }
  return handle.getFile()
}

class DiskFull extends Error {
  constructor() {
    super('This device has no room left for the bundle. Nothing else was changed. Make room, and export again.')
  }
}
