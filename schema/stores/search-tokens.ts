/**
 * What is looked for, as it is kept: without case, marks and invisible characters. Letters and digits make words; each
 * character of a script written without spaces, and each pictograph, is a token of its own, so that any part of a run is
 * found as a phrase however a dictionary would cut it.
 */
export interface Token {
  readonly text: string
  /** Where it stands in the text that was given: UTF-16 units. */
  readonly from: number
  readonly to: number
}

export const tokensIn = (text: string): readonly Token[] => {
  const tokens: Token[] = []
  for (const { 0: found, index } of text.matchAll(run)) {
    if (!alone.test(found)) {
      const folded = foldedText(found)
      if (folded !== '') tokens.push({ text: folded, from: index, to: index + found.length })
      continue
    }
    let from = index
    for (const piece of found.match(piecesOfRun) ?? []) {
      const folded = foldedText(piece)
      if (folded !== '') tokens.push({ text: folded, from, to: from + piece.length })
      from += piece.length
    }
  }
  return tokens
}

/** The tokens of a text with a space between two: what the index is given. */
export const tokenText = (text: string): string =>
  isPlain.test(text)
    ? (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).join(' ')
    : tokensIn(text)
        .map((token) => token.text)
        .join(' ')

/** Nothing in it needs folding; most texts are so, and each is cut when it is written and when it is taken out. */
const isPlain = /^[\0-\x7f]*$/

/** A character that has no room in a word, with the marks on it; or a run of others. */
const lone = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Extended_Pictographic}]`
const alone = new RegExp(lone, 'u')
const run = /[\p{L}\p{N}\p{Extended_Pictographic}][\p{L}\p{M}\p{N}\p{Cf}\p{Extended_Pictographic}]*/gu
const piecesOfRun = new RegExp(String.raw`${lone}[\p{M}\p{Cf}]*|(?:(?!${lone})[\s\S])+`, 'gu')

export const foldedText = (text: string): string => {
  if (/^[a-z0-9 ]*$/.test(text)) return text
  return text
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđıþς]/g, (letter) => plain[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/gu, '')
}

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, what chooses the look of a sign, what is not seen. */
const marks =
  /[\u0300-\u036f]|[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]|[\u0610-\u061a\u064b-\u065f\u0670]|[\ufe00-\ufe0f]|\p{Cf}|\p{Emoji_Modifier}/gu

const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  þ: 'th',
  ς: 'σ',
}
