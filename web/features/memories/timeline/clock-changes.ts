import type { ClockChange } from '#schema/memories/timeline-queries.ts'

const week = 7 * 86_400_000
const minute = 60_000
/** Before the one no clock is known to follow rules, after the other nobody knows them. */
const [earliest, latest] = [Date.UTC(1900, 0, 1), Date.UTC(2100, 0, 1)]

/**
 * When a clock changes between two times, found by looking once a week and halving: summer time, and what countries
 * decide. `aheadAt` says how far it is ahead of UTC at a time; all in milliseconds.
 */
export const clockChanges = (
  first: number,
  last: number,
  aheadAt: (time: number) => number,
): readonly ClockChange[] => {
  const [start, end] = [first, last].map((time) => Math.min(latest, Math.max(earliest, time))) as [number, number] // as many as there were
  const changes: ClockChange[] = [{ from: start, ahead: aheadAt(start) }]
  for (let before = start; before < end; ) {
    const after = Math.min(end, before + week)
    const known = aheadAt(before)
    if (aheadAt(after) !== known) changes.push(changeBetween(before, after, aheadAt))
    before = after
  }
  return changes
}

/** How far the clock of this device is ahead. */
export const aheadHere = (time: number): number => -new Date(time).getTimezoneOffset() * minute

const changeBetween = (before: number, after: number, aheadAt: (time: number) => number): ClockChange => {
  const known = aheadAt(before)
  let [low, high] = [before, after]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (aheadAt(middle) === known) low = middle
    else high = middle
  }
  return { from: high, ahead: aheadAt(high) }
}
