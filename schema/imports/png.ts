import { strFromU8, Unzlib } from 'fflate'

/**
 *     89 P N G …   length │ type │ data │ crc   length │ type │ …
 *                    4       4    length   4
 *
 * Checksums are not looked at: programs that add a card to a picture get them wrong, and the picture shows all the same.
 */
export interface Png {
  readonly texts: readonly { readonly keyword: string; readonly text: string }[]
  /** The picture without its texts: what is left when the card is taken out. */
  readonly picture: Uint8Array
  readonly damaged: boolean
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

export const isPng = (bytes: Uint8Array) => signature.every((byte, index) => bytes[index] === byte)

/** Reads texts of at most `textLimit` characters; a longer one is given as far as it was read, one character over. */
export const readPng = (bytes: Uint8Array, textLimit: number): Png => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const texts: { keyword: string; text: string }[] = []
  const kept = [bytes.subarray(0, signature.length)]
  let at = signature.length
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) break
    const type = strFromU8(bytes.subarray(at + 4, at + 8), true)
    const text = textOfChunk(type, bytes.subarray(at + 8, end - 4), textLimit)
    if (text !== undefined) texts.push(text)
    if (!textChunks.has(type)) kept.push(bytes.subarray(at, end))
    at = end
    if (type === 'IEND') return { texts, picture: joined(kept), damaged: false }
  }
  return { texts, picture: joined(kept), damaged: true }
}

const textChunks = new Set(['tEXt', 'zTXt', 'iTXt'])

const textOfChunk = (type: string, data: Uint8Array, limit: number) => {
  if (!textChunks.has(type)) return undefined
  const [keyword, afterKeyword] = upToZero(data, 0)
  if (type === 'tEXt') return { keyword, text: strFromU8(data.subarray(afterKeyword, afterKeyword + limit + 1), true) }
  if (type === 'zTXt') return { keyword, text: strFromU8(inflated(data.subarray(afterKeyword + 1), limit), true) }
  const compressed = data[afterKeyword] === 1
  const [, afterLanguage] = upToZero(data, afterKeyword + 2)
  const [, afterTranslation] = upToZero(data, afterLanguage)
  const text = data.subarray(afterTranslation)
  return { keyword, text: strFromU8(compressed ? inflated(text, limit) : text.subarray(0, limit + 1)) }
}

const upToZero = (data: Uint8Array, from: number): readonly [text: string, after: number] => {
  const zero = data.indexOf(0, from)
  const end = zero < 0 ? data.length : zero
  return [strFromU8(data.subarray(from, end), true), end + 1]
}

/** Stops as soon as more than `limit` bytes came out; what is damaged gives what came out before. */
const inflated = (data: Uint8Array, limit: number): Uint8Array => {
  const out = { pieces: [] as Uint8Array[], length: 0 } // empty says nothing of its type
  const inflate = new Unzlib((piece) => {
    out.pieces.push(piece)
    out.length += piece.length
  })
  try {
    for (let at = 0; at < data.length && out.length <= limit; at += 16_384) {
      inflate.push(data.subarray(at, at + 16_384), at + 16_384 >= data.length)
    }
  } catch {
    // Damaged: the caller finds no card in what is there.
  }
  return joined(out.pieces).subarray(0, limit + 1)
}

const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
