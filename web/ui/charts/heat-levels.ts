/**
 * A level 0–4 for each value: none, then the four quarters of those that are not none, so that one wild day does not
 * make all others pale.
 */
export const heatLevels = (values: readonly number[]): readonly number[] => {
  const some = values.filter((value) => value > 0).toSorted((a, b) => a - b)
  const limits = [0.25, 0.5, 0.75].map((part) => some[Math.floor(part * (some.length - 1))] ?? 0)
  return values.map((value) => (value <= 0 ? 0 : 1 + limits.filter((limit) => value > limit).length))
}
