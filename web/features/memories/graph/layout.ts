import iterate from 'graphology-layout-forceatlas2/iterate.js'
import { pushApart } from './push-apart.ts'

export interface LayoutAsked {
  /** x and y of each node. */
  readonly places: Float32Array
  /** The places in that order of the two ends of each edge. */
  readonly edges: Uint32Array
  /** The place in that order of what a node sits around; its own, if forces move it. */
  readonly middles: Uint32Array
  /** x and y of each node, away from what it sits around. */
  readonly seats: Float32Array
  /** Most stand where they stood: less is left to do. */
  readonly isContinued: boolean
}

/**
 * Lays out on plain numbers; nothing is drawn by chance.
 *
 * 1. Forces (ForceAtlas2) move what is free; who sits in a disc goes along with its middle, and to its seat.
 * 2. A disc weighs what its seats would weigh if they were free: so discs find room as dots do.
 * 3. Towards the end discs are pushed off whatever lies in them.
 */
export function* layoutSteps({ places, edges, middles, seats, isContinued }: LayoutAsked): Generator<number, void> {
  const count = places.length / 2
  const free = Array.from({ length: count }, (_, node) => node).filter((node) => middles[node] === node)
  const radii = radiiOf(middles, seats)
  const started = placesFromMiddles(places, middles)
  const { bodies, ties } = matricesOf(places, edges, free, radii)
  const settings = settingsFor(free.length)
  const steps = stepsFor(free.length, isContinued)
  const freeRadii = Float32Array.from(free, (node) => radii[node] ?? 0)
  for (let step = 1; step <= steps + lastPushes; step++) {
    if (step <= steps) iterate(settings, bodies, ties)
    if (step > steps / 2) pushApart(bodies, perNode, freeRadii)
    const part = step / (steps + lastPushes)
    for (const [nth, node] of free.entries()) {
      places[2 * node] = bodies[nth * perNode] ?? 0
      places[2 * node + 1] = bodies[nth * perNode + 1] ?? 0
    }
    for (let node = 0; node < count; node++) {
      const middle = middles[node] ?? node
      if (middle === node) continue
      for (const axis of [0, 1]) {
        const [start = 0, seat = 0] = [started[2 * node + axis], seats[2 * node + axis]]
        places[2 * node + axis] = (places[2 * middle + axis] ?? 0) + start + (seat - start) * part
      }
    }
    yield part
  }
}

const perNode = 10
const perEdge = 3
const mass = 6

/** How far from it somebody sits. */
const radiiOf = (middles: Uint32Array, seats: Float32Array): Float32Array => {
  const radii = new Float32Array(middles.length)
  for (const [node, middle] of middles.entries()) {
    if (middle === node) continue
    radii[middle] = Math.max(radii[middle] ?? 0, Math.hypot(seats[2 * node] ?? 0, seats[2 * node + 1] ?? 0))
  }
  return radii
}

const placesFromMiddles = (places: Float32Array, middles: Uint32Array): Float32Array =>
  places.map((at, place) => at - (places[2 * (middles[place >> 1] ?? 0) + (place & 1)] ?? 0))

/** What ForceAtlas2 reckons with. */
const matricesOf = (places: Float32Array, edges: Uint32Array, free: readonly number[], radii: Float32Array) => {
  const bodies = new Float32Array(free.length * perNode)
  const nths = new Map(free.map((node, nth) => [node, nth]))
  for (const [nth, node] of free.entries())
    bodies.set([places[2 * node] ?? 0, places[2 * node + 1] ?? 0, 0, 0, 0, 0, 1, 1, 1, 0], nth * perNode)
  const pairs: (readonly [number, number])[] = []
  for (let edge = 0; edge < edges.length / 2; edge++) {
    const [one, other] = [nths.get(edges[2 * edge] ?? 0), nths.get(edges[2 * edge + 1] ?? 0)]
    if (one === undefined || other === undefined) continue
    pairs.push([one * perNode, other * perNode])
    for (const end of [one, other]) bodies[end * perNode + mass] = (bodies[end * perNode + mass] ?? 0) + 1
  }
  let [byTies, byRoom] = [0, 0]
  for (const [nth, node] of free.entries()) {
    const at = nth * perNode + mass
    byTies += bodies[at] ?? 0
    bodies[at] = Math.max(bodies[at] ?? 0, ((radii[node] ?? 0) / radiusOfOne) ** 2)
    byRoom += bodies[at] ?? 0
  }
  const ties = new Float32Array(pairs.length * perEdge)
  for (const [nth, [one, other]] of pairs.entries()) {
    // An edge pulls the less the heavier its first end is: what belongs to a large conversation stands loosely around it.
    const isFirst = (bodies[one + mass] ?? 0) >= (bodies[other + mass] ?? 0)
    // ForceAtlas2 pulls the more the heavier all are; a few large discs would draw together whatever is linked.
    ties.set(isFirst ? [one, other, byTies / byRoom] : [other, one, byTies / byRoom], nth * perEdge)
  }
  return { bodies, ties }
}

/** The room that gravity and repulsion, as set below, leave a node of mass 1: √(scalingRatio ÷ gravity). */
const radiusOfOne = 14

/** Only discs move in the last steps. */
const lastPushes = 20

/** It settles because it ends: forces that balance go on trembling for ever. */
const stepsFor = (count: number, isContinued: boolean): number => {
  const fresh = count > 3000 ? 160 : count > 600 ? 250 : 400
  return isContinued ? Math.round(fresh / 5) : fresh
}

const settingsFor = (count: number) => ({
  linLogMode: false,
  outboundAttractionDistribution: true,
  adjustSizes: false,
  edgeWeightInfluence: 1,
  scalingRatio: 10,
  // What is tied to nothing stays in sight.
  strongGravityMode: true,
  gravity: 0.05,
  slowDown: count > 1000 ? 2 : 1 + Math.log(Math.max(1, count)),
  barnesHutOptimize: count > 400,
  barnesHutTheta: 0.8,
})
