import { searchTextOf } from '#schema/shared/text.ts'
import { passageOf } from './passage.ts'
import type { Said } from './recall-passage.ts'
import { questionOf } from './recall-question.ts'
import { type Ranked, type Reason, ranked } from './recall-rank.ts'
import { candidatesFor, type Select } from './recall-scan.ts'

/**
 * What a persona remembers that a question is about.
 *
 *   question ─► terms ─► how many rows hold each ─► the rows with the rarest, and around them ─► ranked ─► the best few
 *
 * The scans find parts of words, the ranking counts whole ones. The same question over the same rows gives the same
 * answer; `now` only weighs how recent a thing is, and says what “last month” was.
 */
export interface Recollection {
  readonly id: string
  readonly kind: 'memory' | 'message'
  /** Comparable within one recall only. */
  readonly score: number
  /** For a person, by `whyText`. */
  readonly why: readonly Reason[]
  readonly text: string
  /** The part of the text that says it. */
  readonly quote: string
  readonly at: Date
  /** Where a message was said, and by whom; null for a memory. */
  readonly said: Said | null
}

export interface RecallOptions {
  readonly limit: number
  readonly now: Date
  /** The question itself, when it is a message already. */
  readonly exceptMessageId?: string
}

/** Only what is about the question, each thing once: what a model or a person is told. */
export const recall = (question: string, select: Select, options: RecallOptions): readonly Recollection[] => {
  const all = rankedFor(question, select, options)
  const best = all[0]?.score ?? 0
  const fitting = all.filter(({ score, coverage }) => coverage >= enoughCoverage && score >= best * enoughOfBest)
  return distinct(fitting.map(rankedToRecollection)).slice(0, options.limit)
}

/** As many as are asked for, even if they are only a little about it: what a search or a measurement wants. */
export const recallAll = (question: string, select: Select, options: RecallOptions): readonly Recollection[] =>
  rankedFor(question, select, options).slice(0, options.limit).map(rankedToRecollection)

export const whyText = (why: readonly Reason[]): string => why.map(({ reason }) => reason).join(' · ')

const rankedFor = (text: string, select: Select, { now, exceptMessageId = '' }: RecallOptions): readonly Ranked[] => {
  const question = questionOf(text, select, now)
  if (question.terms.length === 0) return []
  const { passages, weights } = candidatesFor(question.terms, select, exceptMessageId)
  const asked = searchTextOf(text.trim())
  // The same question asked before answers nothing, but what was answered to it may.
  return ranked(question, passages, weights, now).filter((it) => searchTextOf(it.text.trim()) !== asked)
}

/** A text that holds less than this share of what was asked, by weight, is about something else. */
const enoughCoverage = 0.3
/** What scores far below the best only dilutes it. */
const enoughOfBest = 0.4

const rankedToRecollection = ({ id, kind, score, why, text, matched, at, said }: Ranked): Recollection => ({
  id,
  kind,
  score,
  why,
  text,
  quote: passageOf(text, matched),
  at,
  said,
})

const distinct = (recollections: readonly Recollection[]): readonly Recollection[] => {
  const seen = new Set<string>()
  return recollections.filter(({ quote }) => {
    const text = searchTextOf(quote)
    return !seen.has(text) && seen.add(text)
  })
}
