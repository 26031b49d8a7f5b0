import { searchTextOf } from '#schema/shared/text.ts'

/** A word of a text, and the part of it that its other forms share. The stem is always a prefix of the word. */
export interface Term {
  readonly word: string
  readonly stem: string
}

/** Every word of a text in order; scripts written without spaces are cut into overlapping pairs of characters. */
export const wordsOf = (text: string): readonly Term[] =>
  (searchTextOf(text).match(word) ?? []).flatMap((found) =>
    unspaced.test(found) ? pairsOf(found) : [{ word: found, stem: stemOf(found) }],
  )

/** The words that tell one text from another, each once: what a question is about. */
export const termsOf = (text: string): readonly Term[] => {
  const byStem = new Map<string, Term>()
  for (const term of wordsOf(text)) {
    if (!stopWords.has(term.word) && term.stem.length > 1 && !byStem.has(term.stem)) byStem.set(term.stem, term)
  }
  return [...byStem.values()]
}

const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+)?/gu
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u

/** A pair may straddle two words, and then it is found nowhere. */
export const isPair = ({ word }: Term): boolean => unspaced.test(word)

const pairsOf = (run: string): readonly Term[] => {
  const characters = Array.from(run)
  if (characters.length < 2) return [{ word: run, stem: run }]
  return characters.slice(1).map((character, index) => {
    const pair = `${characters[index]}${character}`
    return { word: pair, stem: pair }
  })
}

/** Light English endings only: “memories” and “memory” meet in “memor”, “likes” and “liking” in “lik”. */
const stemOf = (word: string): string => {
  const plain = word.replace(/['’].*$/, '')
  if (!/^[a-z]{4,}$/.test(plain)) return plain
  const cut = plain
    .replace(/(?:ies|ied|(?<!s)s)$/, '')
    .replace(/(?:ing|edly|ed|ly)$/, '')
    .replace(/[ey]$/, '')
    .replace(/([bcdfghjklmnprtvz])\1$/, '$1')
  return cut.length >= 3 ? cut : plain
}

// What nearly every question holds, in the languages most asked in; the words by which one asks are among them.
const stopWords = new Set(
  `a about after again all also am an and any anything are aren't as ask at be because been before being both but by can can't could
  did didn't do does doesn't doing don't down during each ever everything few for from further get give go going got had has have
  having he he's hello hey hi her here hers him his how i i'd i'll i'm i've if in into is isn't it it's its just know last let let's
  many may me mean might more most much must my near no nor not nothing now of off ok okay on once one only or other our out over own
  please really recall remember said same say she she's should so some something still such sure talk tell than thank thanks that
  that's the their them then there these they they're thing things think this those through to told too under until up us very was
  wasn't we we're well were what what's when where which while who who's whom why will with won't would yes yet you you'd you'll
  you're you've your yours
  aber als am auch auf aus bei bin bist da das dass dein dem den der des die du ein eine einem einen einer er es für hat hast ich ihr
  im in ist ja kann mein mich mir mit nach nicht noch oder sein sich sie sind so über um und uns von war was wer wie wir wo zu zum
  au aux avec ce ces dans de des du elle en est et il je la le les leur mais me mes moi mon ne nous on ou où par pas pour qu que quel
  quelle qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous
  al como con cuál de del donde el ella en es eso esta este ha hay la las le lo los me mi mis muy no nos o para pero por qué que quién
  se si sin su sus te tu tus un una y ya yo`.split(/\s+/),
)
