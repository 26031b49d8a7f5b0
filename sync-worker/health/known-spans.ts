import { uptimeOf } from '#schema/health/state.ts'

/**
 * What is known of a store in each five minutes of a day: it was heard, it was asked in vain, or nothing. No check wakes a
 * store for it: its own reports count, and the checks whose turn it was. One text in its row, so nothing more is written.
 *
 *     uuu·····uu·dddduu        u heard   d silent   . nothing known        the last one: `knownUpTo`, counted since 1970
 */
export interface KnownSpans {
  readonly known: string
  readonly knownUpTo: number
}

export const firstKnown = (isHeard: boolean, now: number): readonly [string, number] => [
  isHeard ? 'u' : 'd',
  Math.floor(now / spanMs),
]

/** For a row that is there: what follows from it and from `firstKnown`, bound to `mark` and `upTo`. Heard once is heard. */
export const knownSql = (mark: string, upTo: string): string => `
  known = CASE
    WHEN ${upTo} - knownUpTo >= ${spans} THEN ${mark}
    WHEN ${upTo} > knownUpTo
      THEN substr(known || substr('${'.'.repeat(spans)}', 1, ${upTo} - knownUpTo - 1) || ${mark}, -${spans})
    ELSE substr(known, 1, length(known) - 1) || max(substr(known, -1), ${mark}) END,
  knownUpTo = max(${upTo}, knownUpTo)`

/** Of 24 hours; null if nothing is known of them. */
export const knownUptime = ({ known, knownUpTo }: KnownSpans, now: number): number | null => {
  const age = Math.max(0, Math.floor(now / spanMs) - knownUpTo)
  const recent = age >= spans ? '' : known.slice(-(spans - age))
  const count = (mark: string) => recent.split(mark).length - 1
  return uptimeOf({ healthy: count('u'), degraded: 0, down: count('d') })
}

const spanMs = 300_000
const spans = 288
