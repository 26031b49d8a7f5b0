import { termsOf } from '#schema/stores/recall-words.ts'

/** Texts as weights of words: each row names columns, the rarer a word the heavier, and has length 1. */
export interface WordVectors {
  readonly rows: readonly SparseRow[]
  /** How many columns there are; a column is one stem. */
  readonly width: number
  /** By column: the form of the word that is most used. */
  readonly words: readonly string[]
}

export interface SparseRow {
  readonly columns: Uint32Array
  readonly weights: Float32Array
}

/** A word in one text alone ties it to no other; one in a third of all says nothing. */
export const wordVectorsOf = (texts: readonly string[]): WordVectors => {
  const terms = texts.map(termsOf)
  const stems = new Map<string, { texts: number; forms: Map<string, number> }>()
  for (const { stem, word } of terms.flat()) {
    const known = stems.get(stem) ?? { texts: 0, forms: new Map<string, number>() }
    known.texts++
    known.forms.set(word, (known.forms.get(word) ?? 0) + 1)
    stems.set(stem, known)
  }
  const most = Math.max(3, texts.length / 3)
  const telling = [...stems].filter(([, known]) => known.texts >= 2 && known.texts <= most)
  const columns = new Map(
    telling.map(([stem, known], column) => [stem, { column, weight: rarity(texts, known.texts) }]),
  )
  return {
    rows: terms.map((found) => sparseRow(found.flatMap(({ stem }) => columns.get(stem) ?? []))),
    width: telling.length,
    words: telling.map(([stem, { forms }]) => mostUsed(forms) ?? stem),
  }
}

const rarity = (texts: readonly string[], inTexts: number) => Math.log(1 + texts.length / inTexts)

const sparseRow = (found: readonly { readonly column: number; readonly weight: number }[]): SparseRow => {
  const length = Math.hypot(...found.map(({ weight }) => weight))
  return {
    columns: Uint32Array.from(found, ({ column }) => column),
    weights: Float32Array.from(found, ({ weight }) => weight / length),
  }
}

const mostUsed = (forms: ReadonlyMap<string, number>): string | undefined =>
  [...forms].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))[0]?.[0]
