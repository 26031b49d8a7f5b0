import { createHash } from 'node:crypto'
import { cellOnRing, makeRing } from '#schema/placement/ring.ts'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'

const personas = 100_000
const keys = Array.from({ length: personas }, (_, n) => `persona_${idAt(n)}`)
const counts = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]

/** How evenly the ring places, what a cell that comes moves, and what one look costs. */
export const ringBench = async () => {
  const placed = new Map([...counts, 17].map((count) => [count, placeOn(count)]))
  const remainders = new Map([...counts, 17].map((count) => [count, keys.map((key) => `c${hashOf(key) % count}`)]))
  const ring = makeRing(cells(16))
  const lookUp = (cellOf: (key: string) => unknown) => async () => {
    const startedAt = performance.now()
    for (const key of keys) cellOf(key)
    return (1000 * (performance.now() - startedAt)) / personas
  }
  return [
    measured({
      name: 'fullest of 4 to 16 cells on the ring',
      unit: '× the mean',
      ours: counts.map((count) => fullest(placed.get(count) ?? [], count)),
      theirs: counts.map((count) => fullest(remainders.get(count) ?? [], count)),
      baseline: 'SHA-256 of the id by remainder',
      quantile: 1,
      budget: atMost(1.15),
    }),
    measured({
      name: 'moved by one more cell, beyond its share',
      unit: '%',
      ours: counts.map((count) => beyondShare(placed, count)),
      theirs: counts.map((count) => beyondShare(remainders, count)),
      baseline: 'SHA-256 of the id by remainder',
      quantile: 1,
      budget: atMost(2),
    }),
    measured({
      name: 'one look at a ring of 16 cells',
      unit: 'µs',
      ...(await inTurn(
        5,
        lookUp((key) => cellOnRing(ring, key)),
        lookUp(hashOf),
      )),
      baseline: 'SHA-256 of the id alone, by Node',
      budget: atMost(5),
    }),
  ]
}

const cells = (count: number) => Array.from({ length: count }, (_, n) => ({ cellId: `c${n + 1}`, weight: 1 }))

const placeOn = (count: number): readonly string[] => {
  const ring = makeRing(cells(count))
  return keys.map((key) => cellOnRing(ring, key) ?? '')
}

const fullest = (cellIds: readonly string[], count: number) => {
  const held = new Map<string, number>()
  for (const cellId of cellIds) held.set(cellId, (held.get(cellId) ?? 0) + 1)
  return (Math.max(...held.values()) * count) / cellIds.length
}

const beyondShare = (placed: ReadonlyMap<number, readonly string[]>, count: number) => {
  const after = placed.get(count + 1) ?? []
  const moved = (placed.get(count) ?? []).filter((cellId, index) => cellId !== after[index]).length
  return 100 * (moved / personas - 1 / (count + 1))
}

const hashOf = (key: string) => createHash('sha256').update(key).digest().readUInt32BE()

function idAt(n: number) {
  return createHash('sha256').update(String(n)).digest('base64url').slice(0, 21)
}
