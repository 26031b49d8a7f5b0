import type { Network, NetworkEdge } from './network.ts'

export type Neighbours = ReadonlyMap<string, ReadonlySet<string>>

export const neighboursIn = (edges: readonly NetworkEdge[]): Neighbours => {
  const neighbours = new Map<string, Set<string>>()
  const note = (one: string, other: string) => {
    const known = neighbours.get(one)
    if (known === undefined) neighbours.set(one, new Set([other]))
    else known.add(other)
  }
  for (const { from, to } of edges) {
    note(from, to)
    note(to, from)
  }
  return neighbours
}

/**
 * What is at most so many steps away; all of it, if there is no middle. No step leads on from an import or a tag: that
 * two memories came in one file ties them to each other as little as two letters of one post.
 */
export const networkAround = (network: Network, middleId: string, depth: number): Network => {
  if (!network.nodes.some(({ id }) => id === middleId)) return network
  const ends = new Set(
    network.nodes.flatMap(({ id, sort }) => ((sort === 'source' || sort === 'tag') && id !== middleId ? [id] : [])),
  )
  const neighbours = neighboursIn(network.edges)
  const reached = new Set([middleId])
  let border = [middleId]
  for (let step = 0; step < depth; step++) {
    border = border
      .filter((id) => !ends.has(id))
      .flatMap((id) => [...(neighbours.get(id) ?? [])])
      .filter((id) => !reached.has(id))
    for (const id of border) reached.add(id)
  }
  return {
    nodes: network.nodes.filter(({ id }) => reached.has(id)),
    edges: network.edges.filter(({ from, to }) => reached.has(from) && reached.has(to)),
  }
}

/** What an address says of it: 1, 2 or 3 steps; anything else is no depth. */
export const depthOf = (text: string | undefined): number | undefined =>
  text === '1' || text === '2' || text === '3' ? Number(text) : undefined
