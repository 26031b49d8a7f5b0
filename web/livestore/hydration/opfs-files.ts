import { files, fillFilePool, folderOf, halfMade, poolSize } from '#web/livestore/shard-files.ts'
import { type Database, writeDatabases } from './pool-files.ts'

// In a worker: only there are files written synchronously, which is how they are written at once and for good.

/** Makes the folder of a store that has none. Until it ends, the folder says that it is half made. */
export const writeNewStore = async (storeId: string, databases: readonly Database[]): Promise<void> => {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(folderOf(storeId), { create: true })
  await folder.getFileHandle(halfMade, { create: true })
  const names = Array.from({ length: poolSize }, (_, index) => `spare-${index}`)
  const handles = await Promise.all(names.map((name) => folder.getFileHandle(name, { create: true })))
  await writeInto(handles, databases)
  await folder.removeEntry(halfMade)
}

/** Puts a database beside those that are here, in the place of one of the same path. */
export const addDatabase = async (storeId: string, database: Database): Promise<void> => {
  const root = await navigator.storage.getDirectory()
  const folder = await root.getDirectoryHandle(folderOf(storeId))
  for (const { path, name } of await files(storeId)) if (path === database.path) await folder.removeEntry(name)
  await fillFilePool(storeId)
  const free = (await files(storeId)).find(({ path }) => path === '')
  if (free === undefined) throw new Error('The files of this store are all in use.')
  await writeInto([free.handle], [database])
}

const writeInto = async (handles: readonly FileSystemFileHandle[], databases: readonly Database[]) => {
  const open = await Promise.all(handles.map((handle) => handle.createSyncAccessHandle()))
  try {
    writeDatabases(open, databases)
  } catch (error) {
    // A browser says it in words of its own.
    throw error instanceof Error && error.name === 'QuotaExceededError' ? new Error('There is no room left.') : error
  } finally {
    for (const handle of open) handle.close()
  }
}
