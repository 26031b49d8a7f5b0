import type { Span } from '#web/ui/charts/time-span.ts'
import { day, type TimeUnit, unitNames, unitTicks } from '#web/ui/charts/time-units.ts'
import { unitOf } from './density.ts'

/** “March 2026”, of what begins then. */
export const barName = (from: number, unit: TimeUnit): string => formatted(from, unitNames[unit])

/** The same beneath the axis; where a year begins, or the axis, its number is said too. */
export const barTick = (from: number, unit: TimeUnit, isFirst: boolean): string => {
  const withYear = unit === 'month' && (isFirst || new Date(from).getUTCMonth() === 0)
  return formatted(from, withYear ? { ...unitTicks.month, year: 'numeric' } : unitTicks[unit])
}

/** Whether it gives way where there is no room: every second one, and of months those that do not say their year. */
export const isMinorTick = (from: number, unit: TimeUnit, place: number): boolean =>
  unit === 'month' ? place > 0 && new Date(from).getUTCMonth() !== 0 : place % 2 === 1

/** “March 2026”, “3 March 2026”, “3 March – 9 April 2026”: a whole unit by its name, all else by its days. */
export const periodName = ({ from, to }: Span): string => {
  const last = to - day
  if (last <= from) return formatted(from, unitNames.day)
  const unit = unitOf({ from, to })
  const [first, end] = [new Date(from), new Date(to)]
  const isWhole = first.getUTCDate() === 1 && end.getUTCDate() === 1
  const months = (end.getUTCFullYear() - first.getUTCFullYear()) * 12 + end.getUTCMonth() - first.getUTCMonth()
  if (isWhole && months === 1) return formatted(from, unitNames.month)
  if (isWhole && months === 12 && first.getUTCMonth() === 0) return formatted(from, unitNames.year)
  return rangeFormat(isWhole && unit !== 'day' ? unitNames.month : unitNames.day).formatRange(from, last)
}

const formats = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>()

const rangeFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const known = formats.get(options) ?? new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' })
  formats.set(options, known)
  return known
}

const formatted = (time: number, options: Intl.DateTimeFormatOptions): string => rangeFormat(options).format(time)
