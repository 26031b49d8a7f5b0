import { useCallback, useSyncExternalStore } from 'react'
import { type Moment, openPast, type Past, type PastSeen } from './past.ts'

interface Watched {
  readonly past: Past
  readonly listeners: Set<() => void>
}

const watched = new Map<string, Watched>()
const nothingSeen: PastSeen = {}

/** The past of a store, one for all who look at it. It is opened with the first of them. */
export const usePast = (storeId: string): PastSeen => {
  const subscribe = useCallback((listener: () => void) => watch(storeId, listener), [storeId])
  return useSyncExternalStore(subscribe, () => watched.get(storeId)?.past.read() ?? nothingSeen)
}

/** Of a past that somebody looks at. */
export const goToPast = (storeId: string, moment: Moment) => watched.get(storeId)?.past.goTo(moment)

const watch = (storeId: string, listener: () => void) => {
  const entry = watched.get(storeId) ?? openWatched(storeId)
  entry.listeners.add(listener)
  return () => {
    entry.listeners.delete(listener)
    // Who is about to look at it as well finds it. Later the log may have grown.
    setTimeout(() => {
      if (entry.listeners.size > 0 || watched.get(storeId) !== entry) return
      watched.delete(storeId)
      entry.past.close()
    })
  }
}

const openWatched = (storeId: string): Watched => {
  const listeners = new Set<() => void>()
  const past = openPast(storeId, () => {
    for (const listener of listeners) listener()
  })
  const entry = { past, listeners }
  watched.set(storeId, entry)
  return entry
}
