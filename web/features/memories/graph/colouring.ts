import type { Tier } from '#schema/memories/tiers.ts'
import { huesOfKinds, huesOfTiers } from './colours.ts'

/** What the colour of a memory says, in the graph and in the map. */
export type Colouring = 'kind' | 'tier'

/** Of an address; nonsense is by kind. */
export const colouringOf = (text: string | undefined): Colouring => (text === 'tier' ? 'tier' : 'kind')

interface Coloured {
  readonly kind: string
  readonly tier: Tier
}

export interface Palette {
  readonly hueOf: (memory: Coloured) => number | null
  readonly rows: readonly LegendRow[]
}

export interface LegendRow {
  readonly value: string
  readonly hue: number | null
  readonly count: number
}

/** `counted`: those the legend counts; hues are the same whichever of `all` they are. */
export const paletteOf = (colouring: Colouring, all: readonly Coloured[], counted: readonly Coloured[]): Palette => {
  const saidOf = (memory: Coloured) => memory[colouring]
  const hues = colouring === 'tier' ? huesOfTiers : huesOfKinds(all.map(saidOf))
  const hueOf = (value: string) => hues.get(value) ?? null
  const counts = new Map<string, number>()
  for (const memory of counted) counts.set(saidOf(memory), (counts.get(saidOf(memory)) ?? 0) + 1)
  const rows = [...counts].map(([value, count]) => ({ value, count, hue: hueOf(value) }))
  const places = [...hues.keys()]
  return {
    hueOf: (memory) => hueOf(saidOf(memory)),
    rows:
      colouring === 'tier'
        ? rows.toSorted((one, other) => places.indexOf(one.value) - places.indexOf(other.value))
        : rows.toSorted((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1)),
  }
}
