import type { Bunch } from './bunches.ts'
import { neighboursIn } from './neighbourhood.ts'
import type { Network } from './network.ts'
import { type Places, spotOf } from './places.ts'

/**
 * Where each node starts: where it was; else in its seat; else beside the neighbours that were somewhere; else around the
 * spot of the neighbour with the most ties, or at its own, so that the same memories look the same twice.
 */
export const startPlaces = ({ nodes, edges }: Network, bunches: readonly Bunch[], known: Places): Places => {
  const neighbours = neighboursIn(edges)
  const radius = 10 * Math.sqrt(nodes.length)
  const tiesOf = (id: string) => neighbours.get(id)?.size ?? 0
  const places = new Map(
    nodes.map(({ id }) => {
      const ownTies = neighbours.get(id) ?? none
      const spot = spotOf(id)
      const around = [...ownTies].flatMap((other) => known.get(other) ?? [])
      const middleId = [...ownTies].reduce((most, other) => (tiesOf(other) > tiesOf(most) ? other : most), id)
      const middle = spotOf(middleId)
      const aside = middleId === id ? 0 : 1.5 * Math.sqrt(tiesOf(middleId))
      const place =
        known.get(id) ??
        (around.length === 0
          ? { x: middle.x * radius + spot.x * aside, y: middle.y * radius + spot.y * aside }
          : { x: meanOf(around.map(({ x }) => x)) + spot.x * 5, y: meanOf(around.map(({ y }) => y)) + spot.y * 5 })
      return [id, place]
    }),
  )
  for (const { middleId, seats } of bunches) {
    const middle = places.get(middleId)
    if (middle === undefined) continue
    for (const [id, { x, y }] of seats) if (!known.has(id)) places.set(id, { x: middle.x + x, y: middle.y + y })
  }
  return places
}

const none: ReadonlySet<string> = new Set()

const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
