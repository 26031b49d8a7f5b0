import { nextEdge, shortestOf, startOf, type TimeUnit, timeUnits } from '#web/ui/charts/time-units.ts'

/** `to` is no more in it. Milliseconds since 1970. */
export interface LogBar {
  readonly from: number
  readonly to: number
  readonly count: number
}

const mostBars = 62

/** How many events there were in each hour, day or whatever is the finest that their span allows. Times rise; what has none is left out. */
export const barsOf = (
  times: Float64Array,
  isUtc: boolean,
): { readonly unit: TimeUnit; readonly bars: readonly LogBar[] } => {
  const start = times.findIndex(Number.isFinite)
  const [first, last] = [times[start], times.at(-1)]
  if (first === undefined || last === undefined) return { unit: 'day', bars: [] }
  for (const unit of timeUnits) {
    const edges = edgesOf(first, last, unit, isUtc)
    if (edges === undefined) continue
    let at = start
    const bars = edges.slice(1).map((to, index) => {
      const before = at
      while (at < times.length && (times[at] ?? 0) < to) at++
      return { from: edges[index] ?? to, to, count: at - before }
    })
    return { unit, bars }
  }
  return { unit: 'year', bars: [{ from: first, to: last + 1, count: times.length - start }] }
}

/** The ends of all bars from the first time to the last; undefined when they are too many. */
const edgesOf = (first: number, last: number, unit: TimeUnit, isUtc: boolean): readonly number[] | undefined => {
  if ((last - first) / shortestOf[unit] > mostBars) return undefined
  const edges = [startOf(first, unit, isUtc)]
  for (;;) {
    const edge = edges.at(-1) ?? first
    if (edge > last) return edges.length - 1 > mostBars ? undefined : edges
    edges.push(nextEdge(edge, unit, isUtc))
  }
}
