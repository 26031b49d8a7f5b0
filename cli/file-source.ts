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
  const makeBuffer = () => new Uint8Array(Math.min(to - from, pieceBytes))
  let [here, there] = [makeBuffer(), makeBuffer()]
  let at = from
  const readNext = () => {
    const read = file.read(here, 0, Math.min(here.length, to - at), at)
    read.catch(() => undefined) // who left does not wait for it; who waits is told
    return read
  }
  let coming = readNext()
  try {
    while (at < to) {
      const { bytesRead } = await coming
      if (bytesRead === 0) return // the file is shorter than it was
      const piece = here.subarray(0, bytesRead)
      at += bytesRead
      ;[here, there] = [there, here]
      coming = readNext()
      yield piece
    }
  } finally {
    await coming.catch(() => undefined) // what is still read into a closed file is another's
    await file.close()
  }
}

const pieceBytes = 262_144
