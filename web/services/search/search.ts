import { Data } from 'effect'
import { useSyncExternalStore } from 'react'
import type { SearchOrder } from '#schema/stores/search-find.ts'
import { joinSearch } from './join-search.ts'
import type { SearchAnswer } from './search-protocol.ts'
import { callIndex, sharedState, subscribeToIndex } from './shared-index.ts'

export type { SearchAnswer } from './search-protocol.ts'

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
  typed: string,
  options: { readonly limit: number; readonly withCounts: boolean; readonly order: SearchOrder },
): Promise<SearchAnswer> => {
  joinSearch() // whoever asks does not wait for the page to be idle
  try {
    return await Promise.race([callIndex('search', { typed, now: new Date(), ...options }), tooLong()])
  } catch (error) {
    throw error instanceof NoIndex ? error : new NoIndex({ reason: sentenceOf(error) })
  }
}

/** Nothing can be found now, for a reason a person can read. What is looked for is not touched by it. */
export class NoIndex extends Data.TaggedError('NoIndex')<{ readonly reason: string }> {
  override get message() {
    return this.reason
  }
}

/** Live. */
export const useIndexing = (): Indexing => useSyncExternalStore(subscribeToIndex, sharedState)

/** Grows whenever the index changed: what was found may be asked for again. */
export const useSearchHead = (): number => useSyncExternalStore(subscribeToIndex, headOf)

/** Throws the index away and makes it anew. */
export const rebuildIndex = async (): Promise<void> => {
  await callIndex('rebuild', null)
}

const headOf = () => sharedState().head

const tooLong = () =>
  new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new NoIndex({ reason: 'Search does not answer. Close other tabs, or reload this one.' })),
      patience,
    )
  })

/** Milliseconds. An index on a slow device is opened and checked in a few seconds. */
const patience = 20_000

const sentenceOf = (error: unknown) =>
  `Search does not answer: ${error instanceof Error ? error.message : String(error)} Your personas are safe; rebuild the index, or reload.`
