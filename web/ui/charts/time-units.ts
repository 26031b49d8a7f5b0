/** From the finest to the coarsest. */
export const timeUnits = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
export type TimeUnit = (typeof timeUnits)[number]

const minute = 60_000
const hour = 60 * minute
export const day = 24 * hour

/** How short one of them can be, where clocks change. Milliseconds. */
export const shortestOf = {
  minute,
  hour,
  day: 23 * hour,
  week: 7 * day - hour,
  month: 28 * day - hour,
  year: 365 * day - hour,
} as const satisfies Record<TimeUnit, number>

/** When the minute, hour, day … of a time began, on this device's clock or in UTC. Milliseconds since 1970. */
export const startOf = (time: number, unit: TimeUnit, isUtc: boolean): number => {
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

/** When the next one begins after one that began at `edge`. */
export const nextEdge = (edge: number, unit: TimeUnit, isUtc: boolean): number => {
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

/** “Events a day”. */
export const perUnit = {
  minute: 'a minute',
  hour: 'an hour',
  day: 'a day',
  week: 'a week',
  month: 'a month',
  year: 'a year',
} as const satisfies Record<TimeUnit, string>

const date = { day: 'numeric', month: 'short' } as const
const clockTime = { hour: '2-digit', minute: '2-digit' } as const

/** How one of them is called, for `Intl.DateTimeFormat`. */
export const unitNames: Readonly<Record<TimeUnit, Intl.DateTimeFormatOptions>> = {
  minute: { ...date, ...clockTime },
  hour: { ...date, ...clockTime },
  day: { ...date, year: 'numeric' },
  week: { ...date, year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
}

/** The same beneath an axis, where there is little room. */
export const unitTicks: Readonly<Record<TimeUnit, Intl.DateTimeFormatOptions>> = {
  minute: clockTime,
  hour: clockTime,
  day: date,
  week: date,
  month: { month: 'short' },
  year: { year: 'numeric' },
}

/** As a calendar of this clock has it: years, months from 0, days, hours, minutes. */
type Fields = readonly [year: number, month: number, day: number, hour: number, minute: number]

const fieldsOf = (time: number, isUtc: boolean): Fields => {
  const at = new Date(time)
  return isUtc
    ? [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes()]
    : [at.getFullYear(), at.getMonth(), at.getDate(), at.getHours(), at.getMinutes()]
}

/** Not by `Date.UTC` and its like, to which the year 26 is 1926. */
const timeOf = ([y, m, d, h, min]: Fields, isUtc: boolean): number => {
  const at = new Date(0)
  if (isUtc) {
    at.setUTCFullYear(y, m, d)
    return at.setUTCHours(h, min, 0, 0)
  }
  at.setFullYear(y, m, d)
  return at.setHours(h, min, 0, 0)
}

/** Monday is 0. */
const weekdayOf = (time: number, isUtc: boolean): number => {
  const at = new Date(time)
  return ((isUtc ? at.getUTCDay() : at.getDay()) + 6) % 7
}
