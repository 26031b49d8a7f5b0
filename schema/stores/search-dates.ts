/** `before` its first moment, or `after`: from its first moment on. In UTC. */
export interface DateFilter {
  readonly field: 'before' | 'after'
  readonly at: Date
}

/** 2026, 2026-03, 2026-03-01 (or with / or .), today, yesterday, and 7d, 2w, 3m, 1y ago. Anything else is undefined. */
export const dateFilterOf = (field: DateFilter['field'], text: string, now: Date): DateFilter | undefined => {
  const at = momentOf(text.trim().toLowerCase(), now)
  return at === undefined || Number.isNaN(at) ? undefined : { field, at: new Date(at) }
}

const momentOf = (text: string, now: Date): number | undefined => {
  const [y, m, d] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()]
  if (text === 'today') return Date.UTC(y, m, d)
  if (text === 'yesterday') return Date.UTC(y, m, d - 1)
  const [, count, unit] = /^(\d{1,3})([dwmy])$/.exec(text) ?? []
  if (count !== undefined) {
    const n = Number(count)
    if (unit === 'y') return Date.UTC(y - n, m, d)
    if (unit === 'm') return Date.UTC(y, m - n, d)
    return Date.UTC(y, m, d - n * (unit === 'w' ? 7 : 1))
  }
  const [, year, month = '1', day = '1'] = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text) ?? []
  if (year === undefined) return undefined
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // 2026-02-31 is no day.
  return new Date(at).getUTCMonth() === Number(month) - 1 && Number(day) >= 1 ? at : undefined
}
