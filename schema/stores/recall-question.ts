import { type NamedTime, timesIn } from './recall-dates.ts'
import type { Select } from './recall-scan.ts'
import { type Speaker, speakersIn } from './recall-speakers.ts'
import { type Term, termsOf } from './recall-words.ts'

/** What a question asks for, as far as its words tell. */
export interface Question {
  readonly terms: readonly Term[]
  /** Whose saying it would be; null when it names neither side, or both. */
  readonly speaker: Speaker | null
  readonly times: readonly NamedTime[]
  readonly asksWhen: boolean
}

export const questionOf = (text: string, select: Select, now: Date): Question => {
  const named = speakersIn(text, select)
  const names = new Set(named.map(({ name }) => name.toLowerCase()))
  const sides = [...named, ...pronounsIn(text)]
  const [first] = sides
  return {
    // Who speaks seldom says his own name: it says who, and not what about.
    terms: longestFirst(termsOf(text).filter(({ word }) => !names.has(word.replace(/['’]s$/, '')))),
    speaker: first !== undefined && sides.every(({ role }) => role === first.role) ? first : null,
    times: timesIn(text, now),
    asksWhen: /\bwhen\b|\bhow long\b|\b(?:what|which) (?:date|day|month|year|time)\b/i.test(text),
  }
}

/** Eight words at most: each costs a look at every row. */
const longestFirst = (terms: readonly Term[]): readonly Term[] =>
  terms.toSorted((a, b) => b.stem.length - a.stem.length).slice(0, 8)

/** The one who asks is the person; “do you remember” asks for nothing that was said. */
const pronounsIn = (text: string): readonly Speaker[] => {
  const words = text
    .toLowerCase()
    .replace(/\b(?:do|can|could|did|would) you (?:still )?(?:remember|recall|know|think|tell|say)\b/g, ' ')
  return [
    ...(/\b(?:i|me|my|mine|myself)\b/.test(words) ? [{ role: 'user', name: 'you' } as const] : []),
    ...(/\b(?:you|your|yours|yourself)\b/.test(words) ? [{ role: 'assistant', name: 'the persona' } as const] : []),
  ]
}
