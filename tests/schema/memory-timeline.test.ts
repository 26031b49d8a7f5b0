import { expect, test } from 'vitest'
import { addMemory, forgetMemories } from '#schema/memories/commands.ts'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import { type ClockChange, memoriesOfPeriod$, memoryDensity$, memoryTimes$ } from '#schema/memories/timeline-queries.ts'
import { personaStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const utc: readonly ClockChange[] = [{ from: 0, ahead: 0 }]
const hour = 3_600_000
const added = (memoryId: string, occurredAt: string, changed: { kind?: string; tags?: string[]; at?: Date } = {}) => {
  const { at = stamp.at, kind = 'fact', tags = [] } = changed
  const draft = { content: `About ${memoryId}`, importance: 0.5, kind, tags, occurredAt: new Date(occurredAt) }
  return addMemory('p1', memoryId, draft, { ...stamp, at })
}
const dayOf = (date: string) => Date.parse(date) / 86_400_000

test('[TL1] a day counts its memories by kind, on the person’s clock, also where it changes', async () => {
  // Berlin: an hour ahead, and two from 29 March 2026, 01:00 UTC.
  const spring = Date.parse('2026-03-29T01:00:00Z')
  const berlin = [
    { from: Date.parse('2026-01-01T00:00:00Z'), ahead: hour },
    { from: spring, ahead: 2 * hour },
  ]
  const store = await personaStoreWith(
    added('m1', '2026-03-27T22:59:59.999Z'), // 27th, 23:59:59
    added('m2', '2026-03-27T23:00:00Z'), // 28th, midnight
    added('m3', '2026-03-29T21:59:59.999Z'), // 29th, a day of 23 hours, has not ended
    added('m4', '2026-03-29T22:00:00Z', { kind: 'event' }), // 30th
    added('m5', '2026-03-30T21:00:00Z'),
    added('m6', '1969-12-31T12:00:00Z'), // before anything is counted from
  )
  const days = JSON.parse(store.query(memoryDensity$({}, 'occurredAt', berlin)))
  expect(days).toEqual([
    [-1, 'fact', 1],
    [dayOf('2026-03-27'), 'fact', 1],
    [dayOf('2026-03-28'), 'fact', 1],
    [dayOf('2026-03-29'), 'fact', 1],
    [dayOf('2026-03-30'), 'event', 1],
    [dayOf('2026-03-30'), 'fact', 1],
  ])
})

test('[TL2] the days follow every filter but that of times', async () => {
  const store = await personaStoreWith(
    added('m1', '2026-01-01T10:00:00Z', { tags: ['tea'] }),
    added('m2', '2026-01-01T12:00:00Z', { kind: 'event' }),
    added('m3', '2026-02-01T12:00:00Z'),
    forgetMemories('p1', ['m3'], 'b1', stamp),
  )
  const total = (filter: MemoryFilter) =>
    // Rows of the query: day, kind, count.
    (JSON.parse(store.query(memoryDensity$(filter, 'occurredAt', utc))) as [number, string, number][]).reduce(
      (sum, [, , count]) => sum + count,
      0,
    )
  expect(total({})).toBe(2)
  expect(total({ kind: 'event' })).toBe(1)
  expect(total({ tag: 'tea' })).toBe(1)
  expect(total({ forgotten: true })).toBe(1)
  expect(total({ from: new Date('2027-01-01'), addedTo: new Date('2000-01-01') })).toBe(2)
  expect(store.query(memoryDensity$({ text: 'nowhere' }, 'occurredAt', utc))).toBe('[]')
  expect(store.query(memoryTimes$('occurredAt', false))).toEqual({
    first: Date.parse('2026-01-01T10:00:00Z'),
    last: Date.parse('2026-01-01T12:00:00Z'),
  })
  expect(store.query(memoryTimes$('addedAt', true)).first).toBe(stamp.at.getTime())
})

test('[TL9] the memories of a period come oldest first, by when they were true or by when they were learnt', async () => {
  const store = await personaStoreWith(
    added('m1', '2020-01-03T00:00:00Z', { at: new Date('2026-01-01T00:00:00Z') }),
    added('m2', '2020-01-02T00:00:00Z', { at: new Date('2026-01-02T00:00:00Z') }),
    added('m3', '2020-01-04T00:00:00Z', { at: new Date('2026-01-03T00:00:00Z') }),
  )
  const ids = (time: 'occurredAt' | 'addedAt', from: string, to: string, limit = 10) =>
    store
      .query(memoriesOfPeriod$({}, time, { from: new Date(from), to: new Date(to) }, limit))
      .map(({ memoryId }) => memoryId)
  expect(ids('occurredAt', '2020-01-02', '2020-01-04')).toEqual(['m2', 'm1'])
  expect(ids('addedAt', '2026-01-01', '2026-01-04')).toEqual(['m1', 'm2', 'm3'])
  expect(ids('addedAt', '2026-01-01', '2026-01-04', 2)).toEqual(['m1', 'm2'])
})
