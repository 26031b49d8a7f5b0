import { openWorkspace } from '#web/livestore/stores.ts'
import { sparesData } from './spares-data.ts'

/** Starts search in this tab, if it has not begun. What reads the shards is loaded only now; a failure is tried again with the next call. */
export const joinSearch = () => {
  Promise.all([openWorkspace(), import('./start-search.ts')])
    .then(([workspace, { startSearch }]) => startSearch(workspace))
    .catch(() => undefined)
}

/** The same, long after what somebody looks at, unless what it gives is called before. */
export const joinSearchLater = () => {
  if (sparesData(navigator)) return // who asks, or erases, starts it
  const timer = setTimeout(joinSearch, 10_000)
  return () => clearTimeout(timer)
}
