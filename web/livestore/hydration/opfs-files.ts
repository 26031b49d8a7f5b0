import { files, fillFilePool, folderOf, halfMade, isOutOfRoom, poolSize } from '#web/livestore/shard-files.ts'
import type { NotHydrated } from './hydration-protocol.ts'
import { type Database, writeDatabases } from './pool-files.ts'

// In a worker: only there are files written synchronously, which is how they are written at once and for good.

/** Makes the folder of a store that has none. Until it ends, the folder says that it is half made. */
export const writeNewStore = (storeId: string, databases: readonly Database[]) =>
  asFarAsThereIsRoom(databases, async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(folderOf(storeId), { create: true })
    await folder.getFileHandle(halfMade, { create: true })
    const names = Array.from({ length: poolSize }, (_, index) => `spare-${index}`)
    const handles = await Promise.all(names.map((name) => folder.getFileHandle(name, { create: true })))
    await writeInto(handles, databases)
    await folder.removeEntry(halfMade)
  })

/** Puts a database beside those that are here, in the place of one of the same path. */
export const addDatabase = (storeId: string, database: Database) =>
  asFarAsThereIsRoom([database], async () => {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(folderOf(storeId))
    for (const { path, name } of await files(storeId)) if (path === database.path) await folder.removeEntry(name)
    await fillFilePool(storeId)
    const free = (await files(storeId)).find(({ path }) => path === '')
    if (free === undefined) throw new Error('The files of this store are all in use.')
    await writeInto([free.handle], [database])
  })

const writeInto = async (handles: readonly FileSystemFileHandle[], databases: readonly Database[]) => {
  const open = await Promise.all(handles.map((handle) => handle.createSyncAccessHandle()))
  try {
    writeDatabases(open, databases)
  } finally {
    for (const handle of open) handle.close()
  }
}

const asFarAsThereIsRoom = async (
  databases: readonly Database[],
  write: () => Promise<void>,
): Promise<NotHydrated | undefined> => {
  try {
    await write()
    return undefined
  } catch (error) {
    if (!isOutOfRoom(error)) throw error
    return { reason: 'there is no room left', noRoomFor: databases.reduce((sum, { bytes }) => sum + bytes.length, 0) }
  }
}
