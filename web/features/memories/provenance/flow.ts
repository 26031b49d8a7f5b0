import type { Provenance } from '#schema/stores/provenance.ts'
import type { SourceKey } from '#schema/stores/provenance-queries.ts'

/**
 * What came from where, as three columns and what runs between them:
 *
 *   sources ══ comes ══ memories ══ goes ══ answers
 *
 * Each column names some and has one more for all others, so that what runs out of a column is all there is.
 */
export interface Flow {
  readonly sources: readonly string[]
  readonly memories: readonly string[]
  readonly answers: readonly string[]
  readonly comes: readonly FlowLink[]
  readonly goes: readonly FlowLink[]
  /** The place of the first source of each memory: what it is coloured by. */
  readonly sourceOf: ReadonlyMap<string, number>
}

export type ColumnName = 'sources' | 'memories' | 'answers'

export interface FlowLink {
  readonly from: string
  readonly to: string
  readonly count: number
}

/** As in an address, see `MemorySearch.from`. */
export const sourceToText = ({ kind, id }: SourceKey): string => (kind === 'hand' ? kind : `${kind}.${id}`)

export const textToSource = (text: string | undefined): SourceKey | undefined => {
  const [, kind, id] = /^(conversation|import)\.(.+)$/.exec(text ?? '') ?? []
  if (text === 'hand') return { kind: 'hand', id: '' }
  return id === undefined || (kind !== 'conversation' && kind !== 'import') ? undefined : { kind, id }
}

export const others = { sources: 'other sources', memories: 'other memories', answers: 'other answers' } as const

export const flowOf = (provenance: Provenance): Flow => {
  const { totals } = provenance
  const sources = provenance.sources.map(sourceToText)
  const sourcePlace = placesOf(sources)
  const answers = new Set(provenance.answers.map(({ messageId }) => messageId))
  const named = provenance.comes.map(({ memoryId, ...source }) => {
    const key = sourceToText(source)
    return { from: sourcePlace.has(key) ? key : others.sources, to: memoryId }
  })
  const used = provenance.goes.map(({ memoryId, messageId }) => ({
    from: memoryId,
    to: answers.has(messageId) ? messageId : others.answers,
  }))
  const comes = [
    ...summed(named),
    ...unnamed(named, 'from', totals.comes, new Map(provenance.sources.map((it) => [sourceToText(it), it.chosen]))),
  ]
  const goes = [
    ...summed(used),
    ...unnamed(used, 'to', totals.goes, new Map(provenance.answers.map((it) => [it.messageId, it.memories]))),
  ]

  const sourceOf = new Map<string, number>()
  for (const { from, to } of comes) {
    const place = sourcePlace.get(from) ?? sources.length
    sourceOf.set(to, Math.min(place, sourceOf.get(to) ?? place))
  }
  sourceOf.delete(others.memories)
  const memoryIds = provenance.memories.map(({ memoryId }) => memoryId)
  const memories = [
    ...memoryIds.toSorted((one, other) => (sourceOf.get(one) ?? 0) - (sourceOf.get(other) ?? 0)),
    ...(totals.memories > memoryIds.length ? [others.memories] : []),
  ]
  const memoryPlace = placesOf(memories)
  const weight = (answer: string) =>
    average(goes.filter(({ to }) => to === answer).map(({ from }) => memoryPlace.get(from) ?? 0))
  const weights = new Map([...answers].map((answer) => [answer, weight(answer)]))
  return {
    sources: [...sources, ...(totals.sources > sources.length ? [others.sources] : [])],
    memories,
    answers: [
      ...[...answers].toSorted((one, other) => (weights.get(one) ?? 0) - (weights.get(other) ?? 0)),
      ...(totals.answers > answers.size ? [others.answers] : []),
    ],
    comes,
    goes,
    sourceOf,
  }
}

/** What leads to a thing and what it leads on to, from end to end: what is seen when it is pointed at. */
export const linkedTo = ({ sources, answers, comes, goes }: Flow, key: string): ReadonlySet<string> => {
  const [isSource, isAnswer] = [sources.includes(key), answers.includes(key)]
  const near = isSource
    ? comes.filter(({ from }) => from === key).map(({ to }) => to)
    : isAnswer
      ? goes.filter(({ to }) => to === key).map(({ from }) => from)
      : [key]
  const reached = new Set([key, ...near])
  // Of the others, some are of it and some are not: nothing is said of where they lead.
  const through = key === others.memories ? near : near.filter((it) => it !== others.memories)
  if (!isSource) for (const { from, to } of comes) if (through.includes(to)) reached.add(from)
  if (!isAnswer) for (const { from, to } of goes) if (through.includes(from)) reached.add(to)
  return reached
}

interface Link {
  readonly from: string
  readonly to: string
}

const summed = (links: readonly Link[]): readonly FlowLink[] => {
  const counts = new Map<string, FlowLink>()
  for (const { from, to } of links) {
    const key = JSON.stringify([from, to])
    counts.set(key, { from, to, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()]
}

/** What runs between each end and the memories that are not named, and between those and the ends that are not either. */
const unnamed = (
  named: readonly Link[],
  end: 'from' | 'to',
  total: number,
  ends: ReadonlyMap<string, number>,
): readonly FlowLink[] => {
  const left = new Map(ends)
  for (const link of named) if (left.has(link[end])) left.set(link[end], (left.get(link[end]) ?? 0) - 1)
  const counted = [...left.values()].reduce((sum, count) => sum + count, named.length)
  left.set(end === 'from' ? others.sources : others.answers, total - counted)
  return [...left]
    .filter(([, count]) => count > 0)
    .map(([key, count]) =>
      end === 'from' ? { from: key, to: others.memories, count } : { from: others.memories, to: key, count },
    )
}

const placesOf = (keys: readonly string[]) => new Map(keys.map((key, place) => [key, place]))

const average = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
