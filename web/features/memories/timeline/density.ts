import type { Span } from '#web/ui/charts/time-span.ts'
import { day, nextEdge, startOf, type TimeUnit } from '#web/ui/charts/time-units.ts'

/** A day of the calendar as the UTC day of the same date: no clock changes in it. */
export interface DayCount {
  /** Milliseconds. */
  readonly at: number
  readonly kind: string
  readonly count: number
}

export interface DensityBar extends Span {
  /** For each of the kinds asked for, in their order; what is of none of them is in the last. */
  readonly counts: readonly number[]
  readonly total: number
}

/** `[day, kind, count]`, as `memoryDensity$` says it. */
export const dayCountsOf = (json: string): readonly DayCount[] =>
  // The query makes no other rows.
  (JSON.parse(json) as readonly (readonly [number, string, number])[]).map(([at, kind, count]) => ({
    at: at * day,
    kind,
    count,
  }))

/** The finest unit that leaves bars wide enough to point at. */
export const unitOf = ({ from, to }: Span): TimeUnit => {
  const days = (to - from) / day
  return days <= 70 ? 'day' : days <= 70 * 7 ? 'week' : days <= 96 * 31 ? 'month' : 'year'
}

/** All bars that show in a span; the first and the last may reach beyond it, and count all that is theirs. */
export const barsIn = (days: readonly DayCount[], span: Span, kinds: readonly string[]): readonly DensityBar[] => {
  const unit = unitOf(span)
  const edges = [startOf(span.from, unit, true)]
  for (let edge = edges[0] ?? span.from; edge < span.to; ) {
    edge = nextEdge(edge, unit, true)
    edges.push(edge)
  }
  const place = new Map(kinds.map((kind, index) => [kind, index]))
  let at = firstFrom(days, edges[0] ?? 0)
  return edges.slice(1).map((to, index) => {
    const counts = kinds.map(() => 0)
    let total = 0
    for (let found = days[at]; found !== undefined && found.at < to; found = days[++at]) {
      const kind = place.get(found.kind) ?? kinds.length - 1
      counts[kind] = (counts[kind] ?? 0) + found.count
      total += found.count
    }
    return { from: edges[index] ?? to, to, counts, total }
  })
}

export const countIn = (days: readonly DayCount[], { from, to }: Span): number => {
  let count = 0
  let at = firstFrom(days, Math.floor(from / day) * day)
  for (let found = days[at]; found !== undefined && found.at < to; found = days[++at]) count += found.count
  return count
}

/** All days in whole bars, and never less than `shortest`: what is left over stands around them. */
export const wholeSpan = (days: readonly DayCount[], shortest: number): Span => {
  const [first, last] = [days[0]?.at ?? 0, days.at(-1)?.at ?? 0]
  const unit = unitOf({ from: first, to: last + day })
  const [from, to] = [startOf(first, unit, true), nextEdge(startOf(last, unit, true), unit, true)]
  const missing = Math.max(0, shortest - (to - from)) / day
  return { from: from - Math.floor(missing / 2) * day, to: to + Math.ceil(missing / 2) * day }
}

const firstFrom = (days: readonly DayCount[], time: number): number => {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((days[middle]?.at ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}
