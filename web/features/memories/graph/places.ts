import type { Bunch } from './bunches.ts'
import { neighboursIn } from './neighbourhood.ts'
import type { Network } from './network.ts'

export interface Place {
  readonly x: number
  readonly y: number
}
export type Places = ReadonlyMap<string, Place>

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

/** Anywhere in a circle of radius 1, always the same for an id. */
export const spotOf = (id: string): Place => {
  const angle = (hashOf(id) / 2 ** 32) * 2 * Math.PI
  const distance = Math.sqrt(hashOf(`${id}'`) / 2 ** 32)
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance }
}

/** FNV-1a with a last stir: ids that differ in their last sign only lie far apart. */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
