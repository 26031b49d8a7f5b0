import { tierNames, tierSentence } from '#schema/memories/tier-sentence.ts'
import { type Tier, tiers } from '#schema/memories/tiers.ts'
import type { Row } from '#schema/stores/state-hash.ts'
import type { ThingVersion } from '#schema/stores/thing-versions.ts'

/** What a memory said after one event. Null: it was taken away. */
export interface MemoryVersion extends Pick<ThingVersion, 'seqNum' | 'eventName' | 'at' | 'actorId' | 'deviceId'> {
  readonly said: Said | null
}

export interface Said {
  readonly content: string
  readonly kind: string
  readonly importance: number
  readonly tags: readonly string[]
  readonly isForgotten: boolean
  readonly tier: Tier
  /** What the rule said then; null: no pass had looked at it. */
  readonly tierBecause: string | null
  readonly isPinned: boolean
  /** Milliseconds since 1970; null: it still was true. */
  readonly validUntil: number | null
}

/** The last version is what is now. */
export const toMemoryVersion = ({ rows, ...event }: ThingVersion): MemoryVersion => {
  const [memory] = rows.memories ?? []
  const [body] = rows.memoryBodies ?? []
  const [tiered] = rows.memoryTiers ?? []
  const [ended] = rows.memoryValidities ?? []
  const said = memory && {
    content: typeof body?.content === 'string' ? body.content : '',
    kind: String(memory.kind),
    importance: Number(memory.importance),
    tags: (rows.memoryTags ?? []).map(({ tag }) => String(tag)).toSorted(),
    isForgotten: memory.forgottenAt !== null,
    tier: tiers.find((tier) => tier === tiered?.tier) ?? 'hot',
    tierBecause: tiered === undefined ? null : becauseOf(tiered),
    isPinned: (rows.memoryPins ?? []).length > 0,
    validUntil: typeof ended?.validUntil === 'number' ? ended.validUntil : null,
  }
  return { ...event, said: said ?? null }
}

const becauseOf = (row: Row): string => {
  const number = (column: string) => Number(row[column])
  const shares = {
    importance: number('importance'),
    recency: number('recency'),
    reinforced: number('reinforced'),
    recalled: number('recalled'),
  }
  const tier = tiers.find((tier) => tier === row.tier) ?? 'hot'
  const inputs = { days: number('days'), reinforcements: number('reinforcements'), recalls: number('recalls') }
  return tierSentence({ tier, shares, ...inputs }, { hotFrom: number('hotFrom'), warmFrom: number('warmFrom') })
}

/** `v1.MemoryContentRevised`: “Memory content revised”. */
export const eventInWords = (eventName: string): string => {
  const words = eventName
    .replace(/^v\d+\./, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `120..184` in an address: which two versions are compared, by the numbers of their events; `now` is the last. */
export const comparedIn = (
  text: string | undefined,
  versions: readonly MemoryVersion[],
): readonly [from: MemoryVersion, to: MemoryVersion] | undefined => {
  const [from, to] = (text ?? '').split('..').map((end) => {
    return end === 'now' ? versions.at(-1) : versions.find(({ seqNum }) => String(seqNum) === end)
  })
  return from === undefined || to === undefined ? undefined : [from, to]
}

/** What differs besides the text, a line each. */
export const otherChanges = (from: Said | null, to: Said | null): readonly string[] => {
  if (to === null) return ['Taken away.']
  if (from === null) return []
  const lines = [
    ['Kind', from.kind, to.kind],
    ['Importance', from.importance.toFixed(2), to.importance.toFixed(2)],
    ['True until', dayOf(from.validUntil), dayOf(to.validUntil)],
    ['Tags', from.tags.join(', ') || 'none', to.tags.join(', ') || 'none'],
  ] as const
  return [
    ...lines.filter(([, before, after]) => before !== after).map(([name, ...ends]) => `${name}: ${ends.join(' → ')}`),
    ...(from.tier === to.tier ? [] : [`${tierNames[from.tier]} → ${to.tierBecause ?? tierNames[to.tier]}`]),
    ...(from.isPinned === to.isPinned ? [] : [to.isPinned ? 'Pinned.' : 'Unpinned.']),
    ...(from.isForgotten === to.isForgotten ? [] : [to.isForgotten ? 'Forgotten.' : 'Remembered again.']),
  ]
}

const dayOf = (time: number | null) => (time === null ? 'now' : new Date(time).toISOString().slice(0, 10))
