import type { Tier } from '#schema/memories/tiers.ts'
import type { MemoryTie, NetworkConversation, NetworkMemory } from '#schema/stores/memory-network.ts'

export type NodeSort = 'memory' | 'conversation' | 'tag' | 'source'

export interface NetworkNode {
  /** A memory has its own id; those of others have a prefix, so that no two meet. */
  readonly id: string
  readonly sort: NodeSort
  /** The id of what it stands for. */
  readonly subjectId: string
  readonly label: string
  /** Of a memory; empty for others. */
  readonly kind: string
  readonly tier: Tier | null
  /** 0–1: the importance of a memory, how many ties others have. */
  readonly weight: number
}

export interface NetworkEdge {
  readonly from: string
  readonly to: string
  /** The relation of a link, `learnt from`, `recalled in`, `tagged` or `imported from`. */
  readonly relation: string
  /** Between two memories. */
  readonly isLink: boolean
}

export interface Network {
  readonly nodes: readonly NetworkNode[]
  readonly edges: readonly NetworkEdge[]
}

export interface NetworkParts {
  readonly memories: readonly NetworkMemory[]
  readonly ties: readonly MemoryTie[]
  readonly conversations: readonly NetworkConversation[]
}

/** More than this no eye tells apart, and no telephone draws smoothly. */
export const mostMemories = 5000

/** The first of what the filters found; those that are `wanted` are among them wherever they stand. */
export const drawnIds = (ids: readonly string[], wanted: readonly string[]): readonly string[] => {
  if (ids.length <= mostMemories) return ids
  const first = ids.slice(0, mostMemories)
  const [drawn, found] = [new Set(first), new Set(ids)]
  const beyond = wanted.filter((id) => found.has(id) && !drawn.has(id))
  if (beyond.length === 0) return first
  const kept = new Set(wanted)
  const toGo = new Set(first.filter((id) => !kept.has(id)).slice(-beyond.length))
  return [...first.filter((id) => !toGo.has(id)), ...beyond]
}

/** The conversations that ties lead to. */
export const tiedConversations = (ties: readonly MemoryTie[]): readonly string[] => [
  ...new Set(ties.flatMap(({ how, otherId }) => (how === 'linked' ? [] : [otherId]))),
]

/** The same parts in any order make the same network. */
export const networkOf = ({ memories, ties, conversations }: NetworkParts): Network => {
  const titles = new Map(conversations.map(({ conversationId, title }) => [conversationId, title]))
  const known = new Set(memories.map(({ memoryId }) => memoryId))
  const tied = ties.flatMap(({ how, memoryId, otherId, relation }): readonly NetworkEdge[] => {
    if (!known.has(memoryId)) return []
    if (how === 'linked')
      return known.has(otherId) && otherId !== memoryId ? [{ from: memoryId, to: otherId, relation, isLink: true }] : []
    return titles.has(otherId) ? [tie(memoryId, conversationNode(otherId), relations[how])] : []
  })
  const learnt = new Set(tied.flatMap(({ from, relation }) => (relation === relations.learnt ? [from] : [])))
  // Whatever names its conversation says more by it than by its tags, and by those more than by the import all came with.
  const loose = memories.filter(({ memoryId }) => !learnt.has(memoryId))
  const shared = sharedTags(loose)
  const tagsOf = ({ tags }: NetworkMemory) => tags.filter((tag) => shared.has(tag))
  const imported = loose.filter((memory) => memory.importId !== null && tagsOf(memory).length === 0)
  const edges = [
    ...tied,
    ...loose.flatMap((memory) => tagsOf(memory).map((tag) => tie(memory.memoryId, tagNode(tag), 'tagged'))),
    ...imported.map(({ memoryId, importId }) => tie(memoryId, sourceNode(importId ?? ''), 'imported from')),
  ].sort((one, other) => compared(keyOf(one), keyOf(other)))
  const degrees = degreesOf(edges)
  const highest = Math.max(1, ...degrees.values())
  const hub = (sort: NodeSort, id: string, subjectId: string, label: string): NetworkNode[] =>
    degrees.has(id)
      ? [
          {
            id,
            sort,
            subjectId,
            label,
            kind: '',
            tier: null,
            weight: Math.log1p(degrees.get(id) ?? 0) / Math.log1p(highest),
          },
        ]
      : []
  const formats = new Map(imported.map(({ importId, format }) => [importId ?? '', format]))
  return {
    nodes: [
      ...memories.map(
        ({ memoryId, preview, kind, tier, importance }): NetworkNode => ({
          id: memoryId,
          sort: 'memory',
          subjectId: memoryId,
          label: preview,
          kind,
          tier,
          weight: importance,
        }),
      ),
      ...[...titles].flatMap(([id, title]) => hub('conversation', conversationNode(id), id, title)),
      ...[...shared].flatMap((tag) => hub('tag', tagNode(tag), tag, `#${tag}`)),
      ...[...formats].flatMap(([id, format]) =>
        hub('source', sourceNode(id), id, format === null ? 'An import' : `An import (${format})`),
      ),
    ].sort((one, other) => compared(one.id, other.id)),
    edges,
  }
}

const relations = { learnt: 'learnt from', recalled: 'recalled in' } as const

const conversationNode = (conversationId: string) => `conversation:${conversationId}`
const tagNode = (tag: string) => `tag:${tag}`
const sourceNode = (importId: string) => `source:${importId}`

const tie = (from: string, to: string, relation: string): NetworkEdge => ({ from, to, relation, isLink: false })

/** Tags that two or more of them have: one that stands alone ties nothing. */
const sharedTags = (memories: readonly NetworkMemory[]): ReadonlySet<string> => {
  const counts = new Map<string, number>()
  for (const { tags } of memories) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return new Set([...counts].flatMap(([tag, count]) => (count > 1 ? [tag] : [])))
}

const keyOf = ({ from, to, relation }: NetworkEdge) => `${from} ${to} ${relation}`
const compared = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)

const degreesOf = (edges: readonly NetworkEdge[]): ReadonlyMap<string, number> => {
  const degrees = new Map<string, number>()
  for (const { from, to } of edges) {
    degrees.set(from, (degrees.get(from) ?? 0) + 1)
    degrees.set(to, (degrees.get(to) ?? 0) + 1)
  }
  return degrees
}
