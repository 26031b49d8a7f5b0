import type { Place } from './places.ts'

const headings: Readonly<Record<string, Place>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
}

/**
 * The nearest node that lies where an arrow points, at most 45° beside it; what lies straight ahead is preferred a
 * little. Places are those of the screen: y grows downwards.
 */
export const nodeTowards = (key: string, fromId: string, places: ReadonlyMap<string, Place>): string | undefined => {
  const heading = headings[key]
  const from = places.get(fromId)
  if (heading === undefined || from === undefined) return undefined
  let best: { id: string; cost: number } | undefined
  for (const [id, { x, y }] of places) {
    const [dx, dy] = [x - from.x, y - from.y]
    const ahead = dx * heading.x + dy * heading.y
    const beside = Math.abs(dx * heading.y) + Math.abs(dy * heading.x)
    if (id === fromId || ahead <= 0 || beside > ahead) continue
    const cost = ahead + 2 * beside
    if (best === undefined || cost < best.cost) best = { id, cost }
  }
  return best?.id
}
