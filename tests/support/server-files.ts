import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface FoundFile {
  readonly path: string
  readonly bytes: Buffer
}

/** All that a server keeps, write-ahead logs included. */
export const serverFiles = (dataDir: string): readonly FoundFile[] =>
  readdirSync(dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .flatMap((path) => {
      const bytes = bytesOf(path)
      return bytes === undefined ? [] : [{ path, bytes }]
    })

/** What SQLite took away since the folder was read keeps nothing. */
const bytesOf = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** In which of a server's files a text stands, as UTF-8 or as UTF-16. */
export const filesWith = (dataDir: string, text: string): readonly string[] =>
  serverFiles(dataDir)
    .filter(({ bytes }) => bytes.includes(text) || bytes.includes(text, 0, 'utf16le'))
    .map(({ path }) => path)
