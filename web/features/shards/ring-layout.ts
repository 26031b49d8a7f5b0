import { makeRing, placeOnRing, type RingCell, ringSize } from '#schema/placement/ring.ts'

/**
 * The ring as a picture. Angles are turns: 0 at the top, clockwise, 1 all around.
 *
 *     outside: an arc for each cell, as long as its share of the ring
 *     inside:  a lane for each cell, and on it each store it holds, at the place of the store's hash
 */
export interface Arc {
  readonly cellId: string
  readonly from: number
  readonly to: number
}

export interface Dot {
  readonly storeId: string
  readonly cellId: string
  readonly turn: number
}

/** How much of all new stores each cell gets by hash, the cells in their order; what gets none has no arc. */
export const arcsOf = (cells: readonly RingCell[]): readonly Arc[] => {
  const shares = sharesOf(cells)
  let at = 0
  return cells.flatMap(({ cellId }) => {
    const from = at
    at += shares.get(cellId) ?? 0
    return at > from ? [{ cellId, from, to: at }] : []
  })
}

const sharesOf = (cells: readonly RingCell[]): ReadonlyMap<string, number> => {
  const { places, cellIds } = makeRing(cells)
  const shares = new Map<string, number>()
  cellIds.forEach((cellId, index) => {
    const before = index === 0 ? (places.at(-1) ?? 0) - ringSize : (places[index - 1] ?? 0)
    shares.set(cellId, (shares.get(cellId) ?? 0) + ((places[index] ?? 0) - before) / ringSize)
  })
  return shares
}

/** In the order of the circle. */
export const dotsOf = (stores: readonly { readonly storeId: string; readonly cellId: string }[]): readonly Dot[] =>
  stores
    .map(({ storeId, cellId }) => ({ storeId, cellId, turn: placeOnRing(storeId) / ringSize }))
    .toSorted((a, b) => a.turn - b.turn)

/** The middle of the picture is (0, 0), and its edge is 100 away. */
export const pointAt = (turn: number, radius: number) => ({
  x: radius * Math.sin(turn * 2 * Math.PI),
  y: -radius * Math.cos(turn * 2 * Math.PI),
})

/** The first cell's lane is the outermost; many share the room of few. */
export const laneRadius = (lane: number, lanes: number): number =>
  outermost - lane * Math.min(9, (outermost - innermost) / Math.max(1, lanes - 1))

/** The dot that is next to a point of the picture, if one is near. */
export const dotNear = (
  dots: readonly Dot[],
  radiusOf: (dot: Dot) => number,
  point: { readonly x: number; readonly y: number },
): number | null => {
  let nearest: number | null = null
  let least = near ** 2
  dots.forEach((dot, index) => {
    const { x, y } = pointAt(dot.turn, radiusOf(dot))
    const distance = (x - point.x) ** 2 + (y - point.y) ** 2
    if (distance < least) {
      least = distance
      nearest = index
    }
  })
  return nearest
}

/** Of an arc that is not all around, as the path of an SVG; a little is left out at both ends. */
export const arcPath = ({ from, to }: Arc, radius: number): string => {
  const gap = Math.min(0.0025, (to - from) / 4)
  const [start, end] = [pointAt(from + gap, radius), pointAt(to - gap, radius)]
  const isLong = to - from - 2 * gap > 0.5 ? 1 : 0
  return `M ${start.x} ${start.y} A ${radius} ${radius} 0 ${isLong} 1 ${end.x} ${end.y}`
}

const outermost = 82
const innermost = 46
const near = 6
