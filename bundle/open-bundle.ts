import { BundleUnreadable } from './bundle-unreadable.ts'
import { type ByteSource, bytesAt } from './byte-source.ts'
import { makeDigester } from './digest.ts'
import { type BundleEntry, type Manifest, manifestIn, manifestName } from './manifest.ts'
import { directoryOf, localHeader, localHeaderLength } from './zip-layout.ts'

export interface Bundle {
  readonly file: string
  readonly manifest: Manifest
  readonly entries: readonly PlacedEntry[]
  readonly entry: (name: string) => PlacedEntry | undefined
  /** What stands behind the entries. */
  readonly directory: { readonly at: number; readonly bytes: Uint8Array }
}

export interface PlacedEntry extends BundleEntry {
  /** The byte of the file at which its content begins. */
  readonly at: number
  readonly read: () => AsyncIterable<Uint8Array>
}

/** Reads the manifest, from which follows where everything else lies. Throws `BundleUnreadable`. */
export const openBundle = async (source: ByteSource): Promise<Bundle> => {
  const { manifest, stored } = await readManifest(source)
  let at = localHeaderLength(manifestName) + stored.length
  const entries = manifest.entries.map((entry): PlacedEntry => {
    const start = at + localHeaderLength(entry.name)
    at = start + entry.length
    return { ...entry, at: start, read: () => source.read(start, start + entry.length) }
  })
  const directory = { at, bytes: directoryOf([stored, ...entries]) }
  const end = at + directory.bytes.length
  if (source.size < end) {
    const entry = entries.find((it) => source.size < it.at + it.length)?.name ?? null
    throw unreadable(source, entry, source.size, `The file ends here, and should be ${end} bytes long.`)
  }
  if (source.size > end) throw unreadable(source, null, end, 'More follows where the bundle ends.')
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  return { file: source.name, manifest, entries, entry: (name) => byName.get(name), directory }
}

/** An entry whose bytes are not those that the manifest names. */
export interface Damage {
  readonly entry: string
  /** Its first byte in the file, and the one after its last. */
  readonly from: number
  readonly to: number
}

/** Reads the file from end to end. What of ZIP is not as it has to be, throws `BundleUnreadable`. */
export const damagesOf = async (
  source: ByteSource,
  { entries, directory }: Bundle,
  onBytes: (count: number) => void = () => undefined,
): Promise<readonly Damage[]> => {
  const digest = await makeDigester()
  const damages: Damage[] = []
  for (const entry of entries) {
    const header = localHeader(entry)
    await requireBytes(source, entry.at - header.length, header, entry.name)
    const { sha256, crc32 } = await digest(entry.read(), onBytes)
    const isSame = sha256 === entry.sha256 && crc32 === entry.crc32
    if (!isSame) damages.push({ entry: entry.name, from: entry.at, to: entry.at + entry.length })
  }
  await requireBytes(source, directory.at, directory.bytes, null)
  return damages
}

const readManifest = async (source: ByteSource) => {
  const headerLength = localHeaderLength(manifestName)
  const header = await bytesAt(source, 0, Math.min(headerLength, source.size))
  const signature = [0x50, 0x4b, 3, 4]
  const strange = signature.findIndex((byte, index) => header[index] !== byte)
  if (strange >= 0) throw unreadable(source, null, strange, 'This is no ZIP file, so no bundle.')
  if (header.length < headerLength)
    throw unreadable(source, manifestName, source.size, 'The file ends within the first header.')
  const view = new DataView(header.buffer)
  const [crc32, length] = [view.getUint32(14, true).toString(16).padStart(8, '0'), view.getUint32(18, true)]
  const stored = { name: manifestName, length, crc32 }
  requireSame(source, 0, header, localHeader(stored), manifestName)
  if (length > maxManifestBytes) throw unreadable(source, manifestName, 18, 'The manifest is longer than any can be.')
  if (source.size < headerLength + length)
    throw unreadable(source, manifestName, source.size, 'The file ends within the manifest.')
  const bytes = await bytesAt(source, headerLength, headerLength + length)
  const digest = await makeDigester()
  if ((await digest(source.read(headerLength, headerLength + length))).crc32 !== crc32)
    throw unreadable(source, manifestName, headerLength, 'The manifest is not what its check sum says.')
  const manifest = manifestIn(bytes)
  if (typeof manifest === 'string') throw unreadable(source, manifestName, headerLength, manifest)
  return { manifest, stored }
}

const requireBytes = async (source: ByteSource, at: number, expected: Uint8Array, entry: string | null) =>
  requireSame(source, at, await bytesAt(source, at, at + expected.length), expected, entry)

const requireSame = (source: ByteSource, at: number, bytes: Uint8Array, expected: Uint8Array, entry: string | null) => {
  const different = expected.findIndex((byte, index) => bytes[index] !== byte)
  if (different < 0) return
  const reason =
    entry === null
      ? 'The directory of the ZIP file is not what the manifest asks for.'
      : different === methodAt
        ? 'The entry is compressed. In a bundle nothing is, so it is not unpacked.'
        : 'The header of the entry is not what the manifest asks for.'
  throw unreadable(source, entry, at + different, reason)
}

/** Where the header of an entry says how it is compressed. */
const methodAt = 8

/** Some 500 000 entries. */
const maxManifestBytes = 100_000_000

const unreadable = (source: ByteSource, entry: string | null, at: number, reason: string) =>
  new BundleUnreadable({ file: source.name, entry, at, reason })
