// @vitest-environment node
import { beforeAll, expect, test } from 'vitest'
import type { Entry } from '#proof/chain.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import type { LogPage } from '#proof/log-page.ts'
import { noteSnapshot } from '#schema/snapshots/commands.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import { openHydration } from '#schema/stores/hydration.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { openSnapshot, rowsOfTable, SnapshotClosed, snapshotKeyFrom } from '#sealing/sealed-snapshot.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { server } from '#tests/bundle/bundles.ts'
import { sealedLogOf } from '#tests/bundle/sealed-bundle.ts'
import { anchorAt, checkpointAt, newSigner, rechained, start } from '#tests/proof/logs.ts'
import { logOf } from '#tests/support/log-events.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { rowsOf } from '#tests/support/store-on.ts'
import { workspaceStoreWith } from '#tests/support/stores.ts'
import { hydrateFromSnapshot } from '#web/livestore/hydration/from-snapshot.ts'
import { readServerLog } from '#web/livestore/hydration/server-log.ts'
import { factsOf } from '#web/livestore/hydration/snapshot-facts.ts'
import { fileToImages, imagesToFile } from '#web/livestore/hydration/snapshot-file.ts'
import { type Surroundings, takeSnapshot } from '#web/livestore/hydration/take-snapshot.ts'

const { storeId } = start
const stamp = { at: new Date('2026-03-02'), actorId: 'ada', deviceId: 'laptop' }
const options = { workspaceId: 'w1', now: new Date('2026-03-01'), actorId: 'ada', deviceId: 'laptop', cell: 'c1' }
const log = logOf(personaSchema, sampleWorkspace(options).personas[0]!.events)
const pageLength = 7
let sealed: Awaited<ReturnType<typeof sealedLogOf>>

beforeAll(async () => {
  sealed = await sealedLogOf(log)
})

/** A server that signs up to `end`, and what it was asked for. */
const serverWith = (entries: readonly Entry[], end = entries.length) => {
  const asked: number[] = []
  const readPage = async (after: number): Promise<LogPage> => {
    asked.push(after)
    const page = entries.slice(after, Math.min(after + pageLength, end))
    return {
      start,
      after: { seq: after, hash: entries[after - 1]?.hash ?? null },
      entries: page,
      more: after + page.length < end,
      checkpoints: [await checkpointAt(server, entries[end - 1]!)],
    }
  }
  return { asked, readPage }
}

type ReadPage = ReturnType<typeof serverWith>['readPage']

const around = (of: typeof sealed, readPage: ReadPage, anchors: readonly Anchor[] = []): Surroundings => ({
  schema: personaSchema,
  openDatabase,
  now: options.now,
  table: of.table.table,
  readLog: (from) => (take) =>
    readServerLog({
      storeId,
      keys: of.keys,
      readPage,
      witness: { known: undefined, anchors },
      from,
      fewest: 1,
      take: async (events) => {
        expect(take(events)).toBeUndefined()
      },
    }),
  onProgress: () => undefined,
})

/** A snapshot up to event `seq`, as another device of this person finds it in the workspace. */
const takenAt = async (of: typeof sealed, seq: number) => {
  const taken = await takeSnapshot(storeId, around(of, serverWith(of.entries, seq).readPage))
  if (taken instanceof Error) throw taken
  const file = { keyId: 'k'.repeat(22), sha256: 'ab', bytes: taken.file.byteLength, chunkBytes: 1000 }
  const workspace = await workspaceStoreWith(noteSnapshot('ada', { ...factsOf(taken), file }, stamp))
  const snapshot = workspace.query(snapshotOf$('ada'))
  await workspace.shutdownPromise()
  return { file: taken.file, snapshot: snapshot! }
}

type Taken = Awaited<ReturnType<typeof takenAt>>

const from = (of: typeof sealed, { snapshot, file }: Taken, readPage: ReadPage, anchors?: readonly Anchor[]) =>
  hydrateFromSnapshot(storeId, snapshot, around(of, readPage, anchors), async () => file)

/** As a device has it that read all of it. */
const whole = async (of: typeof sealed) => {
  const surroundings = around(of, serverWith(of.entries).readPage)
  const hydration = openHydration(surroundings)
  const verified = await surroundings.readLog(undefined)(hydration.add)
  const images = hydration.finish(start.logId)
  hydration.close()
  return { ...images, verified }
}

test.each([1, 8, Math.floor(log.length / 2), log.length])(
  '[EP2] [EP3] a device that opens a snapshot of event %i has what one has that read all of the log, and asks for nothing before it',
  async (seq) => {
    const { asked, readPage } = serverWith(sealed.entries)
    const made = await from(sealed, await takenAt(sealed, seq), readPage)
    if (made instanceof Error) throw made
    const { eventlog, state, verified } = await whole(sealed)
    expect(rowsOf(made.eventlog)).toEqual(rowsOf(eventlog))
    expect(rowsOf(made.state)).toEqual(rowsOf(state))
    expect(made.verified).toEqual(verified)
    expect(Math.min(...asked)).toBe(seq)
  },
)

