/** Where a bundle lies: a file on disk, or one that a page was given. */
export interface ByteSource {
  readonly name: string
  readonly size: number
  /** The bytes from one place up to another, in pieces of any length. The next piece may be written over the last one. */
  readonly read: (from: number, to: number) => AsyncIterable<Uint8Array>
}

/** For what is short. */
export const bytesAt = async (source: ByteSource, from: number, to: number): Promise<Uint8Array> => {
  const bytes = new Uint8Array(to - from)
  let length = 0
  for await (const chunk of source.read(from, to)) {
    bytes.set(chunk, length)
    length += chunk.length
  }
  return bytes
}
