import { open, stat } from 'node:fs/promises'
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
    read: (from, to) => piecesOf(path, from, to),
  }
}

/** Into one buffer again and again: what is read and let go would be collected later than more is read. */
async function* piecesOf(path: string, from: number, to: number): AsyncGenerator<Uint8Array, void> {
  const file = await open(path)
  try {
    const buffer = new Uint8Array(Math.min(to - from, pieceBytes))
    for (let at = from; at < to; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      at += bytesRead
    }
  } finally {
    await file.close()
  }
}

const pieceBytes = 262_144
