import type { SparseRow, WordVectors } from './word-vectors.ts'

/**
 * The few directions in which texts differ most, by words that occur together: the latent semantic analysis of the word
 * vectors, as a randomized projection turned towards them by three rounds of multiplication. Each row has length 1, or
 * 0 where a text shares no word with any other. Row after row in one array.
 */
export const meaningsOf = ({ rows, width }: WordVectors, dimensions: number, random: () => number): Float32Array => {
  let basis = new Float32Array(width * dimensions)
  for (let at = 0; at < basis.length; at++) basis[at] = random() - 0.5
  for (let round = 0; round < 3; round++) {
    const projected = times(rows, basis, dimensions)
    orthonormalize(projected, dimensions)
    basis = transposedTimes(rows, projected, width, dimensions)
    orthonormalize(basis, dimensions)
  }
  const meanings = times(rows, basis, dimensions)
  for (let row = 0; row < rows.length; row++) {
    const meaning = meanings.subarray(row * dimensions, (row + 1) * dimensions)
    const length = Math.hypot(...meaning)
    if (length > 1e-6) for (let at = 0; at < dimensions; at++) meaning[at] = (meaning[at] ?? 0) / length
  }
  return meanings
}

const times = (rows: readonly SparseRow[], basis: Float32Array, dimensions: number): Float32Array<ArrayBuffer> => {
  const product = new Float32Array(rows.length * dimensions)
  rows.forEach(({ columns, weights }, row) => {
    columns.forEach((column, n) => {
      const weight = weights[n] ?? 0
      for (let at = 0; at < dimensions; at++)
        product[row * dimensions + at] =
          (product[row * dimensions + at] ?? 0) + weight * (basis[column * dimensions + at] ?? 0)
    })
  })
  return product
}

const transposedTimes = (
  rows: readonly SparseRow[],
  matrix: Float32Array,
  width: number,
  dimensions: number,
): Float32Array<ArrayBuffer> => {
  const product = new Float32Array(width * dimensions)
  rows.forEach(({ columns, weights }, row) => {
    columns.forEach((column, n) => {
      const weight = weights[n] ?? 0
      for (let at = 0; at < dimensions; at++)
        product[column * dimensions + at] =
          (product[column * dimensions + at] ?? 0) + weight * (matrix[row * dimensions + at] ?? 0)
    })
  })
  return product
}

/** Gram and Schmidt, column by column, in place. */
const orthonormalize = (matrix: Float32Array, dimensions: number) => {
  for (let column = 0; column < dimensions; column++) {
    for (let before = 0; before < column; before++) {
      const overlap = dot(matrix, dimensions, column, before)
      for (let at = 0; at < matrix.length; at += dimensions)
        matrix[at + column] = (matrix[at + column] ?? 0) - overlap * (matrix[at + before] ?? 0)
    }
    const length = Math.sqrt(dot(matrix, dimensions, column, column))
    // What is left of a direction that others span already is noise.
    const scale = length > 1e-5 ? 1 / length : 0
    for (let at = column; at < matrix.length; at += dimensions) matrix[at] = (matrix[at] ?? 0) * scale
  }
}

const dot = (matrix: Float32Array, dimensions: number, one: number, other: number): number => {
  let sum = 0
  for (let at = 0; at < matrix.length; at += dimensions) sum += (matrix[at + one] ?? 0) * (matrix[at + other] ?? 0)
  return sum
}
