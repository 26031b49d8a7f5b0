import type { ByteSource } from '#bundle/byte-source.ts'
import { lineOf } from '#bundle/contents.ts'
import type { BundleAbout } from '#bundle/manifest.ts'
import { type Content, writeBundle } from '#bundle/write-bundle.ts'
import type { Entry } from '#proof/chain.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import type { SignedText } from '#proof/signed-text.ts'
import { anchorAt, checkpointAt, logOf, newSigner, type Signer, start } from '#tests/proof/logs.ts'

export const server = await newSigner()
const device = await newSigner()

/** What a bundle is made of, to be changed by a test before it is written. */
export interface Parts {
  readonly events: readonly Entry[]
  readonly checkpoints: readonly SignedText[]
  readonly anchors: readonly Anchor[]
  readonly others: readonly Content[]
}

/** A log with a checkpoint at every tenth event and the last, an anchor in its middle, two keys, and a blob. */
export const partsOf = async (length: number, by: Signer = server): Promise<Parts> => {
  const events = logOf(length)
  const signedFor = events.filter(({ n }) => n % 10 === 0 || n === length)
  const checkpoints = await Promise.all(signedFor.map((entry) => checkpointAt(by, entry)))
  const middle = checkpoints[Math.floor(checkpoints.length / 2)]!
  return {
    events,
    checkpoints,
    anchors: [await anchorAt(device, middle)],
    others: [
      content('keys.ndjson', `{"keyId":"key1","wrapped":"abc"}\n{"keyId":"key2","wrapped":null}\n`),
      content(blobName, 'sealed bytes of a picture'),
      content('secrets.age', 'age would stand here'),
      content('notes/from-later.txt', 'What this version does not know.'),
    ],
  }
}

export const blobName = `blobs/${'k'.repeat(22)}/${'b'.repeat(22)}`

export const aboutOf = ({ events, checkpoints, anchors, others }: Parts): BundleAbout => ({
  format: 'pjai bundle 1',
  ...start,
  head: { n: events.at(-1)?.n ?? 0, hash: events.at(-1)?.hash ?? '0'.repeat(64) },
  counts: {
    events: events.length,
    checkpoints: checkpoints.length,
    anchors: anchors.length,
    keys: 2,
    blobs: others.filter(({ name }) => name.startsWith('blobs/')).length,
  },
  serverKeys: [server.publicKey],
  deviceKeys: [device.publicKey],
})

export const contentsOf = ({ events, checkpoints, anchors, others }: Parts): readonly Content[] => [
  content('events.ndjson', events.map(lineOf).join('')),
  content('checkpoints.ndjson', checkpoints.map(lineOf).join('')),
  content('anchors.ndjson', anchors.map(lineOf).join('')),
  ...others,
]

export const bundleOf = (parts: Parts): Promise<Uint8Array> => collected(writeBundle(aboutOf(parts), contentsOf(parts)))

export const content = (name: string, text: string | Uint8Array): Content => ({
  name,
  read: async function* () {
    yield Buffer.from(text)
  },
})

/** In pieces of an odd length, so that what is read falls apart anywhere. */
export const sourceOf = (bytes: Uint8Array, piece = 997): ByteSource => ({
  name: 'ada.persona',
  size: bytes.length,
  read: async function* (from, to) {
    for (let at = from; at < Math.min(to, bytes.length); at += piece) yield bytes.slice(at, Math.min(at + piece, to))
  },
})

export const collected = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk.slice())
  return new Uint8Array(Buffer.concat(all))
}
