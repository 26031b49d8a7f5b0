import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ByteSource } from '#bundle/byte-source.ts'
import { Problem } from './problem.ts'

/** A bundle on disk. That it is not there, or may not be read, is a sentence and exit code 2. */
export const fileSource = async (path: string): Promise<ByteSource> => {
  const found = await stat(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    throw new Problem(code === 'ENOENT' ? `There is no file “${path}”.` : `“${path}” cannot be read.`, 'unreadable')
  })
  if (!found.isFile()) throw new Problem(`“${path}” is no file.`, 'unreadable')
  return {
    name: path,
    size: found.size,
    read: (from, to) => (to > from ? createReadStream(path, { start: from, end: to - 1 }) : nothing()),
  }
}

async function* nothing(): AsyncGenerator<Uint8Array, void> {}
