import { randomFrom } from '#schema/shared/random.ts'
import { type WordVectors, wordVectorsOf } from './word-vectors.ts'

export interface Region {
  readonly x: number
  readonly y: number
  /** The words that tell it from the rest: one or two. */
  readonly name: string
  readonly size: number
}

/** Parts of a map, each named after the words that are frequent in it and rare elsewhere; the largest first. */
export const regionsOf = (
  texts: readonly string[],
  places: Float32Array,
  apart: readonly number[],
): readonly Region[] => {
  const beside = new Set(apart)
  const rows = texts.flatMap((_, row) => (beside.has(row) ? [] : [row]))
  const count = Math.min(20, Math.round(Math.sqrt(rows.length / 10)))
  if (count < 2) return []
  const vectors = wordVectorsOf(texts)
  const named = new Set<string>()
  return clustersOf(rows, places, count)
    .sort((one, other) => other.length - one.length)
    .flatMap((members) => {
      const name = nameOf(members, vectors, named)
      if (name === undefined) return []
      named.add(name.split(' · ')[0] ?? '')
      return [
        {
          x: medianOf(members.map((row) => places[2 * row] ?? 0)),
          y: medianOf(members.map((row) => places[2 * row + 1] ?? 0)),
          name,
          size: members.length,
        },
      ]
    })
}

/** k-means from centres that lie far apart. */
const clustersOf = (rows: readonly number[], places: Float32Array, count: number): number[][] => {
  const distance = (row: number, [x, y]: readonly [number, number]) =>
    ((places[2 * row] ?? 0) - x) ** 2 + ((places[2 * row + 1] ?? 0) - y) ** 2
  const spot = (row: number): [number, number] => [places[2 * row] ?? 0, places[2 * row + 1] ?? 0]
  const random = randomFrom(4)
  let centres = [spot(rows[Math.floor(random() * rows.length)] ?? 0)]
  while (centres.length < count) {
    const far = rows.map((row) => Math.min(...centres.map((centre) => distance(row, centre))))
    let left = random() * far.reduce((sum, one) => sum + one, 0)
    const next = far.findIndex((one) => {
      left -= one
      return left <= 0
    })
    centres.push(spot(rows[Math.max(0, next)] ?? 0))
  }
  let clusters: number[][] = []
  for (let round = 0; round < 12; round++) {
    clusters = centres.map(() => [])
    for (const row of rows) {
      let nearest = 0
      for (let centre = 1; centre < centres.length; centre++)
        if (distance(row, centres[centre] ?? [0, 0]) < distance(row, centres[nearest] ?? [0, 0])) nearest = centre
      clusters[nearest]?.push(row)
    }
    clusters = clusters.filter((members) => members.length > 0)
    centres = clusters.map((members) => [
      members.reduce((sum, row) => sum + (places[2 * row] ?? 0), 0) / members.length,
      members.reduce((sum, row) => sum + (places[2 * row + 1] ?? 0), 0) / members.length,
    ])
  }
  return clusters
}

const nameOf = (members: readonly number[], { rows, words, width }: WordVectors, taken: ReadonlySet<string>) => {
  const here = new Uint32Array(width)
  for (const row of members) for (const column of rows[row]?.columns ?? []) here[column] = (here[column] ?? 0) + 1
  const everywhere = countsIn(rows, width)
  const telling = [...here.keys()]
    .filter((column) => (here[column] ?? 0) >= Math.max(2, members.length * 0.06))
    .map((column) => {
      const share = (here[column] ?? 0) / members.length
      const own = (here[column] ?? 0) / (everywhere[column] ?? 1)
      return { word: words[column] ?? '', score: share * own }
    })
    .filter(({ word }) => !taken.has(word))
    .sort((one, other) => other.score - one.score || (one.word < other.word ? -1 : 1))
  const [first, second] = telling
  if (first === undefined) return undefined
  return second !== undefined && second.score > first.score / 3 ? `${first.word} · ${second.word}` : first.word
}

const counted = new WeakMap<WordVectors['rows'], Uint32Array>()

const countsIn = (rows: WordVectors['rows'], width: number): Uint32Array => {
  const known = counted.get(rows)
  if (known !== undefined) return known
  const counts = new Uint32Array(width)
  for (const { columns } of rows) for (const column of columns) counts[column] = (counts[column] ?? 0) + 1
  counted.set(rows, counts)
  return counts
}

const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
