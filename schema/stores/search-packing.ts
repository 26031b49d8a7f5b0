/**
 * Texts as the index keeps them: a frequent letter takes few bits, and what is not in the list sixteen after a sign of six.
 * Each text is packed alone, so that one that is erased goes whole.
 *
 *     "tea" → t 0111 · e 001 · a 0010 · filled up with ones
 *
 * 1. Unpacked it is what it was, unit by unit.
 * 2. The longest code is all ones, so that what fills a text up is the whole of no code.
 */
export type PackedText = string | Uint8Array

/** Short ones, and those that would become no shorter, stay as they are. */
export const packText = (text: string): PackedText => {
  if (text.length < shortest) return text
  const bytes = new Uint8Array(text.length * 3)
  let [at, held, bits, plain] = [0, 0, 0, 0]
  const put = (code: number, length: number) => {
    held = (held << length) | code
    for (bits += length; bits >= 8; at++) {
      bits -= 8
      bytes[at] = held >>> bits
    }
    held &= 0xff
  }
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    const length = unit === other ? 0 : (lengths[unit] ?? 0)
    if (length === 0) put(codes[other] ?? 0, lengths[other] ?? 0)
    put(length === 0 ? unit : (codes[unit] ?? 0), length || 16)
    plain += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 2 : 3
  }
  if (bits > 0) put(0xff >>> bits, 8 - bits)
  return at < plain ? bytes.slice(0, at) : text
}

export const unpackText = (packed: PackedText): string => {
  if (typeof packed === 'string') return packed
  let text = ''
  let [node, unit, left] = [0, 0, 0]
  for (const byte of packed) {
    for (let shift = 7; shift >= 0; shift--) {
      const bit = (byte >>> shift) & 1
      if (left > 0) {
        unit = unit * 2 + bit
        left--
      } else {
        node = tree[node + bit] ?? 0
        if (node >= 0) continue
        unit = node === ~other ? 0 : ~node
        left = node === ~other ? 16 : 0
        node = 0
      }
      if (left === 0) text += String.fromCharCode(unit)
    }
  }
  return text
}

/** Units. What shorter ones would save is not worth the work. */
const shortest = 64

/** Stands before a unit that is not in the list; so does a unit of this number itself. */
const other = 0

/**
 * How many bits the letters behind take: Huffman's lengths for prose and talk in the letters of Western Europe. They add up
 * to all that thirteen bits can say. Another list is another index: `searchRevision`.
 */
const letters: readonly (readonly [length: number, letters: string])[] = [
  [3, ' e'],
  [4, 'ainost'],
  [5, 'dhlr'],
  [6, '\0cfgmpuwy'],
  [7, ',.bkv'],
  [8, "\n!'-IT"],
  [9, '01AMSW'],
  [10, '():;2?CEGHJLPRYjx'],
  [11, '/3456789BDFKNOqzßàäçèéíñóöúü'],
  [12, '"QUV–’“”'],
  [13, '\t#$%&*+<=>@X[\\]^_`{|}~Z…'],
]

const [codes, lengths] = [new Uint16Array(0x2027), new Uint8Array(0x2027)] // up to the last of them

/** Of a node its two ways: to the next node, or to a unit as ~unit. */
const tree: number[] = [0, 0]

let [next, before] = [0, 0]
for (const [length, units] of letters) {
  next <<= length - before
  before = length
  for (const unit of Array.from(units, (letter) => letter.charCodeAt(0))) {
    codes[unit] = next
    lengths[unit] = length
    let node = 0
    for (let bit = length - 1; bit > 0; bit--) {
      const way = node + ((next >>> bit) & 1)
      if (tree[way] === 0) tree[way] = tree.push(0, 0) - 2
      node = tree[way] ?? 0
    }
    tree[node + (next & 1)] = ~unit
    next++
  }
}
