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

/** A year by its number, else the 365 days up to today. */
export const rangeOf = (year: string | undefined, today: string): DayRange =>
  year !== undefined && /^\d{4}$/.test(year)
    ? { from: `${year}-01-01`, to: `${year}-12-31`, name: year }
    : { from: daysBefore(today, 364), to: today, name: 'the last 12 months' }

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
