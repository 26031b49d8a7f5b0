/**
 * The bytes of a ZIP file that are not its contents. Entries are stored as they are, so that all of them follow from the
 * names, lengths and check sums of what is in it: a reader knows each byte before it reads it.
 *
 *     local header · content    local header · content  …    central directory    end
 */
export interface Stored {
  readonly name: string
  readonly length: number
  /** CRC-32 as eight hexadecimal digits: what ZIP asks for. */
  readonly crc32: string
}

export const localHeader = ({ name, length, crc32 }: Stored): Uint8Array =>
  bytesOf((put) => {
    put.u32(0x04034b50)
    put.u16(version)
    common(put, { name, length, crc32 })
    put.u16(0)
    put.text(name)
  })

/** How long it is, whatever the name stands for. */
export const localHeaderLength = (name: string): number => 30 + name.length

/** What stands behind the last entry. */
export const directoryOf = (entries: readonly Stored[]): Uint8Array =>
  bytesOf((put) => {
    let offset = 0
    for (const entry of entries) {
      const isFar = offset >= max32
      put.u32(0x02014b50)
      put.u16(version)
      put.u16(isFar ? version64 : version)
      common(put, entry)
      put.u16(isFar ? 12 : 0)
      for (let zeros = 0; zeros < 3; zeros++) put.u16(0) // no comment, first disk, no kind of text
      put.u32(0)
      put.u32(Math.min(offset, max32))
      put.text(entry.name)
      if (isFar) {
        put.u16(1)
        put.u16(8)
        put.u64(offset)
      }
      offset += localHeaderLength(entry.name) + entry.length
    }
    end(put, entries.length, put.length(), offset)
  })

const end = (put: Put, count: number, size: number, offset: number) => {
  if (count >= max16 || size >= max32 || offset >= max32) {
    put.u32(0x06064b50)
    put.u64(44)
    put.u16(version64)
    put.u16(version64)
    put.u32(0)
    put.u32(0)
    put.u64(count)
    put.u64(count)
    put.u64(size)
    put.u64(offset)
    put.u32(0x07064b50)
    put.u32(0)
    put.u64(offset + size)
    put.u32(1)
  }
  put.u32(0x06054b50)
  put.u16(0)
  put.u16(0)
  put.u16(Math.min(count, max16))
  put.u16(Math.min(count, max16))
  put.u32(Math.min(size, max32))
  put.u32(Math.min(offset, max32))
  put.u16(0)
}

const common = (put: Put, { name, length, crc32 }: Stored) => {
  put.u16(namesAreUtf8)
  put.u16(stored)
  put.u16(0)
  put.u16(firstDay)
  put.u32(Number.parseInt(crc32, 16))
  put.u32(length)
  put.u32(length)
  put.u16(name.length) // names are ASCII
}

const version = 20
const version64 = 45
const namesAreUtf8 = 0x0800
const stored = 0
/** 1 January 1980, the first that ZIP knows. */
const firstDay = 0x0021
const max16 = 0xffff
/** An entry is shorter; where one begins may be further. */
export const max32 = 0xffff_ffff

type Put = ReturnType<typeof makePut>

const makePut = () => {
  let bytes = new Uint8Array(1024)
  let length = 0
  const reserve = (count: number) => {
    const at = length
    length += count
    if (length <= bytes.length) return at
    const larger = new Uint8Array(2 * length)
    larger.set(bytes)
    bytes = larger
    return at
  }
  return {
    u16: (value: number) => {
      const at = reserve(2)
      new DataView(bytes.buffer).setUint16(at, value, true)
    },
    u32: (value: number) => {
      const at = reserve(4)
      new DataView(bytes.buffer).setUint32(at, value, true)
    },
    u64: (value: number) => {
      const at = reserve(8)
      new DataView(bytes.buffer).setBigUint64(at, BigInt(value), true)
    },
    text: (value: string) => {
      const at = reserve(value.length)
      new TextEncoder().encodeInto(value, bytes.subarray(at))
    },
    length: () => length,
    taken: () => bytes.slice(0, length),
  }
}

const bytesOf = (write: (put: Put) => void): Uint8Array => {
  const put = makePut()
  write(put)
  return put.taken()
}
