import type { NamedTime } from './recall-dates.ts'
import type { Passage } from './recall-passage.ts'
import type { Question } from './recall-question.ts'
import { type Term, wordsOf } from './recall-words.ts'

/** Why something was recalled; the shares of one thing make 1 together. */
export interface Reason {
  readonly reason: string
  readonly share: number
}

export interface Ranked extends Passage {
  /** Comparable within one question only. */
  readonly score: number
  /** How much of the question, by weight, it or what is around it holds: 0–1. */
  readonly coverage: number
  readonly matched: readonly Term[]
  readonly why: readonly Reason[]
}

/**
 * The one way to rank what is remembered: BM25 in which a message also holds, in part, what was said around it.
 *
 *     two before   one before   THE MESSAGE   one after   two after        the words of each count so much for it
 *        0.3           0.6           1           0.3         0.1
 *
 * and then factors for where, who, when and what for. Every number is round, and none belongs to one set of texts.
 *
 * Best first; what holds no word of the question, and has none around it, is left out. `weights`: one a term.
 */
export const ranked = (
  question: Question,
  passages: readonly Passage[],
  weights: readonly number[],
  now: Date,
): readonly Ranked[] => {
  const { terms } = question
  const counted = passages.map((passage) => countedIn(passage, terms))
  const averageLength = counted.reduce((sum, { length }) => sum + length, 0) / Math.max(1, counted.length)
  const relevance = relevanceBy(weights, averageLength)
  const around = aroundOf(counted)
  const own = new Map(counted.map((it) => [it.id, sum(relevance(it.counts, it.length))]))
  const topics = topicsOf(counted, own)
  return counted
    .flatMap((it): Ranked[] => {
      const together = terms.map((_, place) => around(it, place))
      const words = relevance(together, it.length)
      const coverage = sum(weights.filter((_, place) => (together[place] ?? 0) > 0)) / Math.max(1e-9, sum(weights))
      if (coverage === 0) return []
      const { counts, length: _, ...passage } = it
      const matched = terms.filter((_, place) => (counts[place] ?? 0) > 0)
      // What it says itself, as a part of what it says together with its neighbours.
      const inItself = sum(
        words.map((word, place) => (word * (counts[place] ?? 0)) / Math.max(1e-9, together[place] ?? 0)),
      )
      const near = terms.filter((_, place) => (counts[place] ?? 0) === 0 && (together[place] ?? 0) > 0)
      const topic = (it.said === null ? 0 : (topics.get(it.said.conversationId) ?? 0)) * 0.2
      const parts: Part[] = [
        [inItself > 0 ? `mentions ${listed(matched)}` : '', inItself],
        [near.length > 0 ? `beside ${listed(near)}` : 'the same beside it', sum(words) - inItself],
        ['in a conversation about it', topic],
      ]
      const fit = (0.5 + 0.5 * coverage) * (it.kind === 'memory' ? 1.2 : 1) * questionFactor(it.text)
      const { score, why } = explained(parts, fit, factorsOf(it, question, now))
      return [{ ...passage, score, coverage, matched, why }]
    })
    .sort((a, b) => b.score - a.score || b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1))
}

interface Counted extends Passage {
  readonly counts: readonly number[]
  readonly length: number
}

const countedIn = (passage: Passage, terms: readonly Term[]): Counted => {
  const words = wordsOf(windowOf(passage.text, terms))
  const counts = terms.map(({ stem }) => words.reduce((count, word) => count + (word.stem === stem ? 1 : 0), 0))
  return { ...passage, counts, length: words.length }
}

/** Of a very long text only the part from the first term on is weighed. */
const windowOf = (text: string, terms: readonly Term[]): string => {
  if (text.length <= 8000) return text
  const folded = text.toLowerCase()
  const places = terms.map(({ stem }) => folded.indexOf(stem)).filter((place) => place >= 0)
  const from = Math.max(0, Math.min(...(places.length === 0 ? [0] : places)) - 500)
  return text.slice(from, from + 8000)
}

/** BM25 by term: how much a count says of a text of that length. */
const relevanceBy =
  (weights: readonly number[], averageLength: number) =>
  (counts: readonly number[], length: number): readonly number[] => {
    const crowding = 1.2 * (0.6 + (0.4 * length) / averageLength)
    return counts.map((count, place) => ((weights[place] ?? 0) * count * 2.2) / (count + crowding))
  }

