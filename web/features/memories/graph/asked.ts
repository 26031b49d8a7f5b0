import type { Bunch } from './bunches.ts'
import type { LayoutAsked } from './layout.ts'
import type { Network } from './network.ts'
import type { Places } from './places.ts'

/** A network as plain numbers, in the order of `places`. */
export const askedFor = (
  { edges }: Network,
  bunches: readonly Bunch[],
  places: Places,
  isContinued: boolean,
): LayoutAsked => {
  const at = new Map([...places.keys()].map((id, n) => [id, n]))
  const middles = Uint32Array.from({ length: places.size }, (_, n) => n)
  const seats = new Float32Array(2 * places.size)
  for (const bunch of bunches)
    for (const [id, { x, y }] of bunch.seats) {
      const n = at.get(id) ?? 0
      middles[n] = at.get(bunch.middleId) ?? n
      seats.set([x, y], 2 * n)
    }
  return {
    places: Float32Array.from([...places.values()].flatMap(({ x, y }) => [x, y])),
    edges: Uint32Array.from(edges.flatMap(({ from, to }) => [at.get(from) ?? 0, at.get(to) ?? 0])),
    middles,
    seats,
    isContinued,
  }
}
