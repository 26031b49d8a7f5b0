import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { bytesAt } from '#bundle/byte-source.ts'
import { allOf, rowsOf } from '#bundle/contents.ts'
import { openBundle } from '#bundle/open-bundle.ts'
import { EventClosed, openedEvents } from '#bundle/opened-events.ts'
import { openSecrets, subjectKeysFrom } from '#bundle/secrets.ts'
import { verifyBundle } from '#bundle/verify-bundle.ts'
import type { Entry } from '#proof/chain.ts'
import { verifyLog } from '#proof/verify.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { openReplay } from '#schema/stores/replay.ts'
import { createTables } from '#schema/stores/state-tables.ts'
import { subjectNamed, subjectOf } from '#sealing/subjects.ts'
import { checkpointAt, logOf, rechained, start } from '#tests/proof/logs.ts'
import { logOf as eventsOf } from '#tests/support/log-events.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'
import { bundleOf, partsOf, server, sourceOf } from './bundles.ts'
import { sealedBundleOf } from './sealed-bundle.ts'

vi.setConfig({ testTimeout: 180_000 })

// What a server that is believed signed, and is strange all the same: the chain fits, and so does the manifest.
const length = 40
const parts = await partsOf(length)
const checked = (property: fc.IAsyncProperty<unknown>, numRuns: number) => fc.assert(property, { numRuns })

const verified = async (changed: readonly Entry[]) => {
  const events = rechained(changed)
  const checkpoints = [await checkpointAt(server, events.at(-1)!)]
  const source = sourceOf(await bundleOf({ ...parts, events, checkpoints, anchors: [] }))
  return verifyBundle(source, await openBundle(source))
}

test('[BU13] a clock that ran backwards is named wherever it did, and breaks nothing', () =>
  checked(
    fc.asyncProperty(fc.integer({ min: 2, max: length }), fc.integer({ min: 1, max: 1e9 }), async (n, by) => {
      const before = parts.events[n - 2]!.acceptedAt
      const events = parts.events.map((entry) => (entry.n === n ? { ...entry, acceptedAt: before - by } : entry))
      expect(await verified(events)).toMatchObject({
        isIntact: true,
        isComplete: true,
        findings: [{ kind: 'clockBack', seq: n, by }],
      })
    }),
    40,
  ))

test('[BU13] an entry of a form that is not known is named wherever it stands', () =>
  checked(
    fc.asyncProperty(fc.integer({ min: 1, max: length }), fc.integer({ min: 2, max: 255 }), async (n, format) => {
      const events = parts.events.map((entry) => (entry.n === n ? { ...entry, format } : entry))
      const { isIntact, findings } = await verified(events)
      expect(isIntact).toBe(false)
      expect(findings).toContainEqual({ kind: 'unknownFormat', place: n, format })
    }),
    40,
  ))

const log = eventsOf(personaSchema, sampleEvents)

test('[BU13] an event of a later version is kept and counted, wherever it stands; the others are replayed as ever', () =>
  checked(
    fc.asyncProperty(fc.integer({ min: 2, max: log.length }), async (n) => {
      const later = log.map((event) => (event.seqNum === n ? { ...event, name: `v9.${event.name.slice(3)}` } : event))
      const db = openDatabase()
      createTables(personaSchema, db)
      const replay = openReplay(personaSchema, db)
      for (const event of later) expect(replay.apply(event)).toBeUndefined()
      db.close()
      expect([...replay.skipped.values()]).toEqual([1])
    }),
    20,
  ))

test('[BU13] a key that is missing is named with the first event that it sealed', async () => {
  const memoryIds = log.flatMap(({ name, args }) =>
    name === 'v1.MemoryAdded' ? [(args as { readonly memoryId: string }).memoryId] : [],
  )
  await checked(
    fc.asyncProperty(fc.constantFrom(...memoryIds), async (memoryId) => {
      const sealedBy = subjectNamed('memoryId', memoryId)
      const first = log.find(({ args }) => subjectOf(args) === sealedBy)!
      const source = sourceOf(await sealedBundleOf(log, 'otters', { lost: [memoryId] }))
      const bundle = await openBundle(source)
      const sealed = bundle.entry('secrets.age')!
      const secrets = await openSecrets(await bytesAt(source, sealed.at, sealed.at + sealed.length), start.storeId, {
        passphrase: 'otters',
      })
      if (secrets instanceof Error) throw secrets
      const keys = await subjectKeysFrom(secrets, await allOf(rowsOf(bundle, 'keys.ndjson')))
      if (keys instanceof Error) throw keys
      const opened = allOf(openedEvents(rowsOf(bundle, 'events.ndjson'), keys, start.storeId))
      const closed = await opened.then(
        () => undefined,
        (error: unknown) => error,
      )
      expect(closed).toBeInstanceOf(EventClosed)
      expect(closed).toMatchObject({ seqNum: first.seqNum, missingKey: expect.stringMatching(/^[\w-]{22}$/) })
    }),
    5,
  )
})

test('[BU8] in a log of 100 000 events, one that was changed is named', async () => {
  const long = logOf(100_000)
  const evidence = {
    checkpoints: [await checkpointAt(server, long.at(-1)!)],
    anchors: [],
    seen: [],
    serverKeys: [server.publicKey],
    deviceKeys: [],
  }
  await checked(
    fc.asyncProperty(fc.integer({ min: 1, max: long.length }), async (n) => {
      const { findings, events } = await verifyLog(
        long.map((entry) => (entry.n === n ? { ...entry, session: 'other' } : entry)),
        start,
        evidence,
      )
      expect(events).toBe(100_000)
      expect(findings).toContainEqual({ kind: 'changed', seq: n, what: 'event' })
    }),
    3,
  )
})
