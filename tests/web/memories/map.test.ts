import { expect, test } from 'vitest'
import { randomFrom } from '#schema/shared/random.ts'
import { arrangeSteps } from '#web/features/memories/map/arrange.ts'
import { meaningsOf } from '#web/features/memories/map/meanings.ts'
import { nearestTo } from '#web/features/memories/map/nearest.ts'
import { regionsOf } from '#web/features/memories/map/regions.ts'
import { wordVectorsOf } from '#web/features/memories/map/word-vectors.ts'

const subjects = [
  ['garden', 'tomatoes', 'watering', 'seeds', 'compost', 'spade', 'harvest'],
  ['violin', 'concert', 'rehearsal', 'melody', 'orchestra', 'strings', 'composer'],
  ['train', 'ticket', 'station', 'journey', 'platform', 'luggage', 'timetable'],
] as const
/** Sentences of three words of one subject each, one subject after the other. */
const texts = Array.from({ length: 90 }, (_, n) => {
  const words = subjects[n % 3]!
  return [0, 1, 2].map((at) => words[(n * 5 + at * 2 + Math.floor(n / 7)) % words.length]).join(' ')
})
const nowhere = (count: number) => new Float32Array(2 * count).fill(Number.NaN)

const arranged = (given: readonly string[], places = nowhere(given.length)) => {
  const steps = arrangeSteps({ texts: given, places })
  const parts: number[] = []
  for (;;) {
    const step = steps.next()
    if (step.done === true) return { ...step.value, parts }
    parts.push(step.value)
  }
}

test('[GR10] texts that share words are near each other, by words and by words that go with them', () => {
  const vectors = wordVectorsOf(texts)
  expect(vectors.words).toContain('tomatoes')
  const meanings = meaningsOf(vectors, 8, randomFrom(1))
  const rows = texts.map((_, row) => row)
  for (const row of rows) {
    const near = nearestTo(meanings, 8, row, rows, 5)
    expect(near.rows).not.toContain(row)
    expect(near.rows.filter((other) => other % 3 !== row % 3)).toEqual([])
    expect([...near.distances].sort((one, other) => one - other)).toEqual(near.distances)
  }
  const { places } = arranged(texts)
  const apart = (one: number, other: number) =>
    Math.hypot(places[2 * one]! - places[2 * other]!, places[2 * one + 1]! - places[2 * other + 1]!)
  const nearest = rows.map(
    (row) => rows.filter((other) => other !== row).sort((a, b) => apart(row, a) - apart(row, b))[0]!,
  )
  expect(nearest.filter((other, row) => other % 3 === row % 3).length).toBeGreaterThan(80)
})

test('[GR11] the same texts make the same map; a few new ones find their place and move nothing', () => {
  const { places } = arranged(texts)
  expect(arranged(texts).places).toEqual(places)
  const more = [...texts, 'compost and seeds for the garden']
  const kept = nowhere(more.length)
  kept.set(places)
  const after = arranged(more, kept).places
  expect(after.subarray(0, places.length)).toEqual(places)
  expect([...after].every(Number.isFinite)).toBe(true)
})

test('[GR12] what shares no word with any other stands on a rim around the rest', () => {
  const { places, apart } = arranged([...texts, 'quixotic', '', 'the and of'])
  expect(apart).toEqual([90, 91, 92])
  const xs = Array.from({ length: 90 }, (_, row) => places[2 * row]!)
  const ys = Array.from({ length: 90 }, (_, row) => places[2 * row + 1]!)
  const [x, y] = [xs, ys].map((all) => all.reduce((sum, one) => sum + one, 0) / all.length) as [number, number]
  const farthest = Math.max(...xs.map((one, row) => Math.hypot(one - x, ys[row]! - y)))
  for (const row of apart) expect(Math.hypot(places[2 * row]! - x, places[2 * row + 1]! - y)).toBeGreaterThan(farthest)
})

test('[GR13] arranging tells how much is done, never less than before; few texts and none are arranged too', () => {
  const { parts } = arranged(texts)
  expect(parts.length).toBeGreaterThan(50)
  expect([...parts].sort((one, other) => one - other)).toEqual(parts)
  expect(Math.max(...parts)).toBeLessThanOrEqual(1)
  for (const count of [0, 1, 2, 5, 9]) {
    const { places } = arranged(texts.slice(0, count))
    expect([...places].every(Number.isFinite)).toBe(true)
  }
})

test('[GR14] a region is named after words that are frequent in it and rare elsewhere, and no two alike', () => {
  const { places, apart } = arranged(texts)
  const regions = regionsOf(texts, places, apart)
  expect(regions.length).toBeGreaterThan(1)
  expect(new Set(regions.map(({ name }) => name)).size).toBe(regions.length)
  const words: readonly string[] = subjects.flat()
  for (const { name } of regions) expect(name.split(' · ').every((word) => words.includes(word))).toBe(true)
  expect(regionsOf(['one', 'two'], new Float32Array(4), [])).toEqual([])
})
