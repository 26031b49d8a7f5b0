/**
 * States along a log, as files of SQLite. A page that did not change since the checkpoint before is kept once for both:
 *
 *     checkpoint 1   a b c
 *     checkpoint 2   a d c e        keeps d and e
 *     checkpoint 3   a d f e g      keeps f and g
 *
 * When all of them together take more than `budget` bytes, those are let go that leave the smallest gaps; never the first.
 */
export const makeCheckpoints = (budget: number) => {
  let kept: readonly Checkpoint[] = []
  let bytes = 0
  return {
    /** Of what was applied up to and with event `at`, later than all before. */
    add: (at: number, file: Uint8Array) => {
      const { pages, fresh } = pagesOf(file, kept.at(-1)?.pages ?? [])
      kept = [...kept, { at, pages }]
      bytes += fresh * pageBytes
      while (bytes > budget && kept.length > 2) {
        kept = kept.toSpliced(mostDispensable(kept), 1)
        bytes = new Set(kept.flatMap(({ pages }) => pages)).size * pageBytes
      }
    },
    /** The last one that knows nothing after event `n`. */
    before: (n: number): Checkpoint | undefined => kept.findLast(({ at }) => at <= n),
    /** The event of that one. */
    nearest: (n: number): number => kept.findLast(({ at }) => at <= n)?.at ?? 0,
    /** How many there are, and what they take. */
    size: () => ({ count: kept.length, bytes }),
  }
}

interface Checkpoint {
  /** The last event it knows. */
  readonly at: number
  /** A file, in pieces: whoever opens it copies them once, to where it is needed. */
  readonly pages: readonly Uint8Array[]
}

/** That of the databases a replay makes. */
export const pageBytes = 4096

/** Between the first, from which all is reached, and the last, which the next is compared with. */
const mostDispensable = (kept: readonly Checkpoint[]): number => {
  const gapWithout = (index: number) => (kept[index + 1]?.at ?? 0) - (kept[index - 1]?.at ?? 0)
  let best = 1
  for (let index = 2; index < kept.length - 1; index++) if (gapWithout(index) < gapWithout(best)) best = index
  return best
}

const pagesOf = (file: Uint8Array, earlier: readonly Uint8Array[]) => {
  let fresh = 0
  const pages = Array.from({ length: file.length / pageBytes }, (_, index) => {
    const page = file.subarray(index * pageBytes, (index + 1) * pageBytes)
    const known = earlier[index]
    if (known !== undefined && isSame(known, page)) return known
    fresh++
    return page.slice()
  })
  return { pages, fresh }
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => {
  const [left, right] = [wordsOf(one), wordsOf(other)]
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}

const wordsOf = ({ buffer, byteOffset }: Uint8Array) => new Uint32Array(buffer, byteOffset, pageBytes / 4)
