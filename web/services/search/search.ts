import { Data } from 'effect'
import { useSyncExternalStore } from 'react'
import type { SearchGroup, SearchOrder } from '#schema/stores/search-find.ts'
import type { SearchNote, Wanted } from '#schema/stores/search-query.ts'

export interface SearchAnswer {
  readonly groups: readonly SearchGroup[]
  /** How many hits each store has, also those not in `groups`; empty unless they were asked for. */
  readonly counts: ReadonlyMap<string, number>
  /** What was left aside of what was typed, and why. */
  readonly notes: readonly SearchNote[]
  /** What marks stand on. */
  readonly wanted: readonly Wanted[]
}

export interface Indexing {
  /** How many personas are to be searched, and how many of them the index has. */
  readonly shards: number
  readonly done: number
  readonly isBusy: boolean
  /** What keeps search from being whole, in a sentence. */
  readonly problem: string | null
}

/** The best of everything on what was typed, as it is typed. Rejects only with `NoIndex`. */
export const searchEverywhere = async (
  _typed: string,
  _options: { readonly limit: number; readonly withCounts: boolean; readonly order: SearchOrder },
): Promise<SearchAnswer> => {
  throw new NoIndex({ reason: 'Search is not there yet.' })
}

export class NoIndex extends Data.TaggedError('NoIndex')<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

/** Live. */
export const useIndexing = (): Indexing => useSyncExternalStore(subscribe, () => nothing)

/** Grows whenever the index changed: what was found may be asked for again. */
export const useSearchHead = (): number => useSyncExternalStore(subscribe, () => 0)

/** Throws the index away and makes it anew. */
export const rebuildIndex = async (): Promise<void> => undefined

const subscribe = () => () => undefined
const nothing: Indexing = { shards: 0, done: 0, isBusy: false, problem: null }
