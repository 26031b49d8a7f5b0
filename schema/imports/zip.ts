import { Inflate, strFromU8 } from 'fflate'
import { ZipBomb, ZipDamaged, ZipTooLarge } from './refusals.ts'

/**
 *     local header │ data   local header │ data   …   directory: entry, entry, …   end
 *                                                     ▲                             │
 *                                                     └─────────────────────────────┘
 *
 * The directory at the end says what is there and how large it claims to be. Nothing is believed while unpacking: output
 * is counted as it comes, and more than was claimed, or more than an export can be, ends it.
 */
export interface ZipEntry {
  readonly name: string
  readonly size: number
  readonly packedSize: number
  readonly method: number
  readonly encrypted: boolean
  readonly at: number
}

export const isZip = (bytes: Uint8Array) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5) && (bytes[3] === 4 || bytes[3] === 6)

export const zipLimits = { entries: 100_000, bytes: 1_000_000_000, ratio: 200, ratioFrom: 8_000_000 } as const

export const zipEntries = (bytes: Uint8Array, where: string): readonly ZipEntry[] | ZipDamaged | ZipBomb => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const directory = findDirectory(view)
  if (directory === undefined) return new ZipDamaged({ where })
  if (directory.entries > zipLimits.entries) return new ZipBomb({ where })
  const entries: ZipEntry[] = []
  let at = directory.at
  for (let index = 0; index < directory.entries; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return new ZipDamaged({ where })
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true))
    const nameEnd = at + 46 + (nameLength ?? 0)
    const extraEnd = nameEnd + (extraLength ?? 0)
    if (extraEnd > bytes.length) return new ZipDamaged({ where })
    const [size, packedSize, local] = largeSizes(
      [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)],
      new DataView(bytes.buffer, bytes.byteOffset + nameEnd, extraEnd - nameEnd),
    )
    entries.push({
      name: strFromU8(bytes.subarray(at + 46, nameEnd)),
      size,
      packedSize,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      at: local,
    })
    at = extraEnd + (commentLength ?? 0)
  }
  return entries
}

/** Unpacks one entry; yields after each piece, so that a page stays awake. */
export function* unpackEntry(
  bytes: Uint8Array,
  entry: ZipEntry,
  where: string,
): Generator<void, Uint8Array | ZipDamaged | ZipBomb | ZipTooLarge> {
  if (entry.size > zipLimits.bytes) return new ZipTooLarge({ where, limit: zipLimits.bytes })
  if (isBomb(entry.size, entry.packedSize)) return new ZipBomb({ where })
  const packed = packedBytes(bytes, entry)
  if (packed === undefined || entry.encrypted || (entry.method !== 0 && entry.method !== 8)) {
    return new ZipDamaged({ where })
  }
  if (entry.method === 0) return packed.length === entry.size ? packed : new ZipDamaged({ where })

  const unpacked = new Uint8Array(entry.size)
  let length = 0
  const inflate = new Inflate((piece) => {
    if (length + piece.length <= unpacked.length) unpacked.set(piece, length)
    length += piece.length
  })
  try {
    for (let at = 0; at < packed.length && length <= unpacked.length; at += 65_536) {
      inflate.push(packed.subarray(at, at + 65_536), at + 65_536 >= packed.length)
      yield
    }
  } catch {
    return new ZipDamaged({ where })
  }
  return length === entry.size ? unpacked : new ZipDamaged({ where })
}

/** Text packs ten times smaller, logs perhaps fifty; small files may be all spaces. */
const isBomb = (size: number, packedSize: number) =>
  size > zipLimits.ratioFrom && size / Math.max(packedSize, 1) > zipLimits.ratio

const packedBytes = (bytes: Uint8Array, { at, packedSize }: ZipEntry) => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50) return undefined
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  return start + packedSize <= bytes.length ? bytes.subarray(start, start + packedSize) : undefined
}

/** The end record is 22 bytes and a comment of at most 65 535; a large archive has a longer one before it. */
const findDirectory = (view: DataView): { entries: number; at: number } | undefined => {
  const last = view.byteLength - 22
  for (let end = last; end >= 0 && end >= last - 65_535; end--) {
    if (view.getUint32(end, true) !== 0x06054b50) continue
    const [entries, at] = [view.getUint16(end + 10, true), view.getUint32(end + 16, true)]
    if (entries !== 0xffff && at !== 0xffffffff) return { entries, at }
    if (end < 20 || view.getUint32(end - 20, true) !== 0x07064b50) return undefined
    const large = Number(view.getBigUint64(end - 12, true))
    if (large + 56 > view.byteLength || view.getUint32(large, true) !== 0x06064b50) return undefined
    return { entries: Number(view.getBigUint64(large + 32, true)), at: Number(view.getBigUint64(large + 48, true)) }
  }
  return undefined
}

/** Where a number is all ones, the real one stands in the extra field 1, in this order. */
const largeSizes = (sizes: readonly [number, number, number], extra: DataView): [number, number, number] => {
  for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
    if (extra.getUint16(at, true) !== 1) continue
    let next = at + 4
    const real = sizes.map((size) => {
      if (size !== 0xffffffff || next + 8 > extra.byteLength) return size
      next += 8
      return Number(extra.getBigUint64(next - 8, true))
    })
    return [real[0] ?? 0, real[1] ?? 0, real[2] ?? 0]
  }
  return [...sizes]
}
