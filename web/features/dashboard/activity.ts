import { dayName, mondayOf, monthName, monthOf } from '#web/ui/charts/calendar.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'

export interface DayActivity {
  readonly day: string
  readonly messages: number
  readonly memories: number
}

/** Every day of the list, those on which nothing happened too. */
export const filledDays = (days: readonly string[], activity: readonly DayActivity[]): readonly DayActivity[] => {
  const activityByDay = new Map(activity.map((row) => [row.day, row]))
  return days.map((day) => activityByDay.get(day) ?? { day, messages: 0, memories: 0 })
}

export type Step = 'day' | 'week' | 'month'

/** What the columns of a range stand for, so that there are few enough of them to be seen. */
export const stepOf = (days: number): Step => (days <= 92 ? 'day' : days <= 800 ? 'week' : 'month')

/** Days added up: by day, by week (named after its Monday) or by month. In the order of the days. */
export const summed = (days: readonly DayActivity[], by: Step): readonly DayActivity[] => {
  const sums = new Map<string, DayActivity>()
  for (const { day, messages, memories } of days) {
    const key = by === 'week' ? mondayOf(day) : by === 'month' ? monthOf(day) : day
    const sum = sums.get(key) ?? { day: key, messages: 0, memories: 0 }
    sums.set(key, { day: key, messages: sum.messages + messages, memories: sum.memories + memories })
  }
  return [...sums.values()]
}

export const totalOf = (days: readonly DayActivity[], what: 'messages' | 'memories'): number =>
  days.reduce((sum, day) => sum + day[what], 0)

export const activityText = ({ messages, memories }: DayActivity): string => {
  if (messages === 0 && memories === 0) return 'nothing'
  const parts = [
    ...(messages > 0 ? [counted(messages, 'message')] : []),
    ...(memories > 0 ? [counted(memories, 'memory', 'memories')] : []),
  ]
  return parts.join(', ')
}

/** What the calendar says. */
export const activityFinding = (days: readonly DayActivity[], rangeName: string): string => {
  const active = days.filter(({ messages, memories }) => messages + memories > 0)
  const busiest = highest(active, ({ messages, memories }) => messages + memories)
  if (busiest === undefined) return `Nothing was said or learnt in ${rangeName}`
  if (active.length === 1) return `Active on one day, ${dayName(busiest.day)}`
  return `Active on ${wholeNumber(active.length)} days, most on ${dayName(busiest.day)}`
}

/** What the two curves say. */
export const growthFinding = (days: readonly DayActivity[], rangeName: string): string => {
  const months = summed(days, 'month')
  const what = totalOf(days, 'messages') > 0 ? 'messages' : 'memories'
  const total = totalOf(days, what)
  const best = highest(months, (month) => month[what])
  if (best === undefined || total === 0) return `Nothing was added in ${rangeName}`
  const verb = what === 'messages' ? 'said' : 'learnt'
  if (best[what] === total) return `All was ${verb} in ${monthName(best.day)}`
  return `Most was ${verb} in ${monthName(best.day)}: ${wholeNumber(best[what])} of ${wholeNumber(total)} ${what}`
}

const highest = <A>(items: readonly A[], weigh: (item: A) => number): A | undefined =>
  items.reduce<A | undefined>(
    (best, item) => (best === undefined || weigh(item) > weigh(best) ? item : best),
    undefined,
  )
