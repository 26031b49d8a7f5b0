import type { MemoryOrder } from '#schema/memories/list-queries.ts'
import type { MemoryFilter, MemorySort } from '#schema/memories/queries.ts'
import { tiers } from '#schema/memories/tiers.ts'

/** What the Explorer keeps in its address. Everything is text, as typed or chosen; nonsense means “not narrowed”. */
export interface MemorySearch {
  readonly text?: string
  readonly kind?: string
  readonly tag?: string
  /** `hot`, `warm` or `cold`. */
  readonly tier?: string
  /** `0.7..1`, either end may be absent. */
  readonly importance?: string
  /** One of `whenPresets`, or days: `2026-01-01..2026-03-31`, either end may be absent, both included. */
  readonly when?: string
  /** `added`: `when`, and the timeline, are of when it was learnt; else of when it was true. */
  readonly time?: string
  /** What the timeline shows: days, as in `when`; everything, if none. */
  readonly span?: string
  /** Whose memories the provenance shows: `conversation.<id>`, `import.<id>` or `hand`. */
  readonly from?: string
  readonly sort?: string
  readonly direction?: string
  /** `forgotten`: the recycle bin. */
  readonly show?: string
  /** One of `explorerViews`; the list, if none. */
  readonly view?: string
  /** Of the graph and the map: `tier`, else colours say the kind. */
  readonly colour?: string
  /** Of the graph: how many steps around the open memory; all, if none. */
  readonly depth?: string
  /** The memory that is open, or `new`. */
  readonly memory?: string
  /** `tiers` or `similar`: what is reviewed, in a dialog. */
  readonly review?: string
  /** Of the open memory: `all` versions, or two to compare: `120..184`, `120..now`. */
  readonly history?: string
}

export const newMemory = 'new'

export const whenPresets = [
  { value: 'today', label: 'Today' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
  { value: '365d', label: 'Last year' },
  { value: 'older', label: 'Older than a year' },
] as const

const sorts: readonly MemorySort[] = ['addedAt', 'occurredAt', 'importance']

export const orderOfSearch = ({ sort, direction }: MemorySearch): MemoryOrder => ({
  sort: sorts.find((known) => known === sort) ?? 'addedAt',
  direction: direction === 'asc' ? 'asc' : 'desc',
})

/** `now` in milliseconds; times are days of the person's own clock. */
export const filterOfSearch = (search: MemorySearch, now: number): MemoryFilter => ({
  ...chosen('text', search.text),
  ...chosen('kind', search.kind),
  ...chosen('tag', search.tag),
  ...tierIn(search.tier),
  ...importanceOf(search.importance),
  ...timesOf(search, now),
  ...(search.show === 'forgotten' ? { forgotten: true } : {}),
})

export const isNarrowed = ({ text, kind, tag, tier, importance, when }: MemorySearch): boolean =>
  [text, kind, tag, tier, importance, when].some((value) => value !== undefined && value.trim() !== '')

export const rangeOf = (value: string | undefined): readonly [from: string, to: string] => {
  const [from = '', to = ''] = (value ?? '').split('..')
  return [from, to]
}

/** Nothing at either end is no range at all. */
export const rangeToText = (from: string, to: string): string | undefined =>
  from === '' && to === '' ? undefined : `${from}..${to}`

const chosen = (key: 'text' | 'kind' | 'tag', value: string | undefined) =>
  value === undefined || value.trim() === '' ? {} : { [key]: value }

const tierIn = (value: string | undefined) => {
  const tier = tiers.find((known) => known === value)
  return tier === undefined ? {} : { tier }
}

const importanceOf = (value: string | undefined) => {
  const [from, to] = rangeOf(value).map((end) => (end === '' ? Number.NaN : Number(end)))
  return {
    ...(from !== undefined && from > 0 && from <= 1 ? { importanceFrom: from } : {}),
    ...(to !== undefined && to >= 0 && to < 1 ? { importanceTo: to } : {}),
  }
}

const timesOf = ({ when, time }: MemorySearch, now: number): MemoryFilter => {
  const { from, to } = periodOf(when, now)
  const [first, last] = time === 'added' ? (['addedFrom', 'addedTo'] as const) : (['from', 'to'] as const)
  return { ...(from === undefined ? {} : { [first]: from }), ...(to === undefined ? {} : { [last]: to }) }
}

/** What a `when` says, on the person’s own clock; `to` is no more in it. */
export const periodOf = (value: string | undefined, now: number): { readonly from?: Date; readonly to?: Date } => {
  if (value === undefined) return {}
  if (value === 'today') return { from: startOfDay(now, 0) }
  if (value === 'older') return { to: startOfDay(now, -365) }
  const days = /^(\d{1,4})d$/.exec(value)?.[1]
  if (days !== undefined) return { from: startOfDay(now, 1 - Number(days)) }
  const [from, to] = rangeOf(value).map(dayOf)
  return {
    ...(from === undefined ? {} : { from: startOfDay(from, 0) }),
    ...(to === undefined ? {} : { to: startOfDay(to, 1) }),
  }
}

const dayOf = (text: string): number | undefined => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00`).getTime() : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** Midnight here, `days` days away; days of 23 or 25 hours count as one. */
const startOfDay = (time: number, days: number): Date => {
  const day = new Date(time)
  day.setHours(0, 0, 0, 0)
  day.setDate(day.getDate() + days)
  return day
}
