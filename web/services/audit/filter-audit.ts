import type { AuditEntry, LogStructure } from './log-structure.ts'

/** As the address has it: numbers of a device, an account and a subject, days of this clock. Absent: all. */
export interface AuditFilter {
  readonly device?: string | undefined
  readonly account?: string | undefined
  readonly subject?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** `account` is `unknown` where nobody knows who sent it. */
export const filteredEntries = (
  { entries }: Pick<LogStructure, 'entries'>,
  { device, account, subject, from, to }: AuditFilter,
): readonly AuditEntry[] =>
  entries.filter(
    (entry) =>
      (device === undefined || String(entry.device) === device) &&
      (account === undefined || String(entry.actor ?? 'unknown') === account) &&
      (subject === undefined || entry.subjects.some((number) => String(number) === subject)) &&
      (from === undefined || dayOf(entry.at) >= from) &&
      (to === undefined || dayOf(entry.at) <= to),
  )

export interface AuditCounts {
  /** `2026-03-01` → events, the first day first. */
  readonly days: ReadonlyMap<string, number>
  readonly devices: ReadonlyMap<number, number>
  readonly subjects: ReadonlyMap<number, number>
}

export const countsOf = (entries: readonly AuditEntry[]): AuditCounts => {
  const days = new Map<string, number>()
  const devices = new Map<number, number>()
  const subjects = new Map<number, number>()
  for (const { at, device, subjects: about } of entries) {
    addTo(days, dayOf(at))
    addTo(devices, device)
    for (const subject of about) addTo(subjects, subject)
  }
  return { days: new Map([...days].toSorted(([a], [b]) => a.localeCompare(b))), devices, subjects }
}

const addTo = <A>(counts: Map<A, number>, key: A) => counts.set(key, (counts.get(key) ?? 0) + 1)

/** On this clock. */
export const dayOf = (at: number): string => {
  const time = new Date(at)
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${time.getFullYear()}-${month}-${day}`
}
