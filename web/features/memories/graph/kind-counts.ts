export type KindCounts = readonly (readonly [kind: string, count: number])[]

/** The most frequent first. */
export const countsOfKinds = (kinds: Iterable<string>): KindCounts => {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
}
