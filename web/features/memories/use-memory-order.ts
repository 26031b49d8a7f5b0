import { useMemo, useSyncExternalStore } from 'react'
import { type MemoryOrder, memoryChanges$, memoryOrder$ } from '#schema/memories/list-queries.ts'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import type { PersonaStore } from '#web/livestore/stores.ts'

/** What may be asked within a commit without being felt, and how long the rest waits, in milliseconds. */
const cheap = 4
const patience = 120

/**
 * The ids a filter finds, in order, kept current. Asking takes 1 ms for a thousand memories and 30 for a hundred thousand:
 * cheap, it is asked again within the commit; dear, a moment after it, so that no keystroke waits for it.
 */
export const useMemoryOrder = (filter: MemoryFilter, { sort, direction }: MemoryOrder): readonly string[] => {
  const store = usePersonaStore()
  const source = useMemo(() => orderSource(store, filter, { sort, direction }), [store, filter, sort, direction])
  const json = useSyncExternalStore(source.subscribe, source.read)
  // `json_group_array` of a text column is a list of texts.
  return useMemo(() => JSON.parse(json) as readonly string[], [json])
}

const orderSource = (store: PersonaStore, filter: MemoryFilter, order: MemoryOrder) => {
  const query$ = memoryOrder$(filter, order)
  let known: { readonly text: string; readonly cost: number } | undefined

  const ask = () => {
    const start = performance.now()
    const text = store.query(query$)
    // An answer from the cache says nothing of what asking costs.
    if (text !== known?.text) known = { text, cost: performance.now() - start }
    return text
  }

  const subscribe = (listener: () => void) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      timer = undefined
      const before = known?.text
      if (ask() !== before) listener()
    }
    const unsubscribe = store.subscribe(memoryChanges$(filter), () => {
      if (known === undefined || known.cost < cheap) refresh()
      else timer ??= setTimeout(refresh, patience)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }

  return { subscribe, read: () => known?.text ?? ask() }
}
