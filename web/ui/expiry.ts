const day = 86_400_000

export const spans = [
  { value: 'never', label: 'Never', days: null },
  { value: 'day', label: 'In a day', days: 1 },
  { value: 'week', label: 'In a week', days: 7 },
  { value: 'month', label: 'In a month', days: 30 },
] as const

export const endOfSpan = (value: string, now: number): Date | null => {
  const days = spans.find((span) => span.value === value)?.days ?? null
  return days === null ? null : new Date(now + days * day)
}

/** The end of a day as it is written in a date field, on the person's clock; nothing of what is no date, or over. */
export const endOfDay = (text: string, now: number): Date | undefined => {
  const end = new Date(`${text}T23:59:59`)
  return Number.isNaN(end.getTime()) || end.getTime() <= now ? undefined : end
}
