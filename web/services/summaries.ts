import { persona$ } from '#schema/personas/queries.ts'
import { summaryChanges$ } from '#schema/stores/summary.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { type PersonaStore, pool, type WorkspaceStore } from '#web/livestore/stores.ts'
import { summaryFact } from './summary-fact.ts'

/** Milliseconds after a change, and at least between two summaries: each carries a year of days. */
const quiet = 1000
const gap = 5000

/**
 * Carries what lists show of a persona over to the workspace, while the persona's store is open: soon after a change,
 * and at once when the view or the page goes away. Of all tabs only one does. Returns the end of it.
 */
export const watchSummary = (workspace: WorkspaceStore, store: PersonaStore, personaId: string) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastAt = 0
  let watching = false

  const flush = () => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    lastAt = Date.now()
    // The view may go because its store died.
    if (pool.peek(store.storeId) === store) summarize(workspace, store, personaId)
  }
  const plan = () => {
    clearTimeout(timer)
    timer = setTimeout(flush, Math.max(quiet, lastAt + gap - Date.now()))
  }
  const onVisibility = () => {
    if (document.visibilityState === 'hidden') flush()
  }

  const subscriptions: (() => void)[] = []
  let release = () => {}
  const aborted = new AbortController()
  navigator.locks
    .request(`pjai.summary.${personaId}`, { signal: aborted.signal }, () => {
      watching = true
      subscriptions.push(store.subscribe(persona$, plan), store.subscribe(summaryChanges$, plan))
      document.addEventListener('visibilitychange', onVisibility)
      return new Promise<void>((resolve) => {
        release = resolve
      })
    })
    .catch(() => {
      // Stopped before it was this tab's turn.
    })

  return () => {
    if (!watching) return aborted.abort()
    flush()
    for (const unsubscribe of subscriptions) unsubscribe()
    document.removeEventListener('visibilitychange', onVisibility)
    release()
  }
}

/** Tells the workspace what it does not know yet of the persona. */
export const summarize = (workspace: WorkspaceStore, store: PersonaStore, personaId: string) => {
  const fact = summaryFact(workspace, store, personaId, stampNow())
  if (fact !== undefined) execute(workspace, fact)
}
