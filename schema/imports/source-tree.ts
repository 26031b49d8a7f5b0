/**
 * A tree out of what a source says its tree is. Parents may be missing, and may go in circles:
 *
 *     a ─ b ─ c        stays as it is
 *     ? ─ d            d becomes a root
 *     e ─ f ─ e        cut where the circle closes: e becomes a root, f stays below it
 *
 * Every key comes exactly once, and after its parent.
 */
export const parentsFirst = (
  parents: ReadonlyMap<string, string | null>,
): readonly { readonly key: string; readonly parent: string | null }[] => {
  const placed = new Map<string, { key: string; parent: string | null }>()
  for (const start of parents.keys()) {
    const path = new Set<string>()
    let key: string | null = start
    while (key !== null && !placed.has(key) && !path.has(key) && parents.has(key)) {
      path.add(key)
      key = parents.get(key) ?? null
    }
    const top = key !== null && placed.has(key) ? key : null
    let parent = top
    for (const below of [...path].reverse()) {
      placed.set(below, { key: below, parent })
      parent = below
    }
  }
  return [...placed.values()]
}
