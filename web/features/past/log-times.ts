import { countUpTo } from '#schema/shared/rising.ts'
import type { Overview } from '#web/services/history/history-protocol.ts'

type Log = Pick<Overview, 'head' | 'numbers' | 'times'>

/** The number of the last event that had happened at this time; 0 when none had. */
export const numberAt = ({ head, numbers, times }: Log, time: number): number =>
  Math.min(numbers[countUpTo(times, time) - 1] ?? 0, head)

/** When the state after event `n` came to be. That before the first is a moment older. */
export const timeOf = ({ numbers, times }: Log, n: number): number =>
  times[countUpTo(numbers, n) - 1] ?? (times[0] ?? 0) - 1

/** The event a step leads to: a day on or back, but one event at least. */
export const aDayFrom = (log: Log, n: number, direction: 1 | -1): number => {
  const there = numberAt(log, timeOf(log, n) + direction * day)
  return direction === 1 ? Math.min(log.head, Math.max(n + 1, there)) : Math.max(0, Math.min(n - 1, there))
}

/** How busy the log was, in as many steps as asked for: events a day in each, of the same number of events. */
export const paceOf = ({ times }: Log, steps: number): readonly number[] =>
  Array.from({ length: Math.min(steps, times.length) }, (_, step) => {
    const [from, to] = [step, step + 1].map((place) =>
      Math.floor((place * times.length) / Math.min(steps, times.length)),
    )
    const span = (times[to ?? 0] ?? times.at(-1) ?? 0) - (times[from ?? 0] ?? 0)
    return ((to ?? 0) - (from ?? 0)) / Math.max(span / day, 1 / 24)
  })

const day = 86_400_000
