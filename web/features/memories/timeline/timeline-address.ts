import { periodOf, rangeOf, rangeToText } from '#web/features/memories/memory-search.ts'
import type { Span } from '#web/ui/charts/time-span.ts'
import { day } from '#web/ui/charts/time-units.ts'

/** Days as an address says them, both included: the days that a span touches. */
export const spanToWhen = ({ from, to }: Span): string | undefined =>
  rangeToText(dateOf(Math.floor(from / day) * day), dateOf(Math.ceil(to / day) * day - day))

/** The span that an address says; undefined for none, or for nonsense. */
export const whenToSpan = (when: string | undefined): Span | undefined => {
  const [from, to] = rangeOf(when).map((text) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN))
  return from !== undefined && to !== undefined && from <= to ? { from, to: to + day } : undefined
}

/** What a filter of times leaves of the whole; null if it leaves all. `now` as for `periodOf`. */
export const pickedIn = (when: string | undefined, now: number, whole: Span): Span | null => {
  const { from, to } = periodOf(when, now)
  if (from === undefined && to === undefined) return null
  return { from: from === undefined ? whole.from : asUtc(from), to: to === undefined ? whole.to : asUtc(to) }
}

/** Midnight here as midnight in UTC of the same date: the timeline knows dates only. */
const asUtc = (at: Date): number => at.getTime() - at.getTimezoneOffset() * 60_000

/** The other way round: when the day of a date begins here. */
export const beginningHere = (time: number): Date => {
  const at = new Date(time)
  const here = new Date(0)
  here.setFullYear(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())
  here.setHours(0, 0, 0, 0)
  return here
}

const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10)
