import { useEffect, useMemo, useRef, useState } from 'react'
import { type MemoryOrder, memoryChanges$, memoryOrder$ } from '#schema/memories/list-queries.ts'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'

/** What may be asked within a commit without being felt, and how long the rest waits, in milliseconds. */
const cheap = 4
const patience = 120

/**
 * The ids a filter finds, in order, kept current. Asking takes 1 ms for a thousand memories and 30 for a hundred thousand:
 * cheap, it is asked again within the commit; dear, a moment after it, so that no keystroke waits for it.
 */
export const useMemoryOrder = (filter: MemoryFilter, { sort, direction }: MemoryOrder): readonly string[] => {
  const store = usePersonaStore()
  const [version, setVersion] = useState(0)
  const latest = useRef({ text: '', cost: 0 })
  const query$ = useMemo(() => memoryOrder$(filter, { sort, direction }), [filter, sort, direction])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version asks again.
  const json = useMemo(() => {
    const start = performance.now()
    const text = store.query(query$)
    // An answer from the cache says nothing of what asking costs.
    if (text !== latest.current.text) latest.current = { text, cost: performance.now() - start }
    return text
  }, [store, query$, version])

  useEffect(() => {
    let timer: number | undefined
    const refresh = () => {
      timer = undefined
      setVersion((version) => version + 1)
    }
    const unsubscribe = store.subscribe(memoryChanges$(filter), () => {
      if (latest.current.cost < cheap) refresh()
      else timer ??= window.setTimeout(refresh, patience)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [store, filter])

  // `json_group_array` of a text column is a list of texts.
  return useMemo(() => JSON.parse(json) as readonly string[], [json])
}
