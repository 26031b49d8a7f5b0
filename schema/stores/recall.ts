import { searchTextOf } from '#schema/shared/text.ts'
import { passageOf } from './passage.ts'
import { type Candidate, candidatesFor, type Select } from './recall-scan.ts'
import { type Term, termsOf, wordsOf } from './recall-words.ts'

/**
 * What a persona remembers that a question is about.
 *
 *   question ─► terms ─► how many rows hold each ─► the rows with the rarest ─► BM25 over those ─► the best few
 *
 * The scans find parts of words, the ranking counts whole ones. The same question over the same rows gives the same
 * answer; `now` only weighs how recent a thing is.
 */
export interface Recollection {
  readonly id: string
  readonly kind: 'memory' | 'message'
  /** Comparable within one recall only. */
  readonly score: number
  /** Why it was recalled, for a person. */
  readonly why: string
  readonly text: string
  /** The part of the text that says it. */
  readonly quote: string
  readonly at: Date
  /** Where a message was said, and by whom; null for a memory. */
  readonly said: { readonly conversationId: string; readonly title: string; readonly role: string } | null
}

export interface RecallOptions {
  readonly limit: number
  readonly now: Date
  /** The question itself, when it is a message already. */
  readonly exceptMessageId?: string
}

export const recall = (question: string, select: Select, { limit, now, exceptMessageId = '' }: RecallOptions) => {
  const terms = sought(question)
  if (terms.length === 0) return []
  const { candidates, weights } = candidatesFor(terms, select, exceptMessageId)
  const asked = searchTextOf(question.trim())
  const counted = candidates
    .filter(({ text }) => searchTextOf(text.trim()) !== asked)
    .map((candidate) => countedIn(candidate, terms))
  const averageLength = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length)
  const ranked = counted
    .map((candidate) => scored(candidate, terms, weights, averageLength, now))
    .filter(({ coverage }) => coverage >= enoughCoverage)
    .sort((a, b) => b.score - a.score || b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1))
  const best = ranked[0]?.score ?? 0
  return distinct(ranked.filter(({ score }) => score >= best * enoughOfBest))
    .slice(0, limit)
    .map(({ coverage, ...recollection }): Recollection => recollection)
}

/** Six words at most, the long ones first: each costs a look at every row. */
const sought = (question: string): readonly Term[] =>
  [...termsOf(question)].sort((a, b) => b.stem.length - a.stem.length).slice(0, 6)

/** A text that holds less than this share of what was asked, by weight, is about something else. */
const enoughCoverage = 0.3
/** What scores far below the best only dilutes it. */
const enoughOfBest = 0.4
type Counted = Candidate & { readonly counts: readonly number[]; readonly length: number }

const countedIn = (candidate: Candidate, terms: readonly Term[]): Counted => {
  const words = wordsOf(windowOf(candidate.text, terms))
  const counts = terms.map(({ stem }) => words.filter((word) => word.stem === stem).length)
  return { ...candidate, counts, length: words.length }
}

/** Of a very long text only the part from the first term on is weighed. */
const windowOf = (text: string, terms: readonly Term[]): string => {
  if (text.length <= 8000) return text
  const folded = text.toLowerCase()
  const places = terms.map(({ stem }) => folded.indexOf(stem)).filter((place) => place >= 0)
  const from = Math.max(0, Math.min(...(places.length === 0 ? [0] : places)) - 500)
  return text.slice(from, from + 8000)
}

const scored = (
  { counts, length, importance, ...candidate }: Counted,
  terms: readonly Term[],
  weights: readonly number[],
  averageLength: number,
  now: Date,
) => {
  const crowding = 1.2 * (0.5 + (0.5 * length) / averageLength)
  const sum = (of: (count: number, weight: number) => number) =>
    counts.reduce((total, count, place) => total + of(count, weights[place] ?? 0), 0)
  const relevance = sum((count, weight) => (weight * count * 2.2) / (count + crowding))
  const coverage = sum((count, weight) => (count > 0 ? weight : 0)) / sum((_, weight) => weight)
  const days = Math.max(0, now.getTime() - candidate.at.getTime()) / 86_400_000
  const recency = 2 ** (-days / 90)
  const isQuestion = /[?？]\s*$/.test(candidate.text)
  const score =
    relevance *
    (0.5 + 0.5 * coverage) *
    (1 + 0.3 * importance + 0.15 * recency) *
    (candidate.kind === 'memory' ? 1.2 : 1) *
    // An earlier question about the same thing answers nothing.
    (isQuestion ? 0.3 : 1)
  const matched = terms.filter((_, place) => (counts[place] ?? 0) > 0)
  return {
    ...candidate,
    score,
    coverage,
    why: whyOf(matched, candidate.kind === 'memory' && importance >= 0.7, days < 7),
    quote: passageOf(candidate.text, matched),
  }
}

const whyOf = (matched: readonly Term[], isImportant: boolean, isRecent: boolean): string => {
  const mentioned = matched.map(({ word }) => `“${word}”`).join(', ')
  return [`mentions ${mentioned}`, ...(isImportant ? ['important'] : []), ...(isRecent ? ['recent'] : [])].join(' · ')
}

const distinct = <R extends { readonly quote: string }>(ranked: readonly R[]): readonly R[] => {
  const seen = new Set<string>()
  return ranked.filter(({ quote }) => {
    const text = searchTextOf(quote)
    return !seen.has(text) && seen.add(text)
  })
}
