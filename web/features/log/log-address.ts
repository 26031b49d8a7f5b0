import { type PatternUnreadable, patternOf } from '#schema/stores/log-pattern.ts'
import type { LogQuery } from '#schema/stores/log-search.ts'

/** What the room keeps in its address. Everything is text; nonsense means “not narrowed”. */
export interface LogAddress {
  readonly text?: string
  /** A regular expression. */
  readonly regex?: string
  /** Names of events with commas between: one is enough. */
  readonly name?: string
  readonly device?: string
  readonly person?: string
  /** One of `whenPresets`, or moments: `2026-01-01T10:00:00.000Z..`, either end may be absent, the second not included. */
  readonly when?: string
  /** `seen`, or the number of the event after which to begin. */
  readonly since?: string
  /** `utc`: all times are those of UTC. */
  readonly time?: string
  /** Whether the timeline is there; it depends on the screen when nothing is said. */
  readonly timeline?: 'show' | 'hide'
  /** The number of the event that is open. */
  readonly event?: string
}

/** What narrows the log, and is dropped to see all of it. */
export const noFilters = {
  text: undefined,
  regex: undefined,
  name: undefined,
  device: undefined,
  person: undefined,
  when: undefined,
  since: undefined,
} satisfies { readonly [Key in keyof LogAddress]?: undefined }

export const isNarrowed = (address: LogAddress): boolean =>
  // The keys of an object of this very shape.
  (Object.keys(noFilters) as (keyof typeof noFilters)[]).some((key) => (address[key] ?? '').trim() !== '')

export const whenPresets = [
  { value: '1d', label: 'Last 24 hours', hours: 24 },
  { value: '7d', label: 'Last 7 days', hours: 7 * 24 },
  { value: '30d', label: 'Last 30 days', hours: 30 * 24 },
  { value: '365d', label: 'Last year', hours: 365 * 24 },
] as const

interface Here {
  /** Milliseconds since 1970. */
  readonly now: number
  /** The number of the last event this person had looked at. */
  readonly seen: number
}

export const queryOf = (address: LogAddress, here: Here): LogQuery | PatternUnreadable => {
  const { text, regex, device, person } = address
  const pattern = isSaid(regex) ? patternOf(regex) : undefined
  if (pattern instanceof Error) return pattern
  const names = namesOf(address)
  const after = address.since === 'seen' ? here.seen : Number(address.since)
  return {
    ...(isSaid(text) && { text }),
    ...(pattern !== undefined && { pattern }),
    ...(names.length > 0 && { names }),
    ...(isSaid(device) && { deviceId: device }),
    ...(isSaid(person) && { actorId: person }),
    ...(after > 0 && { after }),
    ...timesOf(address.when, here.now),
  }
}

export const namesOf = ({ name = '' }: LogAddress): readonly string[] => name.split(',').filter((one) => one !== '')

/** Both ends of a `when` that names moments, in milliseconds since 1970. */
export const momentsOf = (when: string | undefined): { readonly from?: number; readonly to?: number } => {
  const [from, to] = (when ?? '').split('..').map(Date.parse)
  return { ...(isTime(from) && { from }), ...(isTime(to) && { to }) }
}

export const whenOf = (from: number | undefined, to: number | undefined): string | undefined =>
  from === undefined && to === undefined ? undefined : `${textOf(from)}..${textOf(to)}`

export const eventNumberOf = ({ event }: LogAddress): number | undefined =>
  event !== undefined && /^[1-9]\d{0,9}$/.test(event) ? Number(event) : undefined

const timesOf = (when: string | undefined, now: number) => {
  const preset = whenPresets.find(({ value }) => value === when)
  return preset === undefined ? momentsOf(when) : { from: now - preset.hours * 3_600_000 }
}

const textOf = (time: number | undefined) => (time === undefined ? '' : new Date(time).toISOString())
const isTime = (time: number | undefined): time is number => time !== undefined && !Number.isNaN(time)
const isSaid = (value: string | undefined): value is string => value !== undefined && value.trim() !== ''
