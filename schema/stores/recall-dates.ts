/** How near a time is to one that a question names: 1 within it, ½ soon after, when it is still talked about. */
export interface NamedTime {
  readonly words: string
  readonly nearness: (at: Date) => number
}

/**
 * The times that a question names, in English or as 2023-05-09, in UTC. What is told from today, such as “last month”,
 * is told from `now`; a month without a year is that month of any year.
 */
export const timesIn = (question: string, now: Date): readonly NamedTime[] => {
  let rest = question.toLowerCase()
  return forms.flatMap(({ pattern, spanOf }) =>
    Array.from(rest.matchAll(pattern)).flatMap((match) => {
      // A day is no year too, and a month no month without one: what one form took, the next does not see.
      rest = rest.replace(match[0], ' ')
      const nearness = spanOf(match.slice(1), now)
      return nearness === undefined ? [] : [{ words: match[0].trim(), nearness }]
    }),
  )
}

type Nearness = NamedTime['nearness']

interface Form {
  readonly pattern: RegExp
  readonly spanOf: (groups: readonly (string | undefined)[], now: Date) => Nearness | undefined
}

const months = 'january february march april may june july august september october november december'.split(' ')
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')
const month = `(${months.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\.?`
const day = '(\\d{1,2})(?:st|nd|rd|th)?'
const year = '((?:19|20)\\d\\d)'
const dayLength = 86_400_000

const forms: readonly Form[] = [
  { pattern: /\b(\d{4})-(\d\d)-(\d\d)\b/g, spanOf: ([y, m, d]) => dayOf(Number(y), Number(m) - 1, Number(d)) },
  {
    pattern: new RegExp(`\\b${day} (?:of )?${month},? ${year}\\b`, 'g'),
    spanOf: ([d, m, y]) => dayOf(Number(y), monthOf(m), Number(d)),
  },
  {
    pattern: new RegExp(`\\b${month} ${day},? ${year}\\b`, 'g'),
    spanOf: ([m, d, y]) => dayOf(Number(y), monthOf(m), Number(d)),
  },
  { pattern: new RegExp(`\\b${month},? ${year}\\b`, 'g'), spanOf: ([m, y]) => monthSpan(Number(y), monthOf(m)) },
  {
    pattern: new RegExp(`\\b${day} (?:of )?${month}(?![\\w])`, 'g'),
    spanOf: ([d, m]) => anyYear((y) => dayOf(y, monthOf(m), Number(d))),
  },
  {
    pattern: new RegExp(`\\b${month} ${day}\\b`, 'g'),
    spanOf: ([m, d]) => anyYear((y) => dayOf(y, monthOf(m), Number(d))),
  },
  // “May” alone is more often a verb, and “mar” a part of names.
  {
    pattern: new RegExp(`\\b(?:in|since|during|last|this|of|until|before|after|early|late) ${month}(?![\\w])`, 'g'),
    spanOf: ([m]) => anyYear((y) => monthSpan(y, monthOf(m))),
  },
  {
    pattern: new RegExp(`\\b${year}\\b`, 'g'),
    spanOf: ([y]) => span(Date.UTC(Number(y), 0), Date.UTC(Number(y) + 1, 0)),
  },
  { pattern: /\b(yesterday|today)\b/g, spanOf: ([word], now) => daysAgo(word === 'today' ? 0 : 1, now) },
  {
    pattern: /\b(last|this) (week|month|year)\b/g,
    spanOf: ([which, unit], now) => calendar(unit, which === 'last', now),
  },
  {
    pattern: /\b(?:last|on) (sunday|monday|tuesday|wednesday|thursday|friday|saturday)\b/g,
    spanOf: ([name], now) => daysAgo(((now.getUTCDay() - weekdays.indexOf(name ?? '') + 6) % 7) + 1, now),
  },
]

const monthOf = (name = ''): number => months.findIndex((it) => it.startsWith(name.slice(0, 3)))

const dayOf = (y: number, m: number, d: number): Nearness => span(Date.UTC(y, m, d), Date.UTC(y, m, d + 1))

const monthSpan = (y: number, m: number): Nearness => span(Date.UTC(y, m), Date.UTC(y, m + 1))

const daysAgo = (days: number, now: Date): Nearness =>
  dayOf(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - days)

const calendar = (unit: string | undefined, isLast: boolean, now: Date): Nearness => {
  const [y, m, back] = [now.getUTCFullYear(), now.getUTCMonth(), isLast ? 1 : 0]
  if (unit === 'year') return span(Date.UTC(y - back, 0), Date.UTC(y - back + 1, 0))
  if (unit === 'month') return monthSpan(y, m - back)
  const monday = now.getUTCDate() - ((now.getUTCDay() + 6) % 7) - 7 * back
  return span(Date.UTC(y, m, monday), Date.UTC(y, m, monday + 7))
}

const anyYear =
  (spanIn: (year: number) => Nearness): Nearness =>
  (at) =>
    Math.max(spanIn(at.getUTCFullYear())(at), spanIn(at.getUTCFullYear() - 1)(at))

/** Soon after: as long again, but two weeks at least and a month at most. */
const span = (from: number, to: number): Nearness => {
  const after = to + Math.min(Math.max(to - from, 14 * dayLength), 31 * dayLength)
  return (at) => {
    const time = at.getTime()
    if (time < from || time >= after) return 0
    return time < to ? 1 : 0.5
  }
}
