import { expect, test } from 'vitest'
import { problemsIn } from '#web/features/verify/problems.ts'
import { soundSentence } from '#web/features/verify/verify-sentences.ts'
import { compareLogs, together } from '#web/services/history/compare-logs.ts'
import type { ShardReport } from '#web/services/history/verify-shard.ts'

const event = (seqNum: number, name: string, args: unknown = {}) => ({ seqNum, name, args })
const here = new Map([
  [1, event(1, 'v1.PersonaCreated', { name: 'Ada', hue: 3 })],
  [2, event(2, 'v1.MemoryAdded', { memoryId: 'm1' })],
  [3, event(3, 'v1.MemoryAdded', { memoryId: 'm2' })],
])

test('[VF2] events are held side by side as far as both go, in whatever order their fields were written', () => {
  const there = [event(1, 'v1.PersonaCreated', { hue: 3, name: 'Ada' }), event(4, 'v1.MemoryAdded')]
  expect(compareLogs(here, 3, there)).toEqual({ compared: 1, erased: 0, unlike: [] })
})

test('[VF2] what was erased and is still here is no difference; what is otherwise, or not here, is named', () => {
  const first = compareLogs(here, 4, [event(1, 'v1.PersonaCreated', { name: 'Eve', hue: 3 }), event(2, 'v1.Erased')])
  const second = compareLogs(here, 4, [event(3, 'v1.MemoriesForgotten'), event(4, 'v1.MemoryAdded')])
  const logs = together(first, second)
  expect(logs).toMatchObject({ compared: 4, erased: 1 })
  expect(problemsIn({ logs }).flatMap(({ sentences }) => sentences)).toEqual([
    'Event 1 (v1.PersonaCreated) says something else here than on the server.',
    'Event 3 is v1.MemoryAdded here and v1.MemoriesForgotten on the server.',
    'Event 4 (v1.MemoryAdded) is not on this device.',
  ])
})

const hashes = (hash: string) => ({ hash, tables: new Map([['memories', hash]]) })
const same = { rebuilt: hashes('a'), kept: hashes('a'), differences: [] }

test('[VF5] two rebuilds that differ name the tables, and whose fault it is', () => {
  const state = { rebuilt: hashes('a'), again: hashes('b'), kept: same, shown: same }
  expect(problemsIn({ state })).toMatchObject([
    { where: 'log', sentences: ['The table memories was made otherwise the second time.'] },
  ])
})

test('[VF5] a log that cannot be replayed to its end says at which event', () => {
  const failure = 'Event 7 (v1.MemoryAdded) cannot be replayed: no memoryId'
  const overview = { head: 6, confirmed: 6, numbers: [], times: [], skipped: new Map(), failure }
  expect(problemsIn({ overview })).toMatchObject([{ where: 'log', sentences: [failure] }])
})

test('[VF4] when nothing is wrong, one sentence says so with numbers', () => {
  const start = { storeId: 'persona_ada', epoch: 1, logId: 'l1' }
  const checkpoint = { statement: '', publicKey: 'k', signature: '' }
  const report = {
    overview: { head: 1284, confirmed: 1284, numbers: [], times: [], skipped: new Map(), failure: null },
    server: {
      verified: { start, seq: 1284, hash: 'h', serverKey: 'abcdefghijkl', checkpoint },
      contradictions: [],
    },
    logs: { compared: 1284, erased: 0, unlike: [] },
    state: { rebuilt: hashes('a'), again: hashes('a'), kept: same, shown: same },
  } as unknown as ShardReport // without what no sentence is about
  expect(problemsIn(report)).toEqual([])
  expect(soundSentence(report)).toBe(
    'Nothing is wrong: 1,284 events, equal on this device up to event 1,284; the last checkpoint is of event 1,284, signed by the server’s key abcdefgh…',
  )
})
