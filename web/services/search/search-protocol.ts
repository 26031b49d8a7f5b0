import type { SearchGroup, SearchOrder } from '#schema/stores/search-find.ts'
import type { SearchNote, Wanted } from '#schema/stores/search-query.ts'
import type { SearchWriter } from '#schema/stores/search-writer.ts'
import type { AskOf } from '#web/services/worker-calls.ts'

// What pages and the worker that has the index say to each other.

export interface SearchAnswer {
  /** The best hits by persona, the one with the best hit first. */
  readonly groups: readonly SearchGroup[]
  /** How many hits each store has, also those not in `groups`; empty unless they were asked for. */
  readonly counts: ReadonlyMap<string, number>
  /** What was left aside of what was typed, and why. */
  readonly notes: readonly SearchNote[]
  /** What marks stand on. */
  readonly wanted: readonly Wanted[]
}

/** A call of the writer: what it is asked is what it takes, what it answers is what it gives. */
type WriterCall<Name extends keyof SearchWriter> = readonly [
  asked: Parameters<SearchWriter[Name]>[0],
  answer: ReturnType<SearchWriter[Name]>,
]

export interface SearchCalls {
  readonly search: readonly [
    asked: {
      readonly typed: string
      readonly now: Date
      readonly limit: number
      readonly withCounts: boolean
      readonly order: SearchOrder
    },
    answer: SearchAnswer,
  ]
  readonly begin: WriterCall<'begin'>
  readonly compare: WriterCall<'compare'>
  readonly put: WriterCall<'put'>
  readonly end: WriterCall<'end'>
  readonly forgetSubjects: WriterCall<'forgetSubjects'>
  readonly forgetShard: WriterCall<'forgetShard'>
  /** How far each shard is indexed. */
  readonly cursors: readonly [asked: null, answer: ReadonlyMap<string, number>]
  readonly rebuild: readonly [asked: null, answer: unknown]
  /** Everything that was due is in it. */
  readonly noteWhole: readonly [asked: null, answer: unknown]
}

export type SearchAsk = AskOf<SearchCalls>

/** What the worker says of its index whenever it changed. */
export interface IndexState {
  /** Grows with every change. */
  readonly head: number
  /** Grows whenever the index begins with nothing: everything is to be brought again. */
  readonly era: number
  /** What keeps it from being whole, or from staying, in a sentence. */
  readonly problem: string | null
}
