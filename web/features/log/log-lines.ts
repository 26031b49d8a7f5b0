import type { FoundEvents } from '#web/services/history/log-protocol.ts'

/**
 * The lines of the list, the newest first:
 *
 *   day    Tuesday, 3 March 2026
 *   row    12  Finished an answer.            an act: its events are one line, where its newest is
 *   row      12  Finished an answer.          … and below it, one by one, while it is open
 *   row      10  Asked for an answer.
 *   row    11  Said “Good morning.”
 *   seen   what follows had been looked at
 */
export type LogLine = DayLine | SeenLine | RowLine

interface DayLine {
  readonly kind: 'day'
  readonly key: string
  readonly time: number
}

interface SeenLine {
  readonly kind: 'seen'
  readonly key: 'seen'
}

export interface RowLine {
  readonly kind: 'row'
  readonly key: string
  /** The events it tells of, the oldest first, as the worker knows them. */
  readonly indices: readonly number[]
  /** Of the newest of them. */
  readonly number: number
  /** The act that this line folds; undefined for a line of one event. */
  readonly act?: number
  readonly isOpen?: boolean
  /** Of an act that is open, and stands below it. */
  readonly isInside: boolean
}

interface Arrangement {
  readonly openActs: ReadonlySet<number>
  /** The number of the last event that had been looked at; 0 when nothing is known of that. */
  readonly seen: number
  readonly isUtc: boolean
}

export const linesOf = (found: FoundEvents, { openActs, seen, isUtc }: Arrangement): readonly LogLine[] => {
  const { indices, numbers, times, acts } = found
  const members = membersOf(acts)
  const lines: LogLine[] = []
  const told = new Set<number>()
  let day: Day | undefined
  const hasNew = seen > 0 && (numbers.at(-1) ?? 0) > seen
  let isDivided = !hasNew

  const addRow = (place: number, isInside: boolean) => {
    const number = numbers[place] ?? 0
    lines.push({
      kind: 'row',
      key: `${isInside ? 'inside' : 'event'} ${number}`,
      indices: [indices[place] ?? 0],
      number,
      isInside,
    })
  }
  for (let place = indices.length - 1; place >= 0; place--) {
    const [number = 0, time = 0, act = -1] = [numbers[place], times[place], acts[place]]
    const ofAct = members.get(act)
    if (ofAct !== undefined && told.has(act)) continue
    if (!isDivided && number <= seen) {
      lines.push({ kind: 'seen', key: 'seen' })
      isDivided = true
    }
    if (day === undefined || time < day.from || time >= day.to) {
      day = dayAt(time, isUtc)
      lines.push({ kind: 'day', key: `day ${day.from} ${number}`, time })
    }
    if (ofAct === undefined) {
      addRow(place, false)
      continue
    }
    told.add(act)
    const isOpen = openActs.has(act)
    lines.push({
      kind: 'row',
      key: `act ${act} ${number} ${ofAct.length}`,
      indices: ofAct.map((member) => indices[member] ?? 0),
      number,
      act,
      isOpen,
      isInside: false,
    })
    if (isOpen) for (const member of ofAct.toReversed()) addRow(member, true)
  }
  return lines
}

/** The row after or before a line; the line itself where there is none. */
export const rowNear = (lines: readonly LogLine[], place: number, by: 1 | -1): number => {
  for (let at = place; at >= 0 && at < lines.length; at += by) if (lines[at]?.kind === 'row') return at
  for (let at = place; at >= 0 && at < lines.length; at -= by) if (lines[at]?.kind === 'row') return at
  return -1
}

/** The places of the events of each act that has more than one of them here. */
const membersOf = (acts: Int32Array): ReadonlyMap<number, readonly number[]> => {
  const members = new Map<number, number[]>()
  for (const [place, act] of acts.entries()) {
    if (act === -1) continue
    const known = members.get(act)
    if (known === undefined) members.set(act, [place])
    else known.push(place)
  }
  for (const [act, places] of members) if (places.length === 1) members.delete(act)
  return members
}

interface Day {
  readonly from: number
  readonly to: number
}

/** A day has 23, 24 or 25 hours. What has no time is a day of its own. */
const dayAt = (time: number, isUtc: boolean): Day => {
  if (!Number.isFinite(time)) return { from: time, to: time }
  if (isUtc) {
    const from = Math.floor(time / 86_400_000) * 86_400_000
    return { from, to: from + 86_400_000 }
  }
  const date = new Date(time)
  const from = date.setHours(0, 0, 0, 0)
  return { from, to: date.setDate(date.getDate() + 1) }
}
