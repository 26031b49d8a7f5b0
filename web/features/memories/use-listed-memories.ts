import { useDeferredValue, useMemo, useRef } from 'react'
import { type ListedMemory, listedMemories$ } from '#schema/memories/list-queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { windowSize } from './list-place.ts'

/** The rows of the window that starts at `start`, by id. One live query; while scrolling fast, React lets it wait. */
export const useListedMemories = (ids: readonly string[], start: number): ReadonlyMap<string, ListedMemory> => {
  const store = usePersonaStore()
  const settledStart = useDeferredValue(start)
  const query$ = useMemo(() => listedMemories$(ids.slice(settledStart, settledStart + windowSize)), [ids, settledStart])
  const rows = store.useQuery(query$)
  const known = useRef<ReadonlyMap<string, ListedMemory>>(new Map())
  return useMemo(() => {
    known.current = new Map(rows.map((row) => [row.memoryId, asKnown(row, known.current.get(row.memoryId))]))
    return known.current
  }, [rows])
}

/** A query makes every row anew; one that says the same stays the same object, and is not rendered again. */
const asKnown = (row: ListedMemory, known: ListedMemory | undefined): ListedMemory =>
  known !== undefined && JSON.stringify(known) === JSON.stringify(row) ? known : row
