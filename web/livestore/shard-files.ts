import { liveStoreStorageFormatVersion } from '@livestore/common'

/**
 * The files of a closed store, read as LiveStore's pool of access handles left them: one flat folder of files with random
 * names, each with a header of 4096 bytes that begins with the path of the database in it.
 */
export const headerBytes = 4096
const pathBytes = 512
export const poolSize = 20
const eventlogPath = '/eventlog.db'

/** Stands in a folder as long as its files are being made for LiveStore. One that a crash left so is never opened. */
export const halfMade = 'half-made'

export const folderOf = (storeId: string) => `livestore-${storeId}@${liveStoreStorageFormatVersion}`

export const isOnThisDevice = async (storeId: string): Promise<boolean> => (await openFolder(storeId)) !== undefined

/** Whether there are files of the store, or some that were being made when the page died. */
export const standingOf = async (storeId: string): Promise<'none' | 'half made' | 'here'> => {
  const folder = await openFolder(storeId)
  if (folder === undefined) return 'none'
  return (await folder.getFileHandle(halfMade).catch(ignoreMissing)) === undefined ? 'here' : 'half made'
}

/** The log's database, or undefined if there is none. */
export const readEventlogFile = (storeId: string) => readFile(storeId, (path) => path === eventlogPath)

/** The state's database as it was written last, or undefined if there is none. Of a closed store. */
export const readStateFile = async (storeId: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const states = (await files(storeId)).filter(({ path }) => /^\/state.*\.db$/.test(path))
  const newest = states.toSorted((a, b) => b.file.lastModified - a.file.lastModified)[0]
  return newest === undefined ? undefined : new Uint8Array(await newest.file.slice(headerBytes).arrayBuffer())
}

/** What its files take on this device, in bytes. */
export const bytesOfShard = async (storeId: string): Promise<number> => {
  const all = await files(storeId)
  return all.reduce((sum, { file }) => sum + file.size, 0)
}

