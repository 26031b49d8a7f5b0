import type { Tier } from '#schema/memories/tiers.ts'

/** Hues of the kinds that personas and imports use most; others follow in the order of their names. */
const knownHues: Readonly<Record<string, number>> = {
  fact: 232,
  preference: 172,
  event: 32,
  instruction: 342,
  lore: 276,
}
const otherHues = [202, 98, 8, 312, 56, 142]

/** Degrees by kind; a kind that finds no hue left is grey. */
export const huesOfKinds = (kinds: Iterable<string>): ReadonlyMap<string, number | null> => {
  const others = [...new Set(kinds)].filter((kind) => !Object.hasOwn(knownHues, kind)).sort()
  return new Map([
    ...Object.entries(knownHues),
    ...others.map((kind, index): [string, number | null] => [kind, otherHues[index] ?? null]),
  ])
}

/** From warm to cold, and apart by lightness of their own. */
export const huesOfTiers: ReadonlyMap<string, number | null> = new Map<Tier, number>([
  ['hot', 8],
  ['warm', 44],
  ['cold', 212],
])

export interface CanvasColours {
  /** Of a node, by its hue. */
  readonly node: (hue: number | null) => string
  /** Of what is not looked at just now. */
  readonly pale: (hue: number | null) => string
  readonly edge: string
  readonly paleEdge: string
  readonly litEdge: string
  readonly text: string
  readonly ground: string
  readonly ring: string
}

/** Sigma draws from strings without variables: what the style sheets say of charts, as numbers. */
export const canvasColours = (scheme: 'light' | 'dark'): CanvasColours => {
  const isDark = scheme === 'dark'
  return {
    node: (hue) =>
      hue === null ? (isDark ? '#9aa0ad' : '#6b717d') : isDark ? hexOf(hue, 0.58, 0.62) : darkEnough(hue),
    pale: (hue) =>
      hue === null ? (isDark ? '#2b2e37' : '#e4e6ea') : hexOf(hue, isDark ? 0.2 : 0.45, isDark ? 0.22 : 0.9),
    edge: isDark ? '#4a5060' : '#c3c8d3',
    paleEdge: isDark ? '#262a33' : '#e9ebef',
    litEdge: isDark ? '#a9b8ff' : '#4c5fd5',
    text: isDark ? '#dcdee3' : '#1b1e25',
    ground: isDark ? '#15171c' : '#ffffff',
    ring: isDark ? '#a9b8ff' : '#3b4bc4',
  }
}

/** Green and yellow are bright by nature: on white they have to be darker to be seen (3:1). */
const darkEnough = (hue: number): string =>
  hexOf(hue, 0.6, 0.48 - 0.19 * Math.max(0, Math.cos(((hue - 115) * Math.PI) / 180)))

/** Saturation and lightness 0–1. */
const hexOf = (hue: number, saturation: number, lightness: number): string => {
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12
    const part = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(part * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
