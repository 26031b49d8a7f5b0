import type { LiveQueryDef } from '@livestore/livestore'
import { useMemo, useSyncExternalStore } from 'react'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import type { PersonaStore } from '#web/livestore/stores.ts'

/** What may be asked within a commit without being felt, and how long the rest waits, in milliseconds. */
const cheap = 4
const patience = 120

/**
 * The answer of a query that is a text, kept current. Cheap, it is asked again within the commit that `changes$` tells of;
 * dear, a moment after it, so that no keystroke waits for it. Both are the same as long as they ask the same.
 */
export const usePatientText = (query$: LiveQueryDef<string>, changes$: LiveQueryDef<symbol>): string => {
  const store = usePersonaStore()
  const source = useMemo(() => textSource(store, query$, changes$), [store, query$, changes$])
  return useSyncExternalStore(source.subscribe, source.read)
}

const textSource = (store: PersonaStore, query$: LiveQueryDef<string>, changes$: LiveQueryDef<symbol>) => {
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
    const unsubscribe = store.subscribe(changes$, () => {
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