/** Puts a mended log in the place of the broken one. Refused while SQLite still has to finish what a crash cut short. */
export const replaceEventlogFile = async (
  storeId: string,
  mend: (bytes: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>,
) => {
  const all = await files(storeId)
  const log = all.find(({ path }) => path === eventlogPath)
  if (log === undefined || isCutShort(all, eventlogPath)) return false
  const mended = await mend(new Uint8Array(await log.file.slice(headerBytes).arrayBuffer()))
  const writable = await log.handle.createWritable({ keepExistingData: true })
  await writable.truncate(headerBytes)
  await writable.write({ type: 'write', position: headerBytes, data: mended })
  await writable.close()
  return true
}

/** The log's database, unless SQLite still has to finish what a crash cut short. */
export const readRestingEventlog = async (storeId: string) =>
  isCutShort(await files(storeId), eventlogPath) ? undefined : readEventlogFile(storeId)

/**
 * A state's database as its last leader left it. Of a store that no page has open: undefined when it is not there, when SQLite
 * still has to finish what a crash cut short, or when a worker does not let go of it within half a second.
 */
export const readRestingState = async (storeId: string, path: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
  const folder = await openFolder(storeId)
  if (folder === undefined || !(await isSoonLetGo(folder))) return undefined
  const all = await files(storeId)
  const state = all.find((found) => found.path === path && found.file.size > headerBytes)
  if (state === undefined || isCutShort(all, path) || all.some(({ name }) => name === halfMade)) return undefined
  return new Uint8Array(await state.file.slice(headerBytes).arrayBuffer())
}

/** One file speaks for all: they have one worker, which ends a moment after its page. */
const isSoonLetGo = async (folder: FileSystemDirectoryHandle) => {
  for await (const handle of folder.values()) {
    if (!(handle instanceof FileSystemFileHandle)) continue
    for (let tries = 0; tries < 50; tries++) {
      if (await isLetGo(handle)) return true
      await new Promise((resume) => setTimeout(resume, 10))
    }
    return false
  }
  return false
}

const isCutShort = (all: readonly FoundFile[], database: string) =>
  all.some(({ path, file }) => path.startsWith(`${database}-`) && file.size > headerBytes)

/**
 * LiveStore makes the files of its pool one after the other when a store is opened for the first time, and never again:
 * a tab closed meanwhile leaves too few for ever, and then no database can be created. This makes up what is missing.
 */
export const fillFilePool = async (storeId: string) => {
  const folder = await openFolder(storeId)
  if (folder === undefined) return
  let present = 0
  for await (const name of folder.keys()) {
    // From now on the files are LiveStore's, however far they came: each is free or whole.
    if (name === halfMade) await folder.removeEntry(name).catch(ignoreMissing)
    else present++
  }
  if (present === 0 || present >= poolSize) return
  // Of fixed names: two tabs that do this at once make the same files.
  const spares = Array.from({ length: poolSize }, (_, index) => `spare-${index}`)
  await Promise.all(spares.map((name) => folder.getFileHandle(name, { create: true })))
}

/** Forgets the state; LiveStore makes it anew from the log when the store is opened next. */
export const removeStateFiles = (storeId: string) => removeFiles(storeId, (path) => path.startsWith('/state'))

/** Forgets the store on this device, log and all. */
export const removeShardFiles = async (storeId: string) => {
  const root = await navigator.storage.getDirectory()
  await root.removeEntry(folderOf(storeId), { recursive: true }).catch(ignoreMissing)
}

/** Forgets every store, as far as no other page holds its files within ten seconds. */
export const removeAllShardFiles = async () => {
  const root = await navigator.storage.getDirectory()
  for (let tries = 0; tries < 100; tries++) {
    let held = 0
    for await (const name of root.keys())
      await root.removeEntry(name, { recursive: true }).catch(() => {
        held++
      })
    if (held === 0) return
    await new Promise((resume) => setTimeout(resume, 100))
  }
}

/**
 * Resolves when no worker has the store's files open any more: a worker ends a moment after its store says it is shut
 * down, and until then a read fails, which must never be taken for a broken log. Throws after `timeout` milliseconds.
 */
export const untilReleased = async (storeId: string, timeout = 10_000) => {
  const folder = await openFolder(storeId)
  if (folder === undefined) return
  for (let waited = 0; ; waited += 50) {
    if (await isReleased(folder)) return
    if (waited >= timeout) throw new Error('Another tab still has this store open. Close the other tabs and try again.')
    await new Promise((resume) => setTimeout(resume, 50))
  }
}

const isReleased = async (folder: FileSystemDirectoryHandle) => {
  for await (const handle of folder.values()) {
    if (handle instanceof FileSystemFileHandle && !(await isLetGo(handle))) return false
  }
  return true
}

const isLetGo = async (handle: FileSystemFileHandle) => {
  try {
    const writable = await handle.createWritable()
    await writable.abort() // the file stays as it is
    return true
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NoModificationAllowedError') return false
    throw error
  }
}

const readFile = async (storeId: string, isWanted: (path: string) => boolean) => {
  for (const { path, file } of await files(storeId)) {
    if (isWanted(path)) return new Uint8Array(await file.slice(headerBytes).arrayBuffer())
  }
  return undefined
}

const removeFiles = async (storeId: string, isWanted: (path: string) => boolean) => {
  const folder = await openFolder(storeId)
  for (const { path, name } of await files(storeId)) {
    if (isWanted(path)) await folder?.removeEntry(name)
  }
}

interface FoundFile {
  readonly name: string
  /** Of the database in it; empty when it is free. */
  readonly path: string
  readonly file: File
  readonly handle: FileSystemFileHandle
}

export const files = async (storeId: string): Promise<readonly FoundFile[]> => {
  const folder = await openFolder(storeId)
  if (folder === undefined) return []
  const handles: FileSystemFileHandle[] = []
  for await (const handle of folder.values()) if (handle instanceof FileSystemFileHandle) handles.push(handle)
  return Promise.all(handles.map(foundFile))
}

const foundFile = async (handle: FileSystemFileHandle): Promise<FoundFile> => {
  const file = await handle.getFile()
  const header = new Uint8Array(await file.slice(0, pathBytes).arrayBuffer())
  const path = new TextDecoder().decode(header.subarray(0, Math.max(0, header.indexOf(0))))
  return { name: handle.name, path, file, handle }
}

const openFolder = async (storeId: string) => {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(folderOf(storeId)).catch(ignoreMissing)
}

const ignoreMissing = (error: unknown) => {
  if (error instanceof DOMException && error.name === 'NotFoundError') return undefined
  throw error
}
