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

/**
 * Into two buffers in turn, the next piece while this one is looked at: what is read and let go would be collected later
 * than more is read.
 */
async function* piecesOf(path: string, from: number, to: number): AsyncGenerator<Uint8Array, void> {
  const file = await open(path)
  const [one, other] = [0, 1].map(() => new Uint8Array(Math.min(to - from, pieceBytes)))
  const readAt = async (at: number, buffer = one) => {
    if (buffer === undefined || at >= to) return undefined
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at)
    return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead)
  }
  let at = from
  let coming = readAt(at)
  try {
    for (let piece = await coming; piece !== undefined; piece = await coming) {
      at += piece.length
      coming = readAt(at, piece.buffer === one?.buffer ? other : one)
      yield piece
    }
  } finally {
    await coming.catch(() => undefined) // who left does not want it
    await file.close()
  }
}

const pieceBytes = 262_144