test('[EP4] a snapshot of another LiveStore, another store or another log is not used, nor one that was changed or cut short', async () => {
  const { readPage } = serverWith(sealed.entries)
  const taken = await takenAt(sealed, 20)
  const { snapshot, file } = taken
  const changed = (more: Partial<Snapshot>) => from(sealed, { file, snapshot: { ...snapshot, ...more } }, readPage)
  expect(await changed({ form: snapshot.form.replace('0.4.0 ', '0.4.1 ') })).toBeInstanceOf(Error)
  expect(await changed({ form: snapshot.form.replace('0.4.0 6 ', '0.4.0 7 ') })).toBeInstanceOf(Error)
  expect(await changed({ statement: snapshot.statement.replace(storeId, 'persona_eve') })).toBeInstanceOf(Error)
  expect(await changed({ statement: snapshot.statement.replace(start.logId, 'another') })).toBeInstanceOf(Error)
  expect(await changed({ seq: 21 })).toBeInstanceOf(Error)
  expect(await changed({ keyRows: snapshot.keyRows - 1 })).toBeInstanceOf(SnapshotClosed)
  const altered = file.slice()
  altered[100]! ^= 1
  for (const bytes of [altered, file.slice(0, -1), file.slice(0, 5)])
    expect(await from(sealed, { snapshot, file: bytes }, readPage)).toBeInstanceOf(SnapshotClosed)
})

test('[EP5] where the server’s log does not go on from what was verified, the snapshot is not used', async () => {
  const { entries } = sealed
  const taken = await takenAt(sealed, 20)
  const rewritten = rechained(entries.with(4, { ...entries[4]!, acceptedAt: 1 }))
  expect(await from(sealed, taken, serverWith(rewritten).readPage)).toBeInstanceOf(Error)
  const altered = entries.with(30, { ...entries[30]!, acceptedAt: 1 })
  expect(await from(sealed, taken, serverWith(altered).readPage)).toBeInstanceOf(Error)
  expect(await from(sealed, taken, serverWith(entries, 15).readPage)).toBeInstanceOf(Error)
  const seen = await anchorAt(await newSigner(), await checkpointAt(server, entries.at(-1)!))
  expect(await from(sealed, taken, serverWith(entries, 30).readPage, [seen])).toBeInstanceOf(Error)
})

const memories = log.flatMap(({ name, args }) =>
  name === 'v1.MemoryAdded' ? [args as { readonly memoryId: string; readonly content: string }] : [],
)

test('[EP6] a snapshot opens no more once the key of anything in it is destroyed; what comes later does not close it', async () => {
  const of = await sealedLogOf(log)
  const { readPage } = serverWith(of.entries)
  const taken = await takenAt(of, 20)
  await of.keys.toSeal(new Set([subjectNamed('memoryId', 'new')]))
  expect(await from(of, taken, readPage)).not.toBeInstanceOf(Error)
  const [keyId] = await of.keys.namesOf([subjectNamed('memoryId', memories[0]!.memoryId)])
  of.table.destroy(keyId!)
  expect(await from(of, taken, readPage)).toBeInstanceOf(SnapshotClosed)
})

test('[EP7] what was erased before is not in a snapshot, and one that is made while something is erased is given up', async () => {
  const { memoryId, content } = memories[0]!
  const of = await sealedLogOf(log, [memoryId])
  const taken = await takenAt(of, log.length)
  const made = await from(of, taken, serverWith(of.entries).readPage)
  if (made instanceof Error) throw made
  for (const image of [made.eventlog, made.state]) expect(Buffer.from(image).includes(content)).toBe(false)
  expect(Buffer.from(made.state).includes(memories[1]!.content)).toBe(true)

  const { readPage } = serverWith(of.entries)
  const [another] = await of.keys.namesOf([subjectNamed('memoryId', memories[1]!.memoryId)])
  const whileErasing = async (after: number) => {
    if (after > 0) of.table.destroy(another!)
    return readPage(after)
  }
  expect(await takeSnapshot(storeId, around(of, whileErasing))).toMatchObject({
    message: 'Something was erased meanwhile.',
  })
})

test('[EP8] the bytes of a snapshot open by all keys of the store, and say nothing to who has none', async () => {
  const { file, snapshot } = await takenAt(sealed, log.length)
  expect(Buffer.from(file).includes(memories[0]!.content)).toBe(false)
  const rows = await rowsOfTable(sealed.table.table)
  expect(snapshot.keyRows).toBe(rows.length)
  expect(await openSnapshot(await snapshotKeyFrom(storeId, rows), file)).toBeInstanceOf(Uint8Array)
  expect(await openSnapshot(await snapshotKeyFrom('persona_eve', rows), file)).toBeInstanceOf(SnapshotClosed)
  expect(await openSnapshot(await snapshotKeyFrom(storeId, rows.slice(1)), file)).toBeInstanceOf(SnapshotClosed)
})

test.each([8, log.length])(
  '[EP14] of a snapshot of event %i that a version with other tables made the log is taken, and the state made of it',
  async (seq) => {
    const { asked, readPage } = serverWith(sealed.entries)
    const { file, snapshot } = await takenAt(sealed, seq)
    const key = await snapshotKeyFrom(storeId, await rowsOfTable(sealed.table.table))
    const images = await fileToImages(file, key, snapshot.eventlogBytes)
    if (images instanceof SnapshotClosed) throw images
    const otherFile = await imagesToFile({ ...images, state: new TextEncoder().encode('other tables') }, key)
    const other = { ...snapshot, form: snapshot.form.replace(/state.*$/, 'state1.db') }
    const made = await from(sealed, { file: otherFile, snapshot: other }, readPage)
    if (made instanceof Error) throw made
    const { eventlog, state, verified } = await whole(sealed)
    expect(rowsOf(made.eventlog)).toEqual(rowsOf(eventlog))
    expect(rowsOf(made.state)).toEqual(rowsOf(state))
    expect(made.verified).toEqual(verified)
    expect(Math.min(...asked)).toBe(seq)
  },
)
