import { type FlowLink, others } from './flow.ts'

export interface Ribbon extends FlowLink {
  /** In a box 100 wide and as high as the rows: stretched to whatever is between two columns. */
  readonly path: string
}

/** What a row leaves above and below its ribbons, and the least that is seen of one. Pixels. */
const [margin, thinnest] = [5, 1.5]

/**
 * Links as bands between two columns of rows, the wider the more there are, by the root, so that one is seen beside hundreds.
 * Those of a row lie side by side where there is room.
 */
export const ribbonsOf = (
  links: readonly FlowLink[],
  left: readonly string[],
  right: readonly string[],
  rowHeight: number,
): readonly Ribbon[] => {
  const room = rowHeight - 2 * margin
  const [leftPlace, rightPlace] = [left, right].map((keys) => new Map(keys.map((key, place) => [key, place]))) as [
    Map<string, number>,
    Map<string, number>,
  ] // as many as there were
  const totals = new Map<string, number>()
  for (const { from, to, count } of links) for (const key of [from, to]) totals.set(key, (totals.get(key) ?? 0) + count)
  const rest = new Set<string>(Object.values(others))
  const most = Math.max(1, ...[...totals].flatMap(([key, total]) => (rest.has(key) ? [] : [total])))
  const widths = new Map(
    links.map((link) => [link, Math.min(room, Math.max(thinnest, room * Math.sqrt(link.count / most)))]),
  )
  const sums = new Map<string, number>()
  for (const [{ from, to }, width] of widths) for (const key of [from, to]) sums.set(key, (sums.get(key) ?? 0) + width)

  const placed = (
    end: 'from' | 'to',
    places: ReadonlyMap<string, number>,
    otherPlaces: ReadonlyMap<string, number>,
  ) => {
    const other = end === 'from' ? 'to' : 'from'
    const filled = new Map<string, number>()
    const tops = new Map<FlowLink, number>()
    for (const link of links.toSorted((a, b) => (otherPlaces.get(a[other]) ?? 0) - (otherPlaces.get(b[other]) ?? 0))) {
      const key = link[end]
      const sum = sums.get(key) ?? 0
      const squeeze = Math.min(1, room / sum)
      const before = filled.get(key) ?? 0
      tops.set(link, ((places.get(key) ?? 0) + 0.5) * rowHeight - (sum * squeeze) / 2 + before * squeeze)
      filled.set(key, before + (widths.get(link) ?? 0))
    }
    return tops
  }
  const [starts, ends] = [placed('from', leftPlace, rightPlace), placed('to', rightPlace, leftPlace)]
  return links
    .filter(({ from, to }) => leftPlace.has(from) && rightPlace.has(to))
    .map((link) => ({ ...link, path: bandOf(starts.get(link) ?? 0, ends.get(link) ?? 0, widths.get(link) ?? 0) }))
}

const bandOf = (start: number, end: number, width: number): string => {
  const [a, b, c, d] = [start, end, end + width, start + width].map((y) => Math.round(y * 10) / 10)
  return `M0 ${a}C50 ${a} 50 ${b} 100 ${b}V${c}C50 ${c} 50 ${d} 0 ${d}Z`
}
