import { searchTextOf } from '#schema/shared/text.ts'
import { eventSentence } from './event-sentence.ts'
import type { LogEvent } from './replay.ts'

/** What of a log is wanted. Each that is given narrows; of a list, one is enough. */
export interface LogQuery {
  readonly names?: readonly string[]
  readonly deviceId?: string
  readonly actorId?: string
  /** Milliseconds since 1970; `to` is no more in it. */
  readonly from?: number
  readonly to?: number
  /** Only events after the one of this number. */
  readonly after?: number
  /** In the sentence or anywhere in the event, whatever the case. */
  readonly text?: string
  /** Tried on every line of `linesOfEvent`. */
  readonly pattern?: RegExp
}

/** `time` as `timesOf` says. */
export type LogMatcher = (event: LogEvent, time: number) => boolean

export const logMatcher = ({ names, text = '', pattern, ...query }: LogQuery): LogMatcher => {
  const { deviceId, actorId, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, after = 0 } = query
  const wanted = names === undefined ? undefined : new Set(names)
  const needle = searchTextOf(text.trim())
  // What is quick to say goes first: a long log is mostly not looked into.
  return (event, time) => {
    if (event.seqNum <= after || time < from || time >= to) return false
    if (wanted !== undefined && !wanted.has(event.name)) return false
    if (deviceId !== undefined && signerOf(event).deviceId !== deviceId) return false
    if (actorId !== undefined && signerOf(event).actorId !== actorId) return false
    if (needle === '' && pattern === undefined) return true
    const lines = linesOfEvent(event)
    return (needle === '' || searchTextOf(lines).includes(needle)) && (pattern === undefined || pattern.test(lines))
  }
}

/** Who wrote an event, on which device; empty where it does not say. */
export const signerOf = ({ args }: LogEvent) => {
  const { actorId, deviceId } = isObject(args) ? args : {}
  return {
    actorId: typeof actorId === 'string' ? actorId : '',
    deviceId: typeof deviceId === 'string' ? deviceId : '',
  }
}

/** An event as what is searched: its sentence, its name, and a line `field: value` for each value in it. */
export const linesOfEvent = (event: LogEvent): string => {
  const lines = [eventSentence(event), event.name]
  addLines(lines, '', event.args)
  return lines.join('\n')
}

const addLines = (lines: string[], field: string, value: unknown) => {
  if (Array.isArray(value)) for (const inner of value) addLines(lines, field, inner)
  else if (isObject(value)) for (const [key, inner] of Object.entries(value)) addLines(lines, key, inner)
  else if (value !== null && value !== undefined)
    lines.push(`${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
