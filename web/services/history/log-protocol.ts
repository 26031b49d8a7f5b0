import type { LogQuery } from '#schema/stores/log-search.ts'

// What the page and the worker say to each other of a log that is read, not replayed. Events are named by their index.

export interface LogFacet {
  readonly value: string
  readonly count: number
}

export interface LogOverview {
  readonly count: number
  /** The number of the last event, and of the last one the server held when the log was opened. */
  readonly head: number
  readonly confirmed: number
  readonly names: readonly LogFacet[]
  readonly devices: readonly LogFacet[]
  readonly people: readonly LogFacet[]
}

/** The events a query found, the oldest first: four columns of one table. */
export interface FoundEvents {
  readonly indices: Uint32Array
  readonly numbers: Uint32Array
  /** Milliseconds since 1970. */
  readonly times: Float64Array
  /** The number of the act an event belongs to; −1 for none. */
  readonly acts: Int32Array
}

/** One event, or an act of several, as a list says it. Who, where and when are those of its last. */
export interface LogRow {
  readonly number: number
  readonly count: number
  readonly name: string
  readonly sentence: string
  readonly at: number
  readonly actorId: string
  readonly deviceId: string
}

export interface WholeEvent extends LogRow {
  /** The number of the event before it; 0 before the first. */
  readonly before: number
  readonly args: unknown
  readonly receivedAt: number | null
  /** Whether this version knows what it means. */
  readonly isKnown: boolean
}

export const logFormats = ['json', 'csv', 'sqlite'] as const
export type LogFormat = (typeof logFormats)[number]

export interface LogFileAsked {
  readonly format: LogFormat
  readonly persona: string
  readonly exportedAt: Date
  /** What to call people and devices; who has no name here goes by the id. */
  readonly people: ReadonlyMap<string, string>
  readonly devices: ReadonlyMap<string, string>
  readonly confirmed: number
}

export interface LogCalls {
  readonly openLog: readonly [asked: { readonly log: Uint8Array }, answer: LogOverview]
  /** Null when something else was asked for meanwhile. */
  readonly searchLog: readonly [asked: LogQuery, answer: FoundEvents | null]
  readonly logRows: readonly [asked: { readonly of: readonly (readonly number[])[] }, answer: readonly LogRow[]]
  readonly logEvent: readonly [asked: { readonly number: number }, answer: WholeEvent | null]
  /** Of what was found last. */
  readonly logFile: readonly [asked: LogFileAsked, answer: Uint8Array<ArrayBuffer>]
}
