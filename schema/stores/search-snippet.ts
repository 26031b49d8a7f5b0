import type { Wanted } from './search-query.ts'
import { type Token, tokensIn } from './search-tokens.ts'

export interface SnippetPart {
  readonly text: string
  readonly isMatch: boolean
}

/** The part of a text that holds the most of what was wanted, on one line, with marks; its beginning if it holds none. */
export const snippetOf = (text: string, wanted: readonly Wanted[], length = 160): readonly SnippetPart[] => {
  const matches = matchesIn(tokensIn(text), wanted)
  const from = startOf(matches, text, length)
  const to = wholeCharacter(text, Math.min(text.length, from + length))
  const parts: SnippetPart[] = []
  let at = from
  for (const match of matches) {
    if (match.from < at || match.to > to) continue
    parts.push(
      { text: text.slice(at, match.from), isMatch: false },
      { text: text.slice(match.from, match.to), isMatch: true },
    )
    at = match.to
  }
  parts.push({ text: text.slice(at, to), isMatch: false })
  const shown = parts.map((part) => ({ ...part, text: part.text.replace(/\s+/g, ' ') }))
  const [before, after] = [from > 0 ? '…' : '', to < text.length ? '…' : '']
  return [{ text: before, isMatch: false }, ...shown, { text: after, isMatch: false }].filter(
    (part) => part.text !== '',
  )
}

type Place = Pick<Token, 'from' | 'to'>

/** Where each wanted phrase stands, in the order of the text. */
const matchesIn = (tokens: readonly Token[], wanted: readonly Wanted[]): readonly Place[] => {
  const places: Place[] = []
  for (const [index, first] of tokens.entries()) {
    const long = wanted
      .filter((it) => isAt(tokens, index, it))
      .reduce((most, it) => Math.max(most, it.tokens.length), 0)
    const last = tokens[index + long - 1]
    if (long > 0 && last !== undefined) places.push({ from: first.from, to: last.to })
  }
  return places
}

const isAt = (tokens: readonly Token[], index: number, { tokens: phrase, isPrefix }: Wanted): boolean =>
  phrase.every((wanted, n) => {
    const text = tokens[index + n]?.text
    return text === wanted || (isPrefix && n === phrase.length - 1 && text?.startsWith(wanted))
  })

/** A little before the match that has the most others within reach. */
const startOf = (matches: readonly Place[], text: string, length: number): number => {
  let [best, most] = [0, 0]
  for (const [index, { from }] of matches.entries()) {
    let count = 0
    while ((matches[index + count]?.to ?? Number.POSITIVE_INFINITY) <= from + length - 40) count++
    if (count > most) [best, most] = [from, count]
  }
  const start = Math.max(0, Math.min(best - 40, text.length - length))
  const space = text.slice(start, best).search(/\s/)
  return wholeCharacter(text, start > 0 && space >= 0 ? start + space + 1 : start)
}

/** Never between the halves of a pair. */
const wholeCharacter = (text: string, at: number): number => {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code < 0xe000 ? at - 1 : at
}
