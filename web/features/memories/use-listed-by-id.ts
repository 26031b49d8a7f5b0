import { useMemo } from 'react'
import { type ListedMemory, listedMemories$ } from '#schema/memories/list-queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'

/** The rows of these memories, by id; at most 200. */
export const useListedById = (ids: readonly string[]): ReadonlyMap<string, ListedMemory> => {
  const key = JSON.stringify(ids)
  // `key` is the ids as JSON.
  const query$ = useMemo(() => listedMemories$(JSON.parse(key) as readonly string[]), [key])
  const rows = usePersonaStore().useQuery(query$)
  return useMemo(() => new Map(rows.map((row) => [row.memoryId, row])), [rows])
}
