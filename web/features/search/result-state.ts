import { isEmptyQuery } from '#schema/stores/search-query.ts'
import type { Indexing, SearchAnswer } from '#web/services/search/search.ts'
import type { Outcome } from './asker.ts'
import { partsOf } from './typed.ts'

/** What there is to show; that nothing was found is said only where everything was searched. */
export type ResultState =
  | { readonly kind: 'blank' | 'asking' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'nothingAsked' | 'nothing' | 'notYet'; readonly typed: string; readonly answer: SearchAnswer }
  | { readonly kind: 'found'; readonly typed: string; readonly answer: SearchAnswer }

/** `outcome` may be that of an earlier text, and is named by it. */
export const resultStateOf = (
  typed: string,
  outcome: Outcome | undefined,
  { done, shards, isBusy, problem }: Indexing,
): ResultState => {
  if (typed === '') return { kind: 'blank' }
  if (outcome === undefined) return { kind: 'asking' }
  if ('reason' in outcome) return { kind: 'failed', reason: outcome.reason }
  const { question, answer } = outcome
  const of = (kind: 'nothingAsked' | 'nothing' | 'notYet' | 'found') => ({ kind, typed: question.typed, answer })
  if (answer.groups.length > 0) return of('found')
  if (isEmptyQuery(partsOf(question.typed))) return of('nothingAsked')
  return of(isBusy || done < shards || problem !== null ? 'notYet' : 'nothing')
}
