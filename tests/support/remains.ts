import type { Page } from '@playwright/test'

/** Where a text is still kept by a page's browser: files of the origin, IndexedDB, localStorage, caches. */
export const remainsOf = (page: Page, text: string): Promise<readonly string[]> =>
  page.evaluate(async (text) => {
    const holds = (bytes: Uint8Array, needle: Uint8Array) => {
      for (let at = bytes.indexOf(needle[0]!); at !== -1; at = bytes.indexOf(needle[0]!, at + 1)) {
        if (needle.every((byte, index) => bytes[at + index] === byte)) return true
      }
      return false
    }
    const utf8 = new TextEncoder().encode(text)
    const inFiles = async (folder: FileSystemDirectoryHandle, path: string): Promise<string[]> => {
      const found: string[] = []
      for await (const handle of folder.values()) {
        if (handle instanceof FileSystemDirectoryHandle)
          found.push(...(await inFiles(handle, `${path}/${handle.name}`)))
        else if (handle instanceof FileSystemFileHandle) {
          // Written to while it was read: then nobody knows yet.
          const bytes = await handle
            .getFile()
            .then((file) => file.arrayBuffer())
            .catch(() => undefined)
          if (bytes === undefined || holds(new Uint8Array(bytes), utf8)) found.push(`${path}/${handle.name}`)
        }
      }
      return found
    }
    const settled = <A>(request: IDBRequest<A>) =>
      new Promise<A>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const inDatabases = async () => {
      const found: string[] = []
      for (const { name = '' } of await indexedDB.databases()) {
        const database = await settled(indexedDB.open(name))
        for (const table of database.objectStoreNames) {
          const rows = await settled(database.transaction(table).objectStore(table).getAll())
          if (JSON.stringify(rows).includes(text)) found.push(`IndexedDB ${name} ${table}`)
        }
        database.close()
      }
      return found
    }
    const inCaches = async () => {
      const found: string[] = []
      for (const name of await caches.keys()) {
        const cache = await caches.open(name)
        for (const request of await cache.keys()) {
          const body = await (await cache.match(request))?.text()
          if (body?.includes(text) === true) found.push(`cache ${request.url}`)
        }
      }
      return found
    }
    return [
      ...(await inFiles(await navigator.storage.getDirectory(), '').catch(() => ['files that go while they are read'])),
      ...(await inDatabases()),
      ...(await inCaches()),
      ...Object.entries(localStorage)
        .filter(([key, value]) => key.includes(text) || value.includes(text))
        .map(([key]) => `localStorage ${key}`),
    ]
  }, text)
