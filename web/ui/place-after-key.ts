/** Where a key leads from `place` in a list of `count`; undefined if it is not a key of lists. */
export const placeAfterKey = (key: string, place: number, count: number, pageSize: number): number | undefined => {
  const by: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: pageSize,
    PageUp: -pageSize,
    Home: -count,
    End: count,
  }
  const distance = by[key]
  if (distance === undefined) return undefined
  return Math.max(0, Math.min(count - 1, (place === -1 && distance > 0 ? -1 : place) + distance))
}
