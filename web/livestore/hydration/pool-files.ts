import { headerBytes } from '#web/livestore/shard-files.ts'

// A file of LiveStore's pool of access handles (0.4.0, `sqlite-wasm/src/browser/opfs/AccessHandlePoolVFS.ts`):
//
//     0     512     516      524          4096
//     path  flags   digest   nothing      the database's own bytes
//
// A file whose path is empty, or whose digest is wrong, is free: LiveStore empties it and takes it for another database.

const pathBytes = 512
const corpusBytes = pathBytes + 4

/** SQLite's: read, write, make, and that it is a database of its own and not a journal. */
const flagsOfDatabase = 0x2 | 0x4 | 0x100

export type PoolFile = Pick<FileSystemSyncAccessHandle, 'write' | 'truncate' | 'flush'>

export interface Database {
  readonly path: string
  readonly bytes: Uint8Array
}

/**
 * Puts databases into free files of a pool. Their bytes come first, and a database is there from the moment its header is:
 * cut short at any point, a file is either free or whole, and a later database is never there without those before it.
 * Throws when there is no room.
 */
export const writeDatabases = (files: readonly PoolFile[], databases: readonly Database[]) => {
  const placed = databases.map(({ path, bytes }, index) => {
    const file = files[index]
    if (file === undefined) throw new Error(`There is no free file for ${path}.`) // our bug
    return { file, path, bytes }
  })
  for (const { file, bytes } of placed) {
    file.truncate(headerBytes)
    write(file, bytes, headerBytes)
    file.flush()
  }
  for (const file of files.slice(placed.length)) write(file, poolHeader(''), 0)
  for (const { file, path } of placed) {
    write(file, poolHeader(path), 0)
    file.flush()
  }
}

const write = (file: PoolFile, bytes: Uint8Array, at: number) => {
  const written = file.write(bytes, { at })
  if (written !== bytes.byteLength) throw new DOMException('There is no room left.', 'QuotaExceededError')
}

/** What stands before the bytes of a database; of an empty path: that the file is free. */
const poolHeader = (path: string): Uint8Array<ArrayBuffer> => {
  const header = new Uint8Array(headerBytes)
  new TextEncoder().encodeInto(path, header.subarray(0, pathBytes - 1))
  new DataView(header.buffer).setUint32(pathBytes, path === '' ? 0 : flagsOfDatabase)
  // As the machine keeps numbers: LiveStore reads them so.
  header.set(new Uint8Array(digestOf(header.subarray(0, corpusBytes)).buffer), corpusBytes)
  return header
}

/** cyrb53, by bryc, as LiveStore has it. */
const digestOf = (corpus: Uint8Array): Uint32Array => {
  if (corpus[0] === 0) return new Uint32Array([0xfecc5f80, 0xaccec037])
  let [h1, h2] = [0xdeadbeef, 0x41c6ce57]
  for (const value of corpus) {
    h1 = Math.imul(h1 ^ value, 2654435761)
    h2 = Math.imul(h2 ^ value, 1597334677)
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909)
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909)
  return new Uint32Array([h1 >>> 0, h2 >>> 0])
}
