export type BarUnit = (typeof units)[number]

/** `to` is no more in it. Milliseconds since 1970. */
export interface LogBar {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** From the finest: the first that needs few enough bars is taken. */
const units = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
const mostBars = 62

/** How many events there were in each hour, day or whatever suits their span. Times rise; what has none is left out. */
export const barsOf = (
  times: Float64Array,
  isUtc: boolean,
): { readonly unit: BarUnit; readonly bars: readonly LogBar[] } => {
  const start = times.findIndex(Number.isFinite)
  const [first, last] = [times[start], times.at(-1)]
  if (first === undefined || last === undefined) return { unit: 'day', bars: [] }
  for (const unit of units) {
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
const edgesOf = (first: number, last: number, unit: BarUnit, isUtc: boolean): readonly number[] | undefined => {
  if ((last - first) / shortest[unit] > mostBars) return undefined
  const edges = [startOf(first, unit, isUtc)]
  for (;;) {
    const edge = edges.at(-1) ?? first
    if (edge > last) return edges.length - 1 > mostBars ? undefined : edges
    edges.push(nextEdge(edge, unit, isUtc))
  }
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour
const shortest = {
  minute,
  hour,
  day: 23 * hour,
  week: 7 * day - hour,
  month: 28 * day - hour,
  year: 365 * day - hour,
} as const

/** As a calendar of this clock has it: years, months from 0, days, hours, minutes. */
type Fields = readonly [year: number, month: number, day: number, hour: number, minute: number]

const startOf = (time: number, unit: BarUnit, isUtc: boolean): number => {
  const [y, m, d, h, min] = fieldsOf(time, isUtc)
  switch (unit) {
    case 'minute':
      return timeOf([y, m, d, h, min], isUtc)
    case 'hour':
      return time - ((((time - timeOf([y, m, d, h, 0], isUtc)) % hour) + hour) % hour)
    case 'day':
      return timeOf([y, m, d, 0, 0], isUtc)
    case 'week':
      return timeOf([y, m, d - weekdayOf(time, isUtc), 0, 0], isUtc)
    case 'month':
      return timeOf([y, m, 1, 0, 0], isUtc)
    case 'year':
      return timeOf([y, 0, 1, 0, 0], isUtc)
  }
}

const nextEdge = (edge: number, unit: BarUnit, isUtc: boolean): number => {
  const [y, m, d] = fieldsOf(edge, isUtc)
  switch (unit) {
    case 'minute':
      return edge + minute
    case 'hour':
      return edge + hour // also through the hour that comes twice
    case 'day':
      return timeOf([y, m, d + 1, 0, 0], isUtc)
    case 'week':
      return timeOf([y, m, d + 7, 0, 0], isUtc)
    case 'month':
      return timeOf([y, m + 1, 1, 0, 0], isUtc)
    case 'year':
      return timeOf([y + 1, 0, 1, 0, 0], isUtc)
  }
}

const fieldsOf = (time: number, isUtc: boolean): Fields => {
  const at = new Date(time)
  return isUtc
    ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()]
    : [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()]
}

const timeOf = (fields: Fields, isUtc: boolean): number => (isUtc ? Date.UTC(...fields) : new Date(...fields).getTime())

/** Monday is 0. */
const weekdayOf = (time: number, isUtc: boolean): number => {
  const at = new Date(time)
  return ((isUtc ? at.getUTCDay() : at.getDay()) + 6) % 7
}
