/** Days are UTC and written `2026-03-01`: so they sort, and so the workspace store has them. */
export interface DayRange {
  readonly from: string
  readonly to: string
  /** “the last 12 months”, “2025”. */
  readonly name: string
}

const dayMs = 86_400_000

const timeOfDay = (day: string) => Date.parse(`${day}T00:00:00Z`)

export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

export const daysBefore = (day: string, count: number): string => dayOf(timeOfDay(day) - count * dayMs)

/** Days up to today, by what stands in an address. */
const lately: Readonly<Record<string, number>> = { '7d': 7, '30d': 30, '90d': 90 }

/** A year by its number; so many days up to today; everything since `firstDay`; else the 365 days up to today. */
export const rangeOf = (range: string | undefined, today: string, firstDay = today): DayRange => {
  if (range !== undefined && /^\d{4}$/.test(range)) return { from: `${range}-01-01`, to: `${range}-12-31`, name: range }
  if (range === 'all') return { from: firstDay < today ? firstDay : today, to: today, name: 'all time' }
  const days = lately[range ?? '']
  return days === undefined
    ? { from: daysBefore(today, 364), to: today, name: 'the last 12 months' }
    : { from: daysBefore(today, days - 1), to: today, name: `the last ${days} days` }
}

export const daysOf = ({ from, to }: DayRange): readonly string[] => {
  const count = Math.max(0, Math.round((timeOfDay(to) - timeOfDay(from)) / dayMs) + 1)
  return Array.from({ length: count }, (_, index) => dayOf(timeOfDay(from) + index * dayMs))
}

/** Monday 0 … Sunday 6. */
export const weekdayOf = (day: string): number => (new Date(timeOfDay(day)).getUTCDay() + 6) % 7

export const mondayOf = (day: string): string => daysBefore(day, weekdayOf(day))

export const monthOf = (day: string): string => day.slice(0, 7)

/** The months that begin in these days, and in which week from the first they do. Too close together, one is left out. */
export const monthTicks = (days: readonly string[]) => {
  const lead = weekdayOf(days[0] ?? '1970-01-05')
  return days
    .map((day, index) => ({ day, week: Math.floor((lead + index) / 7) }))
    .filter(({ day }) => day.endsWith('-01'))
    .map(({ day, week }) => ({ week, name: shortMonth.format(timeOfDay(day)) }))
}

/** What stands under a column: the name of a month or a year where one begins. */
export const tickOf = (step: 'day' | 'week' | 'month', key: string, before: string | undefined): string | undefined => {
  if (step === 'month') return before?.slice(0, 4) === key.slice(0, 4) ? undefined : key.slice(0, 4)
  // A week is named after its Monday, and opens the month that begins in it.
  const last = (day: string) => (step === 'week' ? daysBefore(day, -6) : day)
  if (before === undefined || monthOf(last(before)) === monthOf(last(key))) return undefined
  return shortMonth.format(timeOfDay(last(key)))
}

const utc = { timeZone: 'UTC' } as const
const shortMonth = new Intl.DateTimeFormat(undefined, { ...utc, month: 'short' })
const formats = {
  day: new Intl.DateTimeFormat(undefined, { ...utc, day: 'numeric', month: 'long', year: 'numeric' }),
  weekday: new Intl.DateTimeFormat(undefined, { ...utc, dateStyle: 'full' }),
  month: new Intl.DateTimeFormat(undefined, { ...utc, month: 'long', year: 'numeric' }),
  shortWeekday: new Intl.DateTimeFormat(undefined, { ...utc, weekday: 'short' }),
}

export const dayName = (day: string): string => formats.day.format(timeOfDay(day))
export const longDayName = (day: string): string => formats.weekday.format(timeOfDay(day))
export const monthName = (month: string): string => formats.month.format(timeOfDay(`${month}-01`))

/** Monday first. 5 January 1970 was one. */
export const weekdayNames: readonly string[] = [5, 6, 7, 8, 9, 10, 11].map((date) =>
  formats.shortWeekday.format(Date.UTC(1970, 0, date)),
)
