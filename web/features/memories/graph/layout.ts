import iterate from 'graphology-layout-forceatlas2/iterate.js'

export interface LayoutAsked {
  /** x and y of each node. */
  readonly places: Float32Array
  /** The places in that order of the two ends of each edge. */
  readonly edges: Uint32Array
  /** Most stand where they stood: less is left to do. */
  readonly isContinued: boolean
}

/** One step of ForceAtlas2 after the other, on plain numbers: nothing is drawn by chance. */
export function* layoutSteps({ places, edges, isContinued }: LayoutAsked): Generator<number, void> {
  const count = places.length / 2
  const nodes = new Float32Array(count * perNode)
  const ties = new Float32Array((edges.length / 2) * perEdge)
  for (let node = 0; node < count; node++) {
    const x = places[2 * node] ?? 0
    const y = places[2 * node + 1] ?? 0
    nodes.set([x, y, 0, 0, 0, 0, 1, 1, 1, 0], node * perNode)
  }
  for (let edge = 0; edge < edges.length / 2; edge++) {
    for (const end of [edges[2 * edge] ?? 0, edges[2 * edge + 1] ?? 0]) {
      nodes[end * perNode + mass] = (nodes[end * perNode + mass] ?? 0) + 1
    }
  }
  for (let edge = 0; edge < edges.length / 2; edge++) {
    const [one, other] = [(edges[2 * edge] ?? 0) * perNode, (edges[2 * edge + 1] ?? 0) * perNode]
    // An edge pulls the less the heavier its first end is: what belongs to a large conversation stands loosely around it.
    const isFirst = (nodes[one + mass] ?? 0) >= (nodes[other + mass] ?? 0)
    ties.set(isFirst ? [one, other, 1] : [other, one, 1], edge * perEdge)
  }
  const settings = settingsFor(count)
  const steps = stepsFor(count, isContinued)
  for (let step = 1; step <= steps; step++) {
    iterate(settings, nodes, ties)
    for (let node = 0; node < count; node++) {
      places[2 * node] = nodes[node * perNode] ?? 0
      places[2 * node + 1] = nodes[node * perNode + 1] ?? 0
    }
    yield step / steps
  }
}

const perNode = 10
const perEdge = 3
const mass = 6

/** It settles because it ends: forces that balance go on trembling for ever. */
const stepsFor = (count: number, isContinued: boolean): number => {
  const fresh = count > 3000 ? 160 : count > 1000 ? 250 : 400
  return isContinued ? Math.round(fresh / 5) : fresh
}

const settingsFor = (count: number) => ({
  linLogMode: false,
  outboundAttractionDistribution: true,
  adjustSizes: false,
  edgeWeightInfluence: 0,
  scalingRatio: 10,
  // What is tied to nothing stays in sight.
  strongGravityMode: true,
  gravity: 0.05,
  slowDown: count > 1000 ? 2 : 1 + Math.log(Math.max(1, count)),
  barnesHutOptimize: count > 1000,
  barnesHutTheta: 0.8,
})
