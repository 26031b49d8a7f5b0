/**
 * Pushes apart what lies closer than a dot is wide, in place, until a part of the map is as large as it has memories.
 * Each is held against those of its own square of a grid and the squares around it.
 */
export function* spreadSteps(places: Float32Array, rows: readonly number[]): Generator<number, void> {
  const gap = gapFor(places, rows)
  if (gap === 0) return
  const rounds = 40
  for (let round = 0; round < rounds; round++) {
    const squares = squaresOf(places, rows, gap)
    for (const row of rows) pushAway(row, places, squares, gap)
    yield round / rounds
  }
}

/** A third of the ground is dots in the end. */
const gapFor = (places: Float32Array, rows: readonly number[]): number => {
  const extents = [0, 1].map((axis) => {
    const sorted = Float32Array.from(rows, (row) => places[2 * row + axis] ?? 0).sort()
    // Without the few that lie far out.
    return (sorted[Math.floor(sorted.length * 0.97)] ?? 0) - (sorted[Math.floor(sorted.length * 0.03)] ?? 0)
  })
  return rows.length < 2 ? 0 : Math.sqrt((0.35 * (extents[0] ?? 0) * (extents[1] ?? 0)) / rows.length)
}

type Squares = ReadonlyMap<number, readonly number[]>

const squaresOf = (places: Float32Array, rows: readonly number[], gap: number): Squares => {
  const squares = new Map<number, number[]>()
  for (const row of rows) {
    const key = keyOf(Math.floor((places[2 * row] ?? 0) / gap), Math.floor((places[2 * row + 1] ?? 0) / gap))
    const square = squares.get(key)
    if (square === undefined) squares.set(key, [row])
    else square.push(row)
  }
  return squares
}

const keyOf = (column: number, line: number) => column * 100_003 + line

const pushAway = (row: number, places: Float32Array, squares: Squares, gap: number) => {
  const column = Math.floor((places[2 * row] ?? 0) / gap)
  const line = Math.floor((places[2 * row + 1] ?? 0) / gap)
  for (let square = 0; square < 9; square++) {
    for (const other of squares.get(keyOf(column + (square % 3) - 1, line + Math.floor(square / 3) - 1)) ?? []) {
      if (other <= row) continue
      let dx = (places[2 * other] ?? 0) - (places[2 * row] ?? 0)
      let dy = (places[2 * other + 1] ?? 0) - (places[2 * row + 1] ?? 0)
      // Two at one spot part in a direction of their own.
      if (dx === 0 && dy === 0) [dx, dy] = [Math.cos(row) * 1e-3 * gap, Math.sin(row) * 1e-3 * gap]
      const distance = Math.hypot(dx, dy)
      if (distance >= gap) continue
      const push = (0.25 * (gap - distance)) / distance
      places[2 * row] = (places[2 * row] ?? 0) - dx * push
      places[2 * row + 1] = (places[2 * row + 1] ?? 0) - dy * push
      places[2 * other] = (places[2 * other] ?? 0) + dx * push
      places[2 * other + 1] = (places[2 * other + 1] ?? 0) + dy * push
    }
  }
}
