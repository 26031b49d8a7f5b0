import { type Term, wordsOf } from './recall-words.ts'

/** The sentence of a text that holds most of the terms, with what follows while it fits. One line, at most `length` long. */
export const passageOf = (text: string, terms: readonly Term[], length = 280): string => {
  const sentences = sentencesOf(text)
  const stems = new Set(terms.map(({ stem }) => stem))
  const held = sentences.map(
    (sentence) => new Set(wordsOf(sentence).flatMap(({ stem }) => (stems.has(stem) ? [stem] : []))).size,
  )
  const start = Math.max(0, held.indexOf(Math.max(...held)))
  let passage = sentences[start] ?? ''
  for (const next of sentences.slice(start + 1)) {
    if (passage.length + next.length + 1 > length) break
    passage = `${passage} ${next}`
  }
  return passage.length <= length ? passage : around(passage, terms, length)
}

const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+|(?<=[。！？])|\n+/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '')

/** A sentence too long is cut around the first term it holds. */
const around = (sentence: string, terms: readonly Term[], length: number): string => {
  const folded = sentence.toLowerCase()
  const place = Math.min(
    ...terms.map(({ stem }) => folded.indexOf(stem)).filter((found) => found >= 0),
    sentence.length,
  )
  const from = place === sentence.length ? 0 : Math.max(0, Math.min(place - 60, sentence.length - length))
  const cut = sentence.slice(from, from + length).trim()
  return `${from > 0 ? '…' : ''}${cut}${from + length < sentence.length ? '…' : ''}`
}
