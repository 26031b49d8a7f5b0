import { UMAP } from 'umap-js'
import { randomFrom } from '#schema/shared/random.ts'
import { meaningsOf } from './meanings.ts'
import { nearestTo } from './nearest.ts'
import { spreadSteps } from './spread.ts'
import { wordVectorsOf } from './word-vectors.ts'

export interface ArrangeAsked {
  readonly texts: readonly string[]
  /** x and y of each text that has a place already; NaN for the others. */
  readonly places: Float32Array
}

export interface Arranged {
  readonly places: Float32Array
  /** Rows that share no telling word with any other: they stand on a rim around the rest. */
  readonly apart: readonly number[]
}

/** More than these are not laid out against each other: they go beside what they are nearest to. */
const mostAnchors = 1500
const dimensions = 64
const neighbours = 15

/** Gives the part that is done, 0–1, and in the end where everything stands. The same texts stand the same twice. */
export function* arrangeSteps({ texts, places }: ArrangeAsked): Generator<number, Arranged> {
  yield 0
  const vectors = wordVectorsOf(texts)
  yield 0.05
  const meanings = meaningsOf(vectors, dimensions, randomFrom(1))
  yield 0.1
  const tied: number[] = []
  const apart: number[] = []
  for (const row of texts.keys()) (isZero(meanings, row) ? apart : tied).push(row)
  const placed = Float32Array.from(places)
  let anchors = tied.filter((row) => !Number.isNaN(placed[2 * row]))
  // A few new texts find their place among the old ones; with many, the old places say too little.
  const isFresh = anchors.length < tied.length * 0.8
  if (isFresh) {
    anchors = sampleOf(tied)
    placed.fill(Number.NaN)
    yield* layAnchors(meanings, anchors, placed)
  }
  yield 0.8
  yield* layOthers(meanings, tied, anchors, placed)
  if (isFresh) for (const part of spreadSteps(placed, tied)) yield 0.95 + part * 0.05
  layApart(apart, tied, placed)
  return { places: placed, apart }
}

const isZero = (meanings: Float32Array, row: number) =>
  meanings.subarray(row * dimensions, (row + 1) * dimensions).every((value) => value === 0)

/** Evenly over all, so that old and new are among them. */
const sampleOf = (rows: readonly number[]): number[] =>
  rows.length <= mostAnchors
    ? [...rows]
    : Array.from({ length: mostAnchors }, (_, n) => rows[Math.floor((n * rows.length) / mostAnchors)] ?? 0)

function* layAnchors(
  meanings: Float32Array,
  anchors: readonly number[],
  placed: Float32Array,
): Generator<number, void> {
  if (anchors.length < 8) {
    anchors.forEach((row, n) => {
      const angle = (n / anchors.length) * 2 * Math.PI
      placed.set([Math.cos(angle), Math.sin(angle)], 2 * row)
    })
    return
  }
  const count = Math.min(neighbours, anchors.length - 2)
  const at = new Map(anchors.map((row, n) => [row, n]))
  const indices: number[][] = []
  const distances: number[][] = []
  for (const [n, row] of anchors.entries()) {
    const near = nearestTo(meanings, dimensions, row, anchors, count - 1)
    indices.push([n, ...near.rows.map((other) => at.get(other) ?? 0)])
    distances.push([0, ...near.distances])
    if (n % 200 === 199) yield 0.1 + 0.2 * (n / anchors.length)
  }
  const umap = new UMAP({ nNeighbors: count, nEpochs: 250, minDist: 0.4, spread: 1.5, random: randomFrom(2) })
  umap.setPrecomputedKNN(indices, distances)
  const epochs = umap.initializeFit(
    anchors.map((row) => [...meanings.subarray(row * dimensions, (row + 1) * dimensions)]),
  )
  for (let epoch = 0; epoch < epochs; epoch++) {
    umap.step()
    yield 0.3 + 0.5 * (epoch / epochs)
  }
  for (const [n, place] of umap.getEmbedding().entries()) placed.set(place, 2 * (anchors[n] ?? 0))
}

/** Each among the five it is nearest to, the nearer the closer, and a little beside the spot so that none hides another. */
function* layOthers(
  meanings: Float32Array,
  tied: readonly number[],
  anchors: readonly number[],
  placed: Float32Array,
): Generator<number, void> {
  const random = randomFrom(3)
  const others = tied.filter((row) => Number.isNaN(placed[2 * row]))
  for (const [n, row] of others.entries()) {
    const { rows, distances } = nearestTo(meanings, dimensions, row, anchors, 5)
    let [x, y, sum] = [0, 0, 0]
    rows.forEach((other, at) => {
      const weight = 1 / (0.02 + (distances[at] ?? 0)) ** 2
      x += weight * (placed[2 * other] ?? 0)
      y += weight * (placed[2 * other + 1] ?? 0)
      sum += weight
    })
    const angle = random() * 2 * Math.PI
    const aside = 0.25 * Math.sqrt(random())
    placed.set([x / sum + aside * Math.cos(angle), y / sum + aside * Math.sin(angle)], 2 * row)
    if (n % 200 === 199) yield 0.8 + 0.15 * (n / others.length)
  }
}

const layApart = (apart: readonly number[], tied: readonly number[], placed: Float32Array) => {
  const middle = [0, 1].map(
    (axis) => tied.reduce((sum, row) => sum + (placed[2 * row + axis] ?? 0), 0) / (tied.length || 1),
  )
  const [x = 0, y = 0] = middle
  const radius = tied.reduce(
    (most, row) => Math.max(most, Math.hypot((placed[2 * row] ?? 0) - x, (placed[2 * row + 1] ?? 0) - y)),
    1,
  )
  apart.forEach((row, n) => {
    const angle = (n / apart.length) * 2 * Math.PI
    placed.set([x + Math.cos(angle) * radius * 1.12, y + Math.sin(angle) * radius * 1.12], 2 * row)
  })
}
