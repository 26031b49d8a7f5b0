import { expect, test } from 'vitest'
import { askedFor } from '#web/features/memories/graph/asked.ts'
import { type Bunch, bunchesOf, quietOnes } from '#web/features/memories/graph/bunches.ts'
import { layoutSteps } from '#web/features/memories/graph/layout.ts'
import { networkOf } from '#web/features/memories/graph/network.ts'
import { startPlaces } from '#web/features/memories/graph/start-places.ts'

const kinds = ['fact', 'event', 'plan']
const memory = (n: number, importId: string | null, tags: readonly string[]) => ({
  memoryId: `m${n}`,
  preview: `About ${n}`,
  kind: kinds[n % 3] ?? '',
  importance: (n % 10) / 10,
  tier: 'hot' as const,
  tags,
  importId,
  format: null,
})
/** Of one import 300, by one tag 60, by two tags 30, by none of it 12, and one pair that is linked. */
const memories = Array.from({ length: 404 }, (_, n) => {
  if (n < 300) return memory(n, 'import1', [])
  if (n < 360) return memory(n, 'import1', ['art'])
  return n < 390 ? memory(n, null, ['art', 'pets']) : memory(n, null, [])
})
const ties = [{ how: 'linked' as const, memoryId: 'm402', otherId: 'm403', relation: 'about' }]
const network = networkOf({ memories, ties, conversations: [] })
const bunches = bunchesOf(network)
const sizes = Object.fromEntries(bunches.map(({ middleId, seats }) => [middleId, seats.size]))
const bunchOf = (middleId: string): Bunch => {
  const found = bunches.find((bunch) => bunch.middleId === middleId)
  if (found === undefined) throw new Error(`nothing sits around ${middleId}`)
  return found
}
const importanceOf = (id: string) => memories.find(({ memoryId }) => memoryId === id)?.importance ?? 0

test('[GR18] memories tied to the same and to nothing else sit in one disc, each kind in a sector of it, the important inside', () => {
  // What several things tie, or nothing does, sits around the most important of them; what is linked, in no disc.
  expect(sizes).toEqual({ 'source:import1': 300, 'tag:art': 60, m369: 29, m399: 11 })
  expect(bunchesOf(networkOf({ memories: [...memories].reverse(), ties, conversations: [] }))).toEqual(bunches)
  const seats = [...bunchOf('source:import1').seats]
  for (const kind of kinds) {
    const ofKind = seats.filter(([id]) => memories[Number(id.slice(1))]?.kind === kind)
    const [x, y] = [0, 1].map((axis) => ofKind.reduce((sum, [, seat]) => sum + (axis === 0 ? seat.x : seat.y), 0))
    const towards = ofKind.map(([, seat]) => (seat.x * (x ?? 0) + seat.y * (y ?? 0)) / Math.hypot(seat.x, seat.y))
    // A third of a circle to both sides of its middle.
    expect(Math.min(...towards) / Math.hypot(x ?? 0, y ?? 0)).toBeGreaterThan(0.45)
    const fromInside = ofKind.toSorted(([, one], [, other]) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y))
    const importances = fromInside.map(([id]) => importanceOf(id))
    expect(importances).toEqual(importances.toSorted((one, other) => other - one))
  }
})

test('[GR19] discs go where forces take them, whole and off each other; of more than forty the lines are drawn while they are looked at', () => {
  const laidOut = () => {
    const places = startPlaces(network, bunches, new Map())
    const asked = askedFor(network, bunches, places, false)
    const parts = [...layoutSteps(asked)]
    expect(parts.at(-1)).toBe(1)
    return new Map([...places.keys()].map((id, n) => [id, [asked.places[2 * n] ?? 0, asked.places[2 * n + 1] ?? 0]]))
  }
  const places = laidOut()
  expect(laidOut()).toEqual(places)
  const discs = bunches.map(({ middleId, seats }) => {
    const [x = 0, y = 0] = places.get(middleId) ?? []
    for (const [id, seat] of seats) {
      expect((places.get(id)?.[0] ?? 0) - x).toBeCloseTo(seat.x, 1)
      expect((places.get(id)?.[1] ?? 0) - y).toBeCloseTo(seat.y, 1)
    }
    return { x, y, radius: Math.max(...[...seats.values()].map((seat) => Math.hypot(seat.x, seat.y))) }
  })
  for (const [nth, one] of discs.entries())
    for (const other of discs.slice(nth + 1))
      expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.radius + other.radius)
  expect(quietOnes(bunches).size).toBe(360)
  // One more joins: it starts in its seat, and the others where they were.
  const known = new Map([...places].map(([id, [x = 0, y = 0]]) => [id, { x, y }]))
  known.delete('m7')
  const again = startPlaces(network, bunches, known)
  const [middle, seat] = [known.get('source:import1'), bunchOf('source:import1').seats.get('m7')]
  expect(again.get('m7')).toEqual({ x: (middle?.x ?? 0) + (seat?.x ?? 0), y: (middle?.y ?? 0) + (seat?.y ?? 0) })
  expect(again.get('m8')).toEqual(known.get('m8'))
})
