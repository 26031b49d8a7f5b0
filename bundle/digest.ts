import { createCRC32 } from 'hash-wasm'
import { makePieceHash } from '#proof/hash.ts'

export interface Digest {
  readonly length: number
  /** In hexadecimal. */
  readonly sha256: string
  readonly crc32: string
}

/** Of one content after the other: made once, since each is a WebAssembly of its own. */
export const makeDigester = async () => {
  const [sha256, crc32] = await Promise.all([makePieceHash(), createCRC32()])
  return async (content: AsyncIterable<Uint8Array>, onBytes: (count: number) => void = () => undefined) => {
    sha256.init()
    crc32.init()
    let length = 0
    for await (const chunk of content) {
      sha256.update(chunk)
      crc32.update(chunk)
      length += chunk.length
      onBytes(chunk.length)
    }
    return { length, sha256: sha256.digestHex(), crc32: crc32.digest('hex') } satisfies Digest
  }
}
