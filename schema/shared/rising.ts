/** How many of these rising numbers are at most `limit`. */
export const countUpTo = (rising: readonly number[], limit: number): number => {
  let [low, high] = [0, rising.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rising[middle] ?? limit) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
