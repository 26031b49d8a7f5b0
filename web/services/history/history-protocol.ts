import type { LogEvent } from '#schema/stores/replay.ts'
import type { TableDiff } from '#schema/stores/state-diff.ts'
import type { Row } from '#schema/stores/state-hash.ts'
import type { StoreKind } from '#schema/stores/store-id.ts'
import type { ThingVersion } from '#schema/stores/thing-versions.ts'
import type { Thing } from '#schema/stores/things.ts'
import type { AskOf } from '#web/services/worker-calls.ts'
import type { CompareAsked, Comparison, Makers } from './compare.ts'
import type { LogComparison } from './compare-logs.ts'
import type { LogCalls } from './log-protocol.ts'

// What the page and the worker that replays a log say to each other. The log and its states stay in the worker.

/** What a first pass over a log found. */
export interface Overview {
  /** The number of the last event that was replayed. */
  readonly head: number
  /** That of the last event which the server holds too. */
  readonly confirmed: number
  readonly numbers: readonly number[]
  /** When each of them happened, in milliseconds since 1970. */
  readonly times: readonly number[]
  /** Events that this version does not know, by name. */
  readonly skipped: ReadonlyMap<string, number>
  /** Why the replay ended before the last event, in a sentence. */
  readonly failure: string | null
}

export interface StateHash {
  readonly hash: string
  readonly tables: ReadonlyMap<string, string>
}

export interface DiffAsked {
  readonly from: number
  readonly to: number
  /** Rows of each table and change, and how many of them to pass over. */
  readonly limit?: number
  readonly offset?: number
  readonly tables?: readonly string[]
}

/** How a state that is kept compares with the one its log makes. */
export interface Verdict {
  readonly rebuilt: StateHash
  readonly kept: StateHash
  /** What the kept state has otherwise, by table: none when both are the same. `before` is rebuilt, `after` is kept. */
  readonly differences: readonly TableDiff[]
}

/** One event, to be shown. */
export interface EventSaid {
  readonly name: string
  readonly sentence: string
}

/** Each call and what it answers. `n` is the number of an event: the state after it, 0 before the first. */
export interface HistoryCalls extends LogCalls {
  readonly open: readonly [asked: { readonly kind: StoreKind; readonly log: Uint8Array }, answer: Overview]
  readonly numberAt: readonly [asked: { readonly time: number }, answer: number]
  readonly stateHash: readonly [asked: { readonly n: number }, answer: StateHash]
  readonly rows: readonly [
    asked: { readonly n: number; readonly query: string; readonly bindValues: readonly (string | number | null)[] },
    answer: readonly Row[],
  ]
  readonly diff: readonly [asked: DiffAsked, answer: readonly TableDiff[]]
  /** From the state at `n` to what it were without these events. */
  readonly whatIf: readonly [
    asked: { readonly n: number; readonly without: readonly number[]; readonly limit?: number },
    answer: readonly TableDiff[],
  ]
  /** The state as SQLite writes it, and the event that made it so; null before the first. */
  readonly stateFile: readonly [
    asked: { readonly n: number },
    answer: { readonly file: Uint8Array<ArrayBuffer>; readonly event: EventSaid | null },
  ]
  readonly versionsOf: readonly [asked: Thing, answer: readonly ThingVersion[]]
  readonly compare: readonly [asked: CompareAsked, answer: Comparison]
  readonly makers: readonly [asked: null, answer: Makers]
  /** Holds events of the server against those of this log, up to what the server had confirmed of it. */
  readonly compareLogs: readonly [asked: { readonly there: readonly LogEvent[] }, answer: LogComparison]
  /** `state` is a SQLite file of the state after event `n`. */
  readonly verify: readonly [asked: { readonly n: number; readonly state: Uint8Array }, answer: Verdict]
}

export interface ReplayProgress {
  readonly done: number
  readonly of: number
}

export type Ask = AskOf<HistoryCalls>