/** How often a term stands in a passage and, in part, around it. Of a neighbour that repeats it, twice counts. */
const aroundOf = (counted: readonly Counted[]) => {
  const byId = new Map(counted.map((it) => [it.id, it]))
  const answerTo = new Map<string, Counted>()
  for (const it of counted) if (it.parentMessageId !== null) answerTo.set(it.parentMessageId, it)
  const before = (it: Counted | undefined) => (it?.parentMessageId == null ? undefined : byId.get(it.parentMessageId))
  const after = (it: Counted | undefined) => (it === undefined ? undefined : answerTo.get(it.id))
  return (it: Counted, place: number): number => {
    const part = (neighbour: Counted | undefined, share: number) => share * Math.min(2, neighbour?.counts[place] ?? 0)
    const [previous, next] = [before(it), after(it)]
    return (
      (it.counts[place] ?? 0) +
      part(previous, 0.6) +
      part(before(previous), 0.3) +
      part(next, 0.3) +
      part(after(next), 0.1)
    )
  }
}

/** What a conversation is about: the mean of its three best messages. */
const topicsOf = (counted: readonly Counted[], own: ReadonlyMap<string, number>): ReadonlyMap<string, number> => {
  const byConversation = new Map<string, number[]>()
  for (const { id, said } of counted) {
    if (said === null) continue
    const scores = byConversation.get(said.conversationId) ?? []
    byConversation.set(said.conversationId, [...scores, own.get(id) ?? 0].sort((a, b) => b - a).slice(0, 3))
  }
  return new Map([...byConversation].map(([conversationId, best]) => [conversationId, sum(best) / 3]))
}

/** An earlier question about the same thing answers nothing; one at the end of a saying, little less. */
const questionFactor = (text: string): number => {
  if (!/[?？]\s*$/.test(text)) return 1
  return /[.!。！][^?？]*[?？]/.test(text) ? 0.8 : 0.4
}

type Part = readonly [reason: string, amount: number]

/** Each raises the score by this part of it. */
const factorsOf = (
  { said, at, text, kind, importance }: Passage,
  { speaker, times, asksWhen }: Question,
  now: Date,
): readonly Part[] => {
  const days = Math.max(0, now.getTime() - at.getTime()) / 86_400_000
  const isTheirs = speaker !== null && said?.role === speaker.role
  const near = nearest(times, at)
  return [
    [isTheirs ? `said by ${speaker.name}` : '', isTheirs ? 0.3 : 0],
    [near === undefined ? '' : `around ${near.words}`, near?.nearness ?? 0],
    ['says when', asksWhen && timeWords.test(text) ? 0.3 : 0],
    [kind === 'memory' && importance >= 0.7 ? 'important' : '', 0.3 * importance],
    [days < 7 ? 'recent' : '', 0.15 * 2 ** (-days / 90)],
  ]
}

const nearest = (times: readonly NamedTime[], at: Date) =>
  times
    .map(({ words, nearness }) => ({ words, nearness: nearness(at) }))
    .filter(({ nearness }) => nearness > 0)
    .sort((a, b) => b.nearness - a.nearness)[0]

const timeWords =
  /\b(?:yesterday|today|tonight|tomorrow|recently|ago|since|(?:last|next|this) \w+|weeks?|weekend|months?|years?|\w+day|january|february|march|april|june|july|august|september|october|november|december|(?:19|20)\d\d)\b/i

/** The score, and what it is made of: reasons without a name are spread over the others. */
const explained = (parts: readonly Part[], fit: number, factors: readonly Part[]) => {
  let score = sum(parts.map(([, amount]) => amount)) * fit
  const made: Part[] = parts.map(([reason, amount]) => [reason, amount * fit])
  for (const [reason, factor] of factors) {
    made.push([reason, score * factor])
    score *= 1 + factor
  }
  const named = made.filter(([reason, amount]) => reason !== '' && amount >= score * 0.005)
  const whole = sum(named.map(([, amount]) => amount))
  return { score, why: named.map(([reason, amount]) => ({ reason, share: Math.round((100 * amount) / whole) / 100 })) }
}

const listed = (terms: readonly Term[]) => terms.map(({ word }) => `“${word}”`).join(', ')

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
