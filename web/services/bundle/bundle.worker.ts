import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { gatherPersona } from '#bundle/gather-persona.ts'
import { openBundle } from '#bundle/open-bundle.ts'
import { sentencesOf, verifyBundle } from '#bundle/verify-bundle.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'
import { answerCalls, tell } from '#web/services/worker-calls.ts'
import type { Ask, BundleProgress, Made, MakeAsked, VerifiedBundle } from './bundle-protocol.ts'
import { byteSourceOf } from './file-pieces.ts'
import { emptyScratch, putInto, removeScratch, writeFile } from './scratch.ts'
import { serverSource } from './server-source.ts'

// Makes and reads bundles piece by piece, so that the page never waits and memory stays small.

const answerTo = (ask: Ask) => {
  switch (ask.call) {
    case 'make':
      return navigator.locks.request('pjai.bundle', () => make(ask.asked)) // two tabs have one place to make it in
    case 'verify':
      return verify(ask.asked.file)
  }
}

const make = async ({ storeId, anchors, sealedFor, out }: MakeAsked): Promise<Made> => {
  const folder = await emptyScratch()
  const openDatabase = wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())
  const source = await serverSource(storeId, anchors)
  const gathered = await gatherPersona(source, {
    put: putInto(folder),
    sealedFor,
    openDatabase,
    onProgress: sayNowAndThen,
  })
  if (gathered instanceof Error) throw gathered
  const { about, contents } = gathered
  let done = 0
  const pieces = counted(writeBundle(about, contents), (count) => {
    done += count
    sayNowAndThen({ what: 'bytes written', done, of: 0 })
  })
  const file = out === null ? await writeFile(folder, 'bundle', pieces) : await writeTo(out, pieces)
  if (file === null) await removeScratch()
  return { events: about.counts.events, blobs: about.counts.blobs, bytes: done, file }
}

/** What the person chose is replaced when all of it is written, or stays as it was. */
const writeTo = async (out: FileSystemFileHandle, pieces: AsyncIterable<Uint8Array>): Promise<null> => {
  const stream = await out.createWritable()
  try {
    for await (const piece of pieces) await stream.write(piece.slice()) // it may be written over before it is on disk
    await stream.close()
    return null
  } catch (error) {
    await stream.abort().catch(() => undefined)
    throw error
  }
}

const verify = async (file: File): Promise<VerifiedBundle> => {
  const source = byteSourceOf(file)
  const bundle = await openBundle(source)
  let done = 0
  const verification = await verifyBundle(source, bundle, {}, (count) => {
    done += count
    sayNowAndThen({ what: 'bytes read', done, of: source.size })
  })
  const { storeId, serverKeys, deviceKeys, counts } = bundle.manifest
  return { verification, sentences: sentencesOf(verification), storeId, serverKeys, deviceKeys, blobs: counts.blobs }
}

async function* counted(pieces: AsyncIterable<Uint8Array>, onBytes: (count: number) => void) {
  for await (const piece of pieces) {
    onBytes(piece.length)
    yield piece
  }
}

let saidAt = 0
const sayNowAndThen = (progress: BundleProgress) => {
  if (performance.now() - saidAt < 100) return
  saidAt = performance.now()
  tell(progress)
}

answerCalls(answerTo)
