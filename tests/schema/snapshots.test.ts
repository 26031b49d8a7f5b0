import { expect, test } from 'vitest'
import { isSnapshotDue, isSnapshotOfUse, noteSnapshot } from '#schema/snapshots/commands.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T10:00:00.000Z'), actorId: 'ada', deviceId: 'laptop' }
const made = {
  seq: 20_000,
  firstEpoch: 1,
  checkpoint: { statement: '{}', publicKey: 'server', signature: 'signed' },
  form: '0.4.0 6 /state1.db',
  eventlogBytes: 8192,
  keyRows: 12,
  file: { keyId: 'key', sha256: 'ab', bytes: 1_200_000, chunkBytes: 1_048_576 },
}
const later = { ...made, seq: 100, file: { ...made.file, sha256: 'cd' } } // of a log that was begun anew

test('[EP9] every device of a person knows the newest snapshot of each persona; of an erased one there is none', async () => {
  const store = await workspaceStoreWith(
    noteSnapshot('ada', made, stamp),
    noteSnapshot('eve', made, stamp),
    noteSnapshot('ada', later, stamp),
  )
  expect(store.query(snapshotOf$('ada'))).toMatchObject({ seq: 100, sha256: 'cd', madeAt: stamp.at })
  expect(store.query(snapshotOf$('bob'))).toBeNull()
  commit(
    store,
    workspaceEvents.personasErased({
      erasureId: 'e1',
      personaIds: ['ada'],
      erasedAt: stamp.at,
      actorId: 'ada',
      deviceId: 'laptop',
    }),
    noteSnapshot('ada', made, stamp),
  )
  expect(store.query(snapshotOf$('ada'))).toBeNull()
  expect(store.query(snapshotOf$('eve'))).toMatchObject({ seq: 20_000 })
})

test('[EP10] a snapshot can be made of a log of 2000 events, and is suggested once 20 000 lie after the last one', () => {
  expect([1999, 2000].map(isSnapshotOfUse)).toEqual([false, true])
  expect(isSnapshotDue(19_999, null)).toBe(false)
  expect(isSnapshotDue(20_000, null)).toBe(true)
  expect(isSnapshotDue(39_999, made)).toBe(false)
  expect(isSnapshotDue(40_000, made)).toBe(true)
})
