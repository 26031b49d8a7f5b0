/** What is chosen for an act over many, and where a range with Shift begins. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly anchorId: string | null
}

export const nothingSelected: Selection = { ids: new Set(), anchorId: null }

export const toggled = (selection: Selection, memoryId: string): Selection => {
  const ids = new Set(selection.ids)
  if (!ids.delete(memoryId)) ids.add(memoryId)
  return { ids, anchorId: memoryId }
}

/** Everything between the anchor and `memoryId` as well; without an anchor just that one. */
export const extendedTo = (selection: Selection, order: readonly string[], memoryId: string): Selection => {
  const to = order.indexOf(memoryId)
  const anchor = selection.anchorId === null ? -1 : order.indexOf(selection.anchorId)
  const from = anchor === -1 ? to : anchor
  const between = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...selection.ids, ...between]), anchorId: order[from] ?? null }
}

export const allSelected = (order: readonly string[]): Selection => ({ ids: new Set(order), anchorId: null })

/** What the filter no longer finds is no longer chosen: nobody acts on what is not shown. */
export const keptIn = (selection: Selection, order: readonly string[]): Selection => {
  if (selection.ids.size === 0) return selection
  const kept = order.filter((id) => selection.ids.has(id))
  return kept.length === selection.ids.size ? selection : { ...selection, ids: new Set(kept) }
}
