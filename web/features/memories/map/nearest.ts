export interface Near {
  readonly rows: readonly number[]
  /** 0: the same; 2: the opposite. */
  readonly distances: readonly number[]
}

/** The rows among `candidates` that mean most nearly the same as one row, the nearest first. Every one is looked at. */
export const nearestTo = (
  meanings: Float32Array,
  dimensions: number,
  row: number,
  candidates: readonly number[],
  count: number,
): Near => {
  const rows: number[] = []
  const likeness: number[] = []
  for (const candidate of candidates) {
    if (candidate === row) continue
    let alike = 0
    const [one, other] = [row * dimensions, candidate * dimensions]
    for (let at = 0; at < dimensions; at++) alike += (meanings[one + at] ?? 0) * (meanings[other + at] ?? 0)
    if (rows.length === count && alike <= (likeness[count - 1] ?? 0)) continue
    let place = rows.length < count ? rows.length : count - 1
    while (place > 0 && (likeness[place - 1] ?? 0) < alike) {
      rows[place] = rows[place - 1] ?? 0
      likeness[place] = likeness[place - 1] ?? 0
      place--
    }
    rows[place] = candidate
    likeness[place] = alike
  }
  return { rows, distances: likeness.map((alike) => Math.max(0, 1 - alike)) }
}
