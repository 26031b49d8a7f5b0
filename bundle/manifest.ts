import { Schema } from 'effect'
import { jsonIn, utf8In } from './lines.ts'
import { max32 } from './zip-layout.ts'

const Hash = Schema.String.pipe(Schema.pattern(/^[0-9a-f]{64}$/))

/** What of the manifest says of which log the bundle is; see `docs/bundle.md`. */
const about = {
  format: Schema.Literal('pjai bundle 1'),
  storeId: Schema.String,
  /** The first one that the log was in. */
  epoch: Schema.NonNegativeInt,
  logId: Schema.String,
  head: Schema.Struct({ n: Schema.NonNegativeInt, hash: Hash }),
  counts: Schema.Struct({
    events: Schema.NonNegativeInt,
    checkpoints: Schema.NonNegativeInt,
    anchors: Schema.NonNegativeInt,
    keys: Schema.NonNegativeInt,
    blobs: Schema.NonNegativeInt,
  }),
  /** Whose signatures whoever made the bundle believed, base64url. */
  serverKeys: Schema.Array(Schema.String),
  deviceKeys: Schema.Array(Schema.String),
}

const BundleEntry = Schema.Struct({
  name: Schema.String,
  length: Schema.NonNegativeInt.pipe(Schema.lessThan(max32)),
  sha256: Hash,
  crc32: Schema.String.pipe(Schema.pattern(/^[0-9a-f]{8}$/)),
})
export type BundleEntry = typeof BundleEntry.Type

const About = Schema.Struct(about)
export type BundleAbout = typeof About.Type

const Manifest = Schema.Struct({ ...about, entries: Schema.Array(BundleEntry) })
export type Manifest = typeof Manifest.Type

export const manifestName = 'manifest.json'
/** The entries of every bundle, in their order. */
export const requiredNames = ['events.ndjson', 'checkpoints.ndjson', 'anchors.ndjson', 'keys.ndjson'] as const
export const secretsName = 'secrets.age'

/** Its JSON as written, and a line feed. What it says beyond what is known here stays. */
export const manifestText = (about: BundleAbout, entries: readonly BundleEntry[]): string =>
  `${JSON.stringify({ ...about, entries })}\n`

/** What it says, or what is wrong with it. There is one way to write a manifest: the one above. */
export const manifestIn = (bytes: Uint8Array): Manifest | string => {
  const text = utf8In(bytes)
  const json = jsonIn(text ?? '')
  if (!isObject(json)) return 'The manifest is not JSON.'
  const { format } = json
  if (format !== 'pjai bundle 1') return `The format is ${JSON.stringify(format)}; this version reads “pjai bundle 1”.`
  const decoded = decode(json)
  if (decoded._tag === 'Left') return `The manifest is not one: ${decoded.left.message}`
  const manifest = json as unknown as Manifest // it was decoded, and has what is not known too, in its order
  const { entries, ...about } = manifest
  if (manifestText(about, entries) !== text) return 'The manifest is not written as it has to be.'
  return namesProblem(manifest.entries.map(({ name }) => name)) ?? manifest
}

const decode = Schema.decodeUnknownEither(Manifest)
const isObject = Schema.is(Schema.Record({ key: Schema.String, value: Schema.Unknown }))

/** What of these names no bundle has; nothing when all is well. */
export const namesProblem = (names: readonly string[]): string | undefined => {
  const known = new Set<string>([manifestName])
  for (const name of names) {
    if (!isLegal(name)) return `“${name}” is no name that an entry may have.`
    if (known.has(name)) return `${name} is named twice.`
    known.add(name)
  }
  const missing = requiredNames.find((name) => !known.has(name))
  if (missing !== undefined) return `${missing} is missing.`
  const misplaced = names.find((name, index) => index > 0 && byPlace(names[index - 1] ?? '', name) > 0)
  return misplaced === undefined ? undefined : `${misplaced} is not in its place.`
}

/** Letters, digits, `_`, `-` and `.` between slashes, never upwards. */
const isLegal = (name: string) =>
  name.length <= 200 && name.split('/').every((part) => /^[\w.-]+$/.test(part) && !/^\.+$/.test(part))

export const isBlob = (name: string): boolean => /^blobs\/[\w-]{22}\/[\w-]{22}$/.test(name)

/** The order of entries: those of every bundle, blobs, secrets, and what is not known; among themselves by their names. */
export const byPlace = (a: string, b: string): number => rankOf(a) - rankOf(b) || (a < b ? -1 : a > b ? 1 : 0)

const rankOf = (name: string): number => {
  const required = requiredNames.findIndex((it) => it === name)
  if (required >= 0) return required
  if (isBlob(name)) return requiredNames.length
  return requiredNames.length + (name === secretsName ? 1 : 2)
}
