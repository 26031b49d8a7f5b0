import type { Network, NetworkNode } from './network.ts'
import { hashOf, type Place, type Places } from './places.ts'

/**
 * Memories tied to the very same conversations, tags and imports, and to nothing else. Forces would draw thousands of them
 * as a ring around a void; they sit in a disc instead.
 *
 *       · · ·         each kind has a sector,
 *     · · ○ · ·       the important sit inside
 *       · · ·
 */
export interface Bunch {
  /** In the middle of the disc: what all are tied to, if that is one; else the most important of them. */
  readonly middleId: string
  /** Away from the middle, by the id of who sits there. */
  readonly seats: Places
}

/** So many lines to one middle say less than the disc they would cover. */
const mostLines = 40

/** Whose ties are drawn only while they are looked at. */
export const quietOnes = (bunches: readonly Bunch[]): ReadonlySet<string> =>
  new Set(bunches.flatMap(({ seats }) => (seats.size > mostLines ? [...seats.keys()] : [])))

/** How far from each other who sits in a disc is, more or less: as the layout has it for what is free. */
const between = 14

/** The same network has the same bunches. */
export const bunchesOf = ({ nodes, edges }: Network): readonly Bunch[] => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const tied = new Map<string, Set<string>>()
  const linked = new Set<string>()
  for (const { from, to, isLink } of edges) {
    const known = tied.get(from)
    if (known === undefined) tied.set(from, new Set([to]))
    else known.add(to)
    if (isLink) linked.add(from).add(to)
  }
  const groups = new Map<string, NetworkNode[]>()
  for (const node of nodes) {
    if (node.sort !== 'memory' || linked.has(node.id)) continue
    const key = JSON.stringify([...(tied.get(node.id) ?? [])].sort())
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [node])
    else group.push(node)
  }
  const sectors = kindsByCount(nodes)
  return [...groups].flatMap(([key, group]) => {
    // It was written as such a few lines above.
    const shared = JSON.parse(key) as readonly string[]
    const [only = ''] = shared
    const sorted = group.toSorted((one, other) => other.weight - one.weight || (one.id < other.id ? -1 : 1))
    const isAround = shared.length === 1 && byId.has(only)
    const middleId = isAround ? only : (sorted[0]?.id ?? '')
    const members = isAround ? sorted : sorted.slice(1)
    return members.length === 0 ? [] : [{ middleId, seats: seated(members, sectors, turnOf(middleId, members.length)) }]
  })
}

const kindsByCount = (nodes: readonly NetworkNode[]): readonly string[] => {
  const counts = new Map<string, number>()
  for (const { kind } of nodes) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts]
    .sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
    .map(([kind]) => kind)
}

/** `members`: the most important first. The seats of a sunflower, of which each kind takes the next ones clockwise. */
const seated = (members: readonly NetworkNode[], kinds: readonly string[], turn: number): Places => {
  const seats = members
    .map((_, nth) => ({ angle: (nth * goldenAngle) % (2 * Math.PI), radius: between * Math.sqrt(nth + free) }))
    .toSorted((one, other) => one.angle - other.angle)
  let taken = 0
  return new Map(
    kinds.flatMap((kind) => {
      const ofKind = members.filter((member) => member.kind === kind)
      const sector = seats.slice(taken, taken + ofKind.length).toSorted((one, other) => one.radius - other.radius)
      taken += ofKind.length
      return ofKind.map(({ id }, nth): [string, Place] => {
        const { angle = 0, radius = 0 } = sector[nth] ?? {}
        return [id, { x: Math.sin(angle + turn) * radius, y: Math.cos(angle + turn) * radius }]
      })
    }),
  )
}

/** Large discs begin at the top, so that kinds lie alike in all; many small ones would look as if the wind blew. */
const turnOf = (middleId: string, count: number) => (count < 12 ? (hashOf(middleId) / 2 ** 32) * 2 * Math.PI : 0)

/** So turns a sunflower from one seed to the next: no two stand in a row. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5))

/** Seats that stay empty around the middle, which is drawn larger. */
const free = 4
