import { useDeferredValue, useMemo } from 'react'
import { type ListedMemory, listedMemories$ } from '#schema/memories/list-queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { windowSize } from './list-place.ts'

/** The rows of the window that starts at `start`, by id. One live query; while scrolling fast, React lets it wait. */
export const useListedMemories = (ids: readonly string[], start: number): ReadonlyMap<string, ListedMemory> => {
  const store = usePersonaStore()
  const settledStart = useDeferredValue(start)
  const query$ = useMemo(() => listedMemories$(ids.slice(settledStart, settledStart + windowSize)), [ids, settledStart])
  const rows = store.useQuery(query$)
  return useMemo(() => new Map(rows.map((row) => [row.memoryId, row])), [rows])
}
