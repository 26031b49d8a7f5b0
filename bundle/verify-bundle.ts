import { type Finding, findingSentence } from '#proof/findings.ts'
import { type Verification, verifyLog } from '#proof/verify.ts'
import type { ByteSource } from './byte-source.ts'
import { allOf, rowsOf } from './contents.ts'
import { isBlob } from './manifest.ts'
import { type Bundle, type Damage, damagesOf } from './open-bundle.ts'

export interface BundleVerification extends Verification {
  /** Entries whose bytes are not those that the manifest names. */
  readonly damages: readonly Damage[]
  /** What the manifest says of the log and is not so. */
  readonly untruths: readonly string[]
  /** Where a damage left a line that is none: what follows it in its entry was not read. */
  readonly unread: readonly string[]
}

/** The keys to believe instead of those that the bundle names; see `docs/bundle.md`. */
export interface Believed {
  readonly serverKeys?: readonly string[]
  readonly deviceKeys?: readonly string[]
}

/** Checks a bundle against itself and what attests it, in two passes and little memory. Throws `BundleUnreadable`. */
export const verifyBundle = async (
  source: ByteSource,
  bundle: Bundle,
  { serverKeys, deviceKeys }: Believed = {},
  onBytes: (count: number) => void = () => undefined,
): Promise<BundleVerification> => {
  const { manifest } = bundle
  const damages = await damagesOf(source, bundle, onBytes)
  const unread: string[] = []
  const rows = <Name extends Parameters<typeof rowsOf>[1]>(name: Name) =>
    rowsOf(bundle, name, (error) => {
      // Where the bytes are those that the manifest names, whoever made them made no bundle.
      if (damages.length === 0) throw error
      unread.push(`${error.message} What follows was not read.`)
    })
  const [checkpoints, anchors, keys] = [
    await allOf(rows('checkpoints.ndjson')),
    await allOf(rows('anchors.ndjson')),
    await allOf(rows('keys.ndjson')),
  ]
  const evidence = {
    checkpoints,
    anchors,
    seen: [],
    serverKeys: serverKeys ?? manifest.serverKeys,
    deviceKeys: deviceKeys ?? manifest.deviceKeys,
  }
  const { storeId, epoch, logId, head, counts } = manifest
  const verified = await verifyLog(rows('events.ndjson'), { storeId, epoch, logId }, evidence)
  const counted = {
    events: verified.events,
    checkpoints: checkpoints.length,
    anchors: anchors.length,
    keys: keys.length,
    blobs: bundle.entries.filter(({ name }) => isBlob(name)).length,
  }
  const kinds = ['events', 'checkpoints', 'anchors', 'keys', 'blobs'] as const
  const said = [
    ...(verified.head === null || (verified.head.seq === head.n && verified.head.hash === head.hash)
      ? []
      : [
          `The manifest says that the log ends with event ${head.n}; it ends with event ${verified.head.seq}, or otherwise.`,
        ]),
    ...kinds
      .filter((kind) => counted[kind] !== counts[kind])
      .map((kind) => `The manifest counts ${counts[kind]} ${kind}; there are ${counted[kind]}.`),
  ]
  const untruths = unread.length === 0 ? said : [] // who did not read all cannot tell
  return {
    ...verified,
    damages,
    untruths,
    unread,
    isComplete: verified.isComplete && unread.length === 0,
    isIntact: verified.isIntact && damages.length === 0 && untruths.length === 0,
  }
}

/** Everything that is wrong, for a person to read. */
export const sentencesOf = ({ damages, untruths, unread, findings }: BundleVerification): readonly string[] => [
  ...damages.map(
    ({ entry, from, to }) =>
      `${entry} (bytes ${from} to ${to - 1}) is not what the manifest says: its SHA-256 differs.`,
  ),
  ...unread,
  ...untruths,
  ...findings.map((finding: Finding) => findingSentence(finding)),
]
