import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { memoryEvents } from '#schema/memories/events.ts'
import { timesOf } from '#schema/stores/event-times.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { type LeftOut, leftOutOf, materializersUnder, type Policies } from '#schema/stores/what-if.ts'
import { logOf } from '#tests/support/log-events.ts'
import { historyOf } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'
import type { Fact } from '#tests/support/stores.ts'

const log = logOf(personaSchema, sampleEvents)
const times = timesOf(personaSchema, log)
const nothing: LeftOut = { numbers: [], names: [], devices: [], since: null, until: null }
const out = (leftOut: Partial<LeftOut>) => [...leftOutOf(log, times, { ...nothing, ...leftOut })]

test('[WI3] events are left out by their numbers, one by one or from one to another', () => {
  expect(out({})).toEqual([])
  expect(
    out({
      numbers: [
        [2, 2],
        [5, 7],
      ],
    }),
  ).toEqual([2, 5, 6, 7])
})

test('[WI3] events are left out by name, device and time: by all of these that are given', () => {
  const named = log.filter(({ name }) => name === 'v1.MemoryAdded').map(({ seqNum }) => seqNum)
  expect(out({ names: ['v1.MemoryAdded'] })).toEqual(named)
  expect(out({ names: ['v1.MemoryAdded'], devices: ['laptop'] })).toEqual(named)
  expect(out({ names: ['v1.MemoryAdded'], devices: ['phone'] })).toEqual([])
  fc.assert(
    fc.property(fc.nat(log.length - 1), fc.nat(log.length - 1), (a, b) => {
      const [since, until] = [times[Math.min(a, b)]!, times[Math.max(a, b)]!]
      const within = log.filter((_, index) => times[index]! >= since && times[index]! <= until)
      expect(out({ since, until })).toEqual(within.map(({ seqNum }) => seqNum))
    }),
  )
})

const day = 86_400_000
const start = Date.parse('2026-01-01T10:00:00Z')
const now = start + 100 * day
const stamped = { personaId: 'p1', actorId: 'ada', deviceId: 'laptop' }

const added = (memoryId: string, importance: number, daysAgo: number) =>
  memoryEvents.memoryAdded({
    ...stamped,
    memoryId,
    content: memoryId,
    importance,
    kind: 'fact',
    tags: [],
    sourceEventIds: [],
    occurredAt: new Date(start),
    addedAt: new Date(now - daysAgo * day),
  })
const weighed = (memoryId: string, importance: number, daysAgo: number) =>
  memoryEvents.memoryImportanceRevised({
    ...stamped,
    memoryId,
    importance,
    revisedAt: new Date(now - daysAgo * day),
  })

/** Each memory under these policies: what it weighs, and how many days ago it was forgotten. */
const memoriesUnder = (policies: Partial<Policies>, facts: readonly Fact[]) => {
  const instead = materializersUnder({ importance: null, retention: null, ...policies }, now)
  const history = historyOf(personaSchema, logOf(personaSchema, facts), { instead, every: 2 })
  const state = history.stateAt(history.head)
  const rows = state.db.all('select memoryId, importance, forgottenAt from memories order by memoryId')
  state.close()
  expect(history.failure).toBeUndefined()
  return rows.map(({ memoryId, importance, forgottenAt }) => [
    memoryId,
    importance,
    forgottenAt === null ? null : (now - Number(forgottenAt)) / day,
  ])
}

test('[WI4] under another policy of importance, each memory weighs so many times as much, within the floor and 1', () => {
  const facts = [added('a', 0.2, 3), added('b', 0.8, 2), weighed('a', 0.4, 1)]
  const imported = memoryEvents.memoriesImported({
    ...stamped,
    importId: 'i1',
    importedAt: new Date(now),
    memories: [
      {
        memoryId: 'c',
        content: 'c',
        importance: 0.1,
        kind: 'fact',
        tags: [],
        sourceEventIds: [],
        occurredAt: new Date(start),
      },
    ],
  })
  expect(memoriesUnder({ importance: { factor: 2, floor: 0.3 } }, [...facts, imported])).toEqual([
    ['a', 0.8, null],
    ['b', 1, null],
    ['c', 0.3, null],
  ])
  expect(memoriesUnder({}, facts)).toEqual([
    ['a', 0.4, null],
    ['b', 0.8, null],
  ])
})

test('[WI5] under another policy of retention, memories older than so many days are forgotten unless they weigh more', () => {
  const retention = { days: 30, above: 0.5 }
  const facts = [
    added('old', 0.2, 60),
    added('raised', 0.2, 60),
    added('lowered', 0.9, 60),
    added('weighty', 0.9, 60),
    added('young', 0.2, 10),
    weighed('raised', 0.7, 5),
    weighed('lowered', 0.1, 5),
  ]
  expect(memoriesUnder({ retention }, facts)).toEqual([
    ['lowered', 0.1, 30],
    ['old', 0.2, 30],
    ['raised', 0.7, null],
    ['weighty', 0.9, null],
    ['young', 0.2, null],
  ])
})

test('[WI5] a memory that a person forgot, or brought back, stays so whatever the policy is', () => {
  const batch = { ...stamped, batchId: 'b1' }
  const facts = [
    added('forgotten', 0.9, 60),
    added('back', 0.2, 60),
    memoryEvents.memoriesForgotten({ ...batch, memoryIds: ['forgotten', 'back'], forgottenAt: new Date(now - day) }),
    memoryEvents.memoriesRestored({ ...batch, memoryIds: ['back'], restoredAt: new Date(now) }),
  ]
  expect(memoriesUnder({ retention: { days: 30, above: 0.5 } }, facts)).toEqual([
    ['back', 0.2, null],
    ['forgotten', 0.9, 1],
  ])
})

test('[WI4] both policies hold at once: what is forgotten goes by what a memory weighs in that world', () => {
  const facts = [added('a', 0.3, 60), added('b', 0.1, 60)]
  const policies = { importance: { factor: 2, floor: 0 }, retention: { days: 30, above: 0.5 } }
  expect(memoriesUnder(policies, facts)).toEqual([
    ['a', 0.6, null],
    ['b', 0.2, 30],
  ])
})
