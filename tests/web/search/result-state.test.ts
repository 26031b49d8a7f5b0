import { expect, test } from 'vitest'
import type { SearchHit } from '#schema/stores/search-find.ts'
import type { Outcome } from '#web/features/search/asker.ts'
import { hitPlace } from '#web/features/search/hit-place.ts'
import { resultStateOf } from '#web/features/search/result-state.ts'
import type { Indexing } from '#web/services/search/search.ts'

const whole: Indexing = { shards: 40, done: 40, isBusy: false, problem: null }
const nothing = (typed: string): Outcome => ({
  question: { typed, limit: 12, order: 'best' },
  answer: { groups: [], counts: new Map(), notes: [], wanted: [] },
})
const kindOf = (typed: string, outcome: Outcome | undefined, indexing: Partial<Indexing> = {}) =>
  resultStateOf(typed, outcome, { ...whole, ...indexing }).kind

test('[SP8] that nothing was found is said only where everything was searched', () => {
  expect(kindOf('tea', nothing('tea'))).toBe('nothing')
  expect(kindOf('tea', nothing('tea'), { done: 12, isBusy: true })).toBe('notYet')
  expect(kindOf('tea', nothing('tea'), { done: 12 })).toBe('notYet')
  expect(kindOf('tea', nothing('tea'), { isBusy: true })).toBe('notYet')
  expect(kindOf('tea', nothing('tea'), { problem: 'There is no space.' })).toBe('notYet')
  expect(kindOf('tea', undefined)).toBe('asking')
  expect(kindOf('', undefined)).toBe('blank')
})

test('[SP8] operators alone, or what holds no letter, are nothing to look for', () => {
  expect(kindOf('from: ()', nothing('from: ()'))).toBe('nothingAsked')
  expect(kindOf('"""', nothing('"""'))).toBe('nothingAsked')
  expect(kindOf('from:ada', nothing('from:ada'))).toBe('nothing')
})

test('[SP15] why there is no answer is said as it was told', () => {
  const failed = { question: { typed: 'tea', limit: 12, order: 'best' }, reason: 'The index is damaged.' } as const
  expect(resultStateOf('tea', failed, whole)).toEqual({ kind: 'failed', reason: 'The index is damaged.' })
})

test('[SP5] a hit opens in its place', () => {
  const place = (type: SearchHit['type']) => hitPlace({ personaId: 'ada', type, id: 'x1', conversationId: 'c1' })
  expect(place('message')).toBe('/p/ada/chats/c1?message=x1&branch=open')
  expect(place('memory')).toBe('/p/ada/memories?memory=x1')
  expect(place('conversation')).toBe('/p/ada/chats/x1')
  expect(place('attachment')).toBe('/p/ada/files?file=x1')
})
