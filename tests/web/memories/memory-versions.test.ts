import { expect, test } from 'vitest'
import { otherChanges, toMemoryVersion } from '#web/features/memories/memory-versions.ts'

const memory = { memoryId: 'm1', kind: 'fact', importance: 0.5, forgottenAt: null }
const event = { seqNum: 1, eventName: 'v1.MemoriesTiered', at: 0, actorId: 'ada', deviceId: 'laptop' }
const shares = { importance: 0.225, recency: 0.135, reinforced: 0, recalled: 0 }
const tiered = { tier: 'warm', ...shares, days: 80, reinforcements: 0, recalls: 0, hotFrom: 0.45, warmFrom: 0.25 }

test('[TI6] the history of a memory says why it changed its tier', () => {
  const { said: before } = toMemoryVersion({ ...event, rows: { memories: [memory] } })
  const { said: after } = toMemoryVersion({ ...event, rows: { memories: [memory], memoryTiers: [tiered] } })
  expect(otherChanges(before, after)).toEqual([
    'Hot → Warm: it scores 0.360, and hot begins at 0.45. Importance gives 0.225; being written 80 days ago gives 0.135; nobody reinforced it; no answer used it.',
  ])
  expect(otherChanges(after, before)).toEqual(['Warm → Hot'])
})

test('[TI14] the history of a memory says that it was pinned, and until when it was true', () => {
  const rows = { memories: [memory], memoryPins: [{ memoryId: 'm1' }], memoryValidities: [{ validUntil: 0 }] }
  const { said: before } = toMemoryVersion({ ...event, rows: { memories: [memory] } })
  expect(otherChanges(before, toMemoryVersion({ ...event, rows }).said)).toEqual([
    'True until: now → 1970-01-01',
    'Pinned.',
  ])
})
