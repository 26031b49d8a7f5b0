import { bytesToHex } from '@noble/hashes/utils.js'
import { Data } from 'effect'
import { type Entry, startHash } from '#proof/chain.ts'
import { type Anchor, statementIn } from '#proof/checkpoint.ts'
import type { LogPage } from '#proof/log-page.ts'
import type { SignedText } from '#proof/signed-text.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import type { StoreKeys } from '#sealing/store-secret.ts'
import type { KeyTable, SubjectKeys } from '#sealing/subject-keys.ts'
import { blobNamesIn } from './blob-names.ts'
import { lineOf, type WrappedKey } from './contents.ts'
import { jsonIn, linesOf } from './lines.ts'
import { type BundleAbout, isBlob } from './manifest.ts'
import { openedEvents } from './opened-events.ts'
import { type SealedFor, type StoreSecrets, sealSecrets } from './secrets.ts'
import type { Content } from './write-bundle.ts'

/** A server, as whoever may read the store asks it; and what that one holds of keys. */
export interface PersonaSource {
  readonly storeId: string
  /** What devices saw of the log: asked for first, since what they attest by then the log that is read after it must hold. */
  readonly anchors: () => Promise<readonly Anchor[]>
  readonly page: (after: number) => Promise<LogPage>
  readonly keyTable: KeyTable
  readonly keys: SubjectKeys
  /** Of generation 0. */
  readonly first: Pick<StoreKeys, 'namingKey'>
  readonly secrets: () => Promise<StoreSecrets['secrets']>
  readonly serverKey: () => Promise<string>
  /** Sealed bytes, by `<key id>/<blob id>`; undefined when they are not there. */
  readonly blob: (name: string) => Promise<Uint8Array | undefined>
}

/** Where contents lie until the bundle is written. */
export type Put = (name: string, pieces: AsyncIterable<Uint8Array>) => Promise<Content>

export interface Gathering {
  readonly put: Put
  readonly sealedFor: SealedFor
  readonly openDatabase: OpenDatabase
  readonly onProgress: (progress: GatherProgress) => void
}

export interface GatherProgress {
  readonly what: 'events' | 'parts of files'
  readonly done: number
  readonly of: number
}

/** What a bundle is made of. */
export interface BundleParts {
  readonly about: BundleAbout
  readonly contents: readonly Content[]
}

/** Brings together everything that a server has of a persona. */
export const gatherPersona = async (
  source: PersonaSource,
  { put, sealedFor, openDatabase, onProgress }: Gathering,
): Promise<BundleParts | NothingToBundle> => {
  const { storeId } = source
  const anchors = await source.anchors()
  const { events, start, checkpoints, head } = await gatherLog(source, put, onProgress)
  if (head.n === 0) return new NothingToBundle()
  const rows = await keyRowsIn(source.keyTable)
  const secrets = await sealSecrets({ format: 'pjai secrets 1', storeId, secrets: await source.secrets() }, sealedFor)
  const opened = openedEvents(entriesIn(events), source.keys, storeId)
  const names = await blobNamesIn(opened, source.first, openDatabase)
  const blobs: Content[] = []
  for (const [index, name] of names.entries()) {
    const found = await source.blob(name)
    if (found !== undefined) blobs.push(await put(`blobs/${name}`, once(found))) // not every file has a thumbnail, and what was discarded is gone
    onProgress({ what: 'parts of files', done: index + 1, of: names.length })
  }
  const contents = [
    events,
    await put('checkpoints.ndjson', linesOfRows(checkpoints)),
    await put('anchors.ndjson', linesOfRows(anchors)),
    await put('keys.ndjson', linesOfRows(rows)),
    ...blobs,
    await put('secrets.age', once(secrets)),
  ]
  const about: BundleAbout = {
    format: 'pjai bundle 1',
    ...start,
    head,
    counts: {
      events: head.n,
      checkpoints: checkpoints.length,
      anchors: anchors.length,
      keys: rows.length,
      blobs: contents.filter(({ name }) => isBlob(name)).length,
    },
    serverKeys: [await source.serverKey()],
    deviceKeys: [...new Set(anchors.map(({ devicePublicKey }) => devicePublicKey))],
  }
  return { about, contents }
}

export class NothingToBundle extends Data.TaggedError('NothingToBundle') {
  override get message() {
    return 'The server has nothing of this persona yet. As soon as what is here is saved there, it can be exported.'
  }
}

/** The log as far as it goes when its first page is read; a checkpoint for each event that has one. */
const gatherLog = async ({ page: pageAfter }: PersonaSource, put: Put, onProgress: Gathering['onProgress']) => {
  const first = await pageAfter(0)
  const end = Math.max(0, ...first.checkpoints.map(seqOf))
  const checkpoints = new Map<number, SignedText>()
  let head = { n: 0, hash: bytesToHex(startHash(first.start)) }
  const lines = async function* () {
    for (let page = first; ; page = await pageAfter(head.n)) {
      for (const checkpoint of page.checkpoints) {
        const seq = seqOf(checkpoint)
        if (seq <= end && !checkpoints.has(seq)) checkpoints.set(seq, checkpoint)
      }
      const entries = page.entries.filter(({ n }) => n <= end)
      yield utf8.encode(entries.map(lineOf).join(''))
      const last = entries.at(-1)
      if (last === undefined) return
      head = { n: last.n, hash: last.hash }
      onProgress({ what: 'events', done: head.n, of: end })
      if (!page.more) return
    }
  }
  const events = await put('events.ndjson', lines())
  const inOrder = [...checkpoints].toSorted(([a], [b]) => a - b).map(([, checkpoint]) => checkpoint)
  return { events, start: first.start, checkpoints: inOrder, head }
}

const seqOf = (checkpoint: SignedText) => statementIn(checkpoint)?.seq ?? 0

const keyRowsIn = async (table: KeyTable): Promise<WrappedKey[]> => {
  const all: WrappedKey[] = []
  for (let [from, isMore] = [0, true]; isMore; ) {
    const { rows, next, more } = await table.read(from)
    for (const { keyId, wrapped } of rows) all.push({ keyId, wrapped })
    from = next
    isMore = more
  }
  return all
}

async function* entriesIn(events: Content): AsyncGenerator<Entry, void> {
  for await (const lines of linesOf(events.read(), 0)) for (const { text } of lines) yield jsonIn(text) as Entry // written by ourselves just before
}

const utf8 = new TextEncoder()

const linesOfRows = (rows: readonly Parameters<typeof lineOf>[0][]) => once(utf8.encode(rows.map(lineOf).join('')))

async function* once(bytes: Uint8Array) {
  yield bytes
}
