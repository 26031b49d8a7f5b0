import type { LiveQueryDef } from '@livestore/livestore'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import {
  conversationCounts$,
  foundBy,
  givenAnswers$,
  importCounts$,
  mostNamed,
  namedLinks$,
  type SourceKey,
  usedMemories$,
} from './provenance-queries.ts'

/** Where memories were learnt, and which answers were given them: counted whole, and named as far as `mostNamed`. */
export interface Provenance {
  readonly sources: readonly CountedSource[]
  readonly memories: readonly {
    readonly memoryId: string
    readonly preview: string
    readonly kind: string
    readonly uses: number
  }[]
  readonly answers: readonly {
    readonly messageId: string
    readonly conversationId: string
    readonly preview: string
    readonly sentAt: Date
    readonly memories: number
  }[]
  /** Of the memories that are named. */
  readonly comes: readonly (SourceKey & { readonly memoryId: string })[]
  readonly goes: readonly { readonly memoryId: string; readonly messageId: string }[]
  readonly totals: Readonly<Record<'sources' | 'comes' | 'memories' | 'used' | 'answers' | 'goes', number>>
}

interface CountedSource extends SourceKey {
  readonly title: string | null
  /** How many memories of the filter, and how many of the chosen source’s. */
  readonly of: number
  readonly chosen: number
}

/** Asks a store; it may let others work before it does. */
export type Read = <A>(query: LiveQueryDef<A>) => Promise<A>

/**
 * The provenance of what a filter finds, column by column, so that none of the questions keeps a page waiting. A memory of
 * several conversations counts for each. `chosen`: only what was learnt there, with every source in its place.
 */
export const readProvenance = async (
  read: Read,
  filter: MemoryFilter,
  chosen: SourceKey | undefined,
): Promise<Provenance> => {
  const those = foundBy(filter, chosen)
  const of = await sourceCounts(read, foundBy(filter, undefined))
  const chosenOf = chosen === undefined ? of : await sourceCounts(read, those)
  const { named: memories, memories: found, used, goes } = await read(usedMemories$(those))
  const { named: answers, answers: given } = await read(givenAnswers$(those))
  const chosenKey = chosen === undefined ? '' : keyOf(chosen)
  const ranked = [...of.values()].toSorted(
    (one, other) =>
      Number(keyOf(other) === chosenKey) - Number(keyOf(one) === chosenKey) ||
      other.count - one.count ||
      (keyOf(one) < keyOf(other) ? -1 : 1),
  )
  const named = ranked.slice(0, mostNamed)
  const links = await read(
    namedLinks$(
      memories.map(({ memoryId }) => memoryId),
      named.flatMap(({ kind, id }) => (kind === 'conversation' ? [id] : [])),
    ),
  )
  const titles = new Map(links.titles)
  const learnt = new Set(links.learnt.map(([memoryId]) => memoryId))
  return {
    sources: named.map(({ kind, id, count }) => ({
      kind,
      id,
      title: titles.get(id) ?? null,
      of: count,
      chosen: chosenOf.get(keyOf({ kind, id }))?.count ?? 0,
    })),
    memories: memories.map(({ importId: _, ...memory }) => memory),
    answers,
    comes: [
      ...links.learnt.map(([memoryId, id]) => ({ memoryId, kind: 'conversation' as const, id })),
      ...memories.flatMap(({ memoryId, importId }) =>
        learnt.has(memoryId) ? [] : [{ memoryId, ...without(importId) }],
      ),
    ],
    goes: links.goes.map(([memoryId, messageId]) => ({ memoryId, messageId })),
    totals: {
      sources: of.size,
      comes: [...chosenOf.values()].reduce((sum, { count }) => sum + count, 0),
      memories: found,
      used,
      answers: given,
      goes,
    },
  }
}

interface SourceCount extends SourceKey {
  readonly count: number
}

const sourceCounts = async (
  read: Read,
  those: ReturnType<typeof foundBy>,
): Promise<ReadonlyMap<string, SourceCount>> => {
  const talks = await read(conversationCounts$(those))
  const others = await read(importCounts$(those))
  const counts: readonly SourceCount[] = [
    ...talks.map(([id, count]) => ({ kind: 'conversation' as const, id: id ?? '', count })),
    ...others.map(([importId, count]) => ({ ...without(importId), count })),
  ]
  return new Map(counts.map((source) => [keyOf(source), source]))
}

/** What a memory comes from that names no message. */
const without = (importId: string | null): SourceKey =>
  importId === null ? { kind: 'hand', id: '' } : { kind: 'import', id: importId }

const keyOf = ({ kind, id }: SourceKey) => `${kind} ${id}`
