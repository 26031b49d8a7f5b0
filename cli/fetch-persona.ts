import { createReadStream } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bytesToHex } from '@noble/hashes/utils.js'
import { Schema } from 'effect'
import { lineOf, type WrappedKey } from '#bundle/contents.ts'
import { jsonIn, linesOf } from '#bundle/lines.ts'
import { type BundleAbout, isBlob } from '#bundle/manifest.ts'
import { openedEvents } from '#bundle/opened-events.ts'
import { type SealedFor, sealSecrets } from '#bundle/secrets.ts'
import type { Content } from '#bundle/write-bundle.ts'
import { type Entry, startHash } from '#proof/chain.ts'
import { type Anchor, statementIn } from '#proof/checkpoint.ts'
import { LogPage } from '#proof/log-page.ts'
import type { SignedText } from '#proof/signed-text.ts'
import { anchorEvents } from '#schema/anchors/events.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { secretToText, storeSecretFrom } from '#sealing/store-secret.ts'
import { storeNameOf } from './arguments.ts'
import type { BundleParts } from './bundle-file.ts'
import { fetchBlobs } from './fetch-blobs.ts'
import { Problem } from './problem.ts'
import { getFrom, keysOfStore, type Remote, remoteLog } from './sync-client.ts'

/**
 * Brings everything that a server has of a persona into a folder. Anchors come first: what a device attests by then, the
 * log that is read after it must hold.
 */
export const fetchPersona = async (
  remote: Remote,
  workspaceId: string,
  personaId: string,
  {
    folder,
    sealedFor,
    say,
  }: { readonly folder: string; readonly sealedFor: SealedFor; readonly say: (line: string) => void },
): Promise<BundleParts> => {
  const storeId = storeNameOf('persona', personaId)
  const put = async (name: string, bytes: string | Uint8Array): Promise<Content> => {
    const path = join(folder, name.replaceAll('/', '.'))
    await writeFile(path, bytes)
    return contentAt(name, path)
  }
  const anchors = await anchorsOf(remote, workspaceId, personaId)
  const { start, checkpoints, head } = await fetchLog(remote, storeId, join(folder, 'events.ndjson'), say)
  if (head.n === 0) throw new Problem(`There is no persona ${personaId} on ${remote.server}.`)
  const rows = await keyRowsOf(remote, storeId)
  const keys = await keysOfStore(remote, storeId)
  const secrets = await Promise.all(
    (await keys.generations()).map(async ({ generation, era }) => {
      const ownerKey = remote.ownerKeys[era]
      if (ownerKey === undefined) throw new Error('A generation is of a secret that is held.') // our bug
      return { generation, era, secret: secretToText(await storeSecretFrom(ownerKey, storeId, generation)) }
    }),
  )
  const opened = openedEvents(entriesAt(join(folder, 'events.ndjson')), keys, storeId)
  const blobs = await fetchBlobs(remote, storeId, opened, put, say)
  const signingKey: unknown = await (await getFrom(remote, '/api/signing-key')).json()
  const contents = [
    contentAt('events.ndjson', join(folder, 'events.ndjson')),
    await put('checkpoints.ndjson', checkpoints.map(lineOf).join('')),
    await put('anchors.ndjson', anchors.map(lineOf).join('')),
    await put('keys.ndjson', rows.map(lineOf).join('')),
    ...blobs,
    await put('secrets.age', await sealSecrets({ format: 'pjai secrets 1', storeId, secrets }, sealedFor)),
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
    serverKeys: [Schema.decodeUnknownSync(SigningKey)(signingKey).publicKey],
    deviceKeys: [...new Set(anchors.map(({ devicePublicKey }) => devicePublicKey))],
  }
  return { about, contents }
}

const SigningKey = Schema.Struct({ publicKey: Schema.String })

const contentAt = (name: string, path: string): Content => ({ name, read: () => createReadStream(path) })

/** What devices of the workspace saw of the persona's log, in the order in which they said so. */
const anchorsOf = async (remote: Remote, workspaceId: string, personaId: string): Promise<Anchor[]> => {
  const log = await remoteLog(remote, storeNameOf('workspace', workspaceId), workspaceStoreEvents).read()
  return log.flatMap(({ name, args }): Anchor[] => {
    const anchored = name === anchorEvents.checkpointAnchored.name ? decodeAnchored(args) : undefined
    if (anchored?._tag !== 'Some' || anchored.value.personaId !== personaId) return []
    const { checkpoint, deviceId, devicePublicKey, deviceSignature } = anchored.value
    return [{ checkpoint, deviceId, devicePublicKey, deviceSignature }]
  })
}

const decodeAnchored = Schema.decodeUnknownOption(anchorEvents.checkpointAnchored.schema)

/** The log as far as it goes when its first page is read; a checkpoint for each event that has one. */
const fetchLog = async (remote: Remote, storeId: string, path: string, say: (line: string) => void) => {
  const pageAfter = async (n: number) =>
    decodePage(await (await getFrom(remote, `/api/stores/${storeId}/log?after=${n}&limit=1000`)).json())
  const seqOf = (checkpoint: SignedText) => statementIn(checkpoint)?.seq ?? 0
  const first = await pageAfter(0)
  const end = Math.max(0, ...first.checkpoints.map(seqOf))
  const checkpoints = new Map<number, SignedText>()
  let head = { n: 0, hash: bytesToHex(startHash(first.start)) }
  const file = await open(path, 'w')
  try {
    for (let page = first; ; page = await pageAfter(head.n)) {
      for (const checkpoint of page.checkpoints) {
        const seq = seqOf(checkpoint)
        if (seq <= end && !checkpoints.has(seq)) checkpoints.set(seq, checkpoint)
      }
      const entries = page.entries.filter(({ n }) => n <= end)
      await file.write(entries.map(lineOf).join(''))
      const last = entries.at(-1)
      if (last === undefined) break
      head = { n: last.n, hash: last.hash }
      say(`${head.n} of ${end} events`)
      if (!page.more) break
    }
  } finally {
    await file.close()
  }
  const inOrder = [...checkpoints].toSorted(([a], [b]) => a - b).map(([, checkpoint]) => checkpoint)
  return { start: first.start, checkpoints: inOrder, head }
}

const decodePage = Schema.decodeUnknownSync(LogPage)

const keyRowsOf = async ({ server, headers }: Remote, storeId: string): Promise<WrappedKey[]> => {
  const table = remoteKeyTable(server, storeId, headers)
  const all: WrappedKey[] = []
  for (let [from, isMore] = [0, true]; isMore; ) {
    const { rows, next, more } = await table.read(from)
    for (const { keyId, wrapped } of rows) all.push({ keyId, wrapped })
    from = next
    isMore = more
  }
  return all
}

async function* entriesAt(path: string): AsyncGenerator<Entry, void> {
  for await (const lines of linesOf(createReadStream(path), 0))
    for (const { text } of lines) yield jsonIn(text) as Entry // written by ourselves just before
}
