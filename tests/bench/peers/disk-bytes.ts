import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What pages keep in a profile of a browser that is closed: open, some of it is not written, and the browser’s own estimate lags behind. */
export const diskBytes = async (profile: string): Promise<number> => {
  const sizes = await Promise.all(
    ['IndexedDB', 'File System'].map((folder) => bytesIn(join(profile, 'Default', folder))),
  )
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

const bytesIn = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []) // nothing is kept there
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).size))
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}
