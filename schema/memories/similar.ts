import { quickHash, stirred } from '#schema/shared/quick-hash.ts'
import { searchTextOf } from '#schema/shared/text.ts'

/**
 * Memories that say nearly the same, and those that may contradict each other. Pure, and the same in any order; modest: it
 * looks at words, not at meaning, and knows the negations and verbs of English alone. What it finds is asked, never done.
 *
 *     words ──► core: without numbers, negations, small words ──► 24 least hashes ──► 8 bands of 3 ──► pairs that share a band
 *     pair  ──► nearly the same core, and   the same numbers and as many negations ──► duplicate
 *                                           other numbers, or one of them denies   ──► may contradict
 *               the same but for a word after “lives”, “works”, “born” …           ──► may contradict
 */
export interface SimilarPair {
  readonly oneId: string
  readonly otherId: string
  readonly is: 'duplicate' | 'contradiction'
  /** How much of their words they share, 0–1. */
  readonly likeness: number
}

export interface MemoryWords {
  readonly memoryId: string
  readonly content: string
}

/** The likest first; at most `limit`. */
export const similarPairs = (memories: readonly MemoryWords[], limit = 200): readonly SimilarPair[] => {
  const said = memories
    .toSorted((a, b) => (a.memoryId < b.memoryId ? -1 : 1))
    .map(sayingOf)
    .filter(({ core }) => core.size >= 2)
  const seen = new Set<string>()
  const found: SimilarPair[] = []
  for (const bucket of bucketsOf(said).values()) {
    for (const [place, one] of bucket.entries()) {
      // A bucket of very many says the same in all of them: each is held against its neighbours.
      for (const other of bucket.slice(place + 1, place + 5)) {
        const pair = `${one.memoryId} ${other.memoryId}`
        if (seen.has(pair)) continue
        seen.add(pair)
        const likeness = likenessOf(one.core, other.core)
        const is = whatIs(one, other, likeness)
        if (is !== undefined) found.push({ oneId: one.memoryId, otherId: other.memoryId, is, likeness })
      }
    }
  }
  return found
    .toSorted((a, b) => b.likeness - a.likeness || (a.oneId + a.otherId < b.oneId + b.otherId ? -1 : 1))
    .slice(0, limit)
}

interface Saying {
  readonly memoryId: string
  readonly core: ReadonlySet<string>
  readonly numbers: string
  readonly negations: number
}

const sayingOf = ({ memoryId, content }: MemoryWords): Saying => {
  const words = searchTextOf(content.slice(0, 2000)).match(/[\p{L}\p{M}]+(?:['’]t)?|\p{N}+/gu) ?? []
  return {
    memoryId,
    core: new Set(
      words.filter((word) => !/^\p{N}/u.test(word) && !small.has(word) && !isNegation(word)).map(withoutPlural),
    ),
    numbers: words.filter((word) => /^\p{N}/u.test(word)).join(' '),
    negations: words.filter(isNegation).length,
  }
}

/** “Mornings” is “morning”, and “likes” is “like”. */
const withoutPlural = (word: string) => (word.length > 3 ? word.replace(/([^s])s$/, '$1') : word)

const isNegation = (word: string) => negations.has(word) || /n['’]t$/.test(word)

const negations = new Set(['not', 'no', 'never', 'nobody', 'nothing', 'none', 'neither', 'without', 'longer'])

const small = new Set(
  'a an the of to in on at for and or with by from as is are was were be been has have had it its this that do does did'.split(
    ' ',
  ),
)

/** What somebody has one of at a time. */
const single = new Set(
  'live living work working born married named called moved studie prefer favourite favorite birthday name job home age'.split(
    ' ',
  ),
)

const whatIs = (one: Saying, other: Saying, likeness: number): SimilarPair['is'] | undefined => {
  const isDenied = one.negations % 2 !== other.negations % 2
  const hasOtherNumbers = one.numbers !== '' && other.numbers !== '' && one.numbers !== other.numbers
  if (likeness >= 0.75) return isDenied || hasOtherNumbers ? 'contradiction' : 'duplicate'
  return isOneWordApart(one.core, other.core) ? 'contradiction' : undefined
}

const isOneWordApart = (one: ReadonlySet<string>, other: ReadonlySet<string>) => {
  const shared = [...one].filter((word) => other.has(word))
  return (
    shared.length >= 2 &&
    one.size - shared.length === 1 &&
    other.size - shared.length === 1 &&
    shared.some((word) => single.has(word))
  )
}

const likenessOf = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const shared = [...one].filter((word) => other.has(word)).length
  return shared / (one.size + other.size - shared)
}

const bands = 8
const rowsInBand = 3

const bucketsOf = (said: readonly Saying[]): ReadonlyMap<string, readonly Saying[]> => {
  const buckets = new Map<string, Saying[]>()
  for (const saying of said) {
    const least = leastHashes(saying.core)
    for (let band = 0; band < bands; band++) {
      const key = `${band} ${least.slice(band * rowsInBand, (band + 1) * rowsInBand).join(' ')}`
      const bucket = buckets.get(key)
      if (bucket === undefined) buckets.set(key, [saying])
      else bucket.push(saying)
    }
  }
  return buckets
}

const leastHashes = (words: ReadonlySet<string>): readonly number[] => {
  const least = Array.from({ length: bands * rowsInBand }, () => 2 ** 32)
  for (const word of words) {
    const hash = quickHash(word)
    for (const place of least.keys()) {
      const mixed = stirred(hash ^ Math.imul(place + 1, 0x9e3779b1))
      if (mixed < (least[place] ?? 0)) least[place] = mixed
    }
  }
  return least
}
