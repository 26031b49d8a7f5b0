/**
 * Moves discs and dots half of what they overlap out of each other, the lighter one farther. Bodies lie in one array, so
 * many numbers each, of which the first two are x and y.
 */
export const pushApart = (bodies: Float32Array, perBody: number, radii: Float32Array) => {
  const discs = [...radii.keys()].filter((nth) => (radii[nth] ?? 0) > 0)
  for (const disc of discs) {
    for (let other = 0; other < radii.length; other++) {
      // Two discs meet once.
      if (other === disc || ((radii[other] ?? 0) > 0 && other < disc)) continue
      const [one, two] = [disc * perBody, other * perBody]
      const [x, y] = [(bodies[two] ?? 0) - (bodies[one] ?? 0), (bodies[two + 1] ?? 0) - (bodies[one + 1] ?? 0)]
      const wanted = (radii[disc] ?? 0) + (radii[other] ?? 0) + gap
      if (Math.abs(x) >= wanted || Math.abs(y) >= wanted) continue
      const distance = Math.hypot(x, y)
      if (distance >= wanted) continue
      // Of two at the very same place the second goes to the right.
      const [alongX, alongY] = distance === 0 ? [1, 0] : [x / distance, y / distance]
      const overlap = (wanted - distance) / 2
      const [area, otherArea] = [(radii[disc] ?? 0) ** 2, (radii[other] ?? 0) ** 2]
      const share = area / (area + otherArea)
      bodies[two] = (bodies[two] ?? 0) + alongX * overlap * share
      bodies[two + 1] = (bodies[two + 1] ?? 0) + alongY * overlap * share
      bodies[one] = (bodies[one] ?? 0) - alongX * overlap * (1 - share)
      bodies[one + 1] = (bodies[one + 1] ?? 0) - alongY * overlap * (1 - share)
    }
  }
}

/** Between a disc and what is beside it. */
const gap = 16
