import { expect, test } from 'vitest'
import { anchorCheckpoint, isAnchorDue } from '#schema/anchors/commands.ts'
import { anchorsOf$ } from '#schema/anchors/queries.ts'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T10:00:00.000Z'), actorId: 'actor', deviceId: 'laptop' }
const checkpoint = { statement: '{}', publicKey: 'server', signature: 'signed' }
const signed = { checkpoint, devicePublicKey: 'device', deviceSignature: 'signed too' }

test('[PF19] what a device saw of a log is kept once, by persona or for the workspace itself', async () => {
  const anchor = anchorCheckpoint({ ...signed, personaId: 'ada', seq: 300 }, stamp)
  const newer = anchorCheckpoint({ ...signed, personaId: 'ada', seq: 600 }, { ...stamp, deviceId: 'phone' })
  const own = anchorCheckpoint({ ...signed, personaId: undefined, seq: 40 }, stamp)
  const store = await workspaceStoreWith(anchor, newer, own, anchor)
  expect(store.query(anchorsOf$('ada')).map(({ seq, deviceId }) => [seq, deviceId])).toEqual([
    [600, 'phone'],
    [300, 'laptop'],
  ])
  expect(store.query(anchorsOf$(undefined))).toMatchObject([{ seq: 40, ...checkpoint, devicePublicKey: 'device' }])
})

test('[PF19] of an erased persona no anchor is kept', async () => {
  const anchor = anchorCheckpoint({ ...signed, personaId: 'ada', seq: 300 }, stamp)
  const erased = workspaceEvents.personasErased({
    erasureId: 'e1',
    personaIds: ['ada'],
    erasedAt: stamp.at,
    actorId: 'actor',
    deviceId: 'laptop',
  })
  const store = await workspaceStoreWith(anchor, erased)
  commit(store, anchor)
  expect(store.query(anchorsOf$('ada'))).toEqual([])
})

test('[PF20] an anchor is due after 256 events, or after a day on which there was one', () => {
  const at = (hours: number) => new Date(stamp.at.getTime() + hours * 3_600_000)
  const last = { seq: 100, at: at(0) }
  expect(isAnchorDue(last, { seq: 355, at: at(23) })).toBe(false)
  expect(isAnchorDue(last, { seq: 356, at: at(0) })).toBe(true)
  expect(isAnchorDue(last, { seq: 101, at: at(24) })).toBe(true)
  expect(isAnchorDue(last, { seq: 100, at: at(2400) })).toBe(false)
})
