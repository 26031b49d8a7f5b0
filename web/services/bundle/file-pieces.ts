import type { ByteSource } from '#bundle/byte-source.ts'

/** A file that a page was given, as a bundle is read from it. */
export const byteSourceOf = (file: File): ByteSource => ({
  name: file.name,
  size: file.size,
  read: (from, to) => piecesOf(file.slice(from, to)),
})

/** Its bytes in the pieces in which the browser reads them; not every browser lets a stream be iterated. */
export async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array, void> {
  const reader = blob.stream().getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value
  } finally {
    await reader.cancel() // of one that is at its end, nothing
  }
}
