import { persona$ } from '#schema/personas/queries.ts'
import { summaryActivity$, summaryChanges$, summaryCounts$ } from '#schema/stores/summary.ts'
import { summarizePersona } from '#schema/workspace/commands.ts'
import { activityOf$, type DirectoryEntry, directoryEntry$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import type { PersonaStore, WorkspaceStore } from '#web/livestore/stores.ts'

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
    summarize(workspace, store, personaId)
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

/** Tells the workspace what it does not know yet of the persona. Nothing, while the persona has not arrived here. */
export const summarize = (workspace: WorkspaceStore, store: PersonaStore, personaId: string) => {
  const summary = summaryOf(store, personaId)
  const entry = workspace.query(directoryEntry$(personaId))
  if (summary === undefined || entry === null || entry.head > summary.head) return
  const known = keyOf({ ...entry, activity: workspace.query(activityOf$(personaId)) })
  if (keyOf({ ...summary, lastActivityAt: summary.lastActivityAt ?? entry.listedAt }) === known) return
  execute(workspace, summarizePersona(summary, stampNow()))
}

type Summary = Parameters<typeof summarizePersona>[0]

const summaryOf = (store: PersonaStore, personaId: string): Summary | undefined => {
  const persona = store.query(persona$)
  if (persona === null) return undefined
  const { name, hue, avatar, archivedAt } = persona
  const counts = store.query(summaryCounts$)
  return {
    personaId,
    head: headOf(store.syncStatus().localHead),
    name,
    hue,
    avatar,
    archivedAt,
    ...counts,
    activity: store.query(summaryActivity$),
  }
}

/** How many events the log has: 12 of `e12.1`. */
export const headOf = (localHead: string): number => Number.parseInt(localHead.slice(1), 10)

/** All that a list shows; a head that moved for other reasons is no news. */
const keyOf = (known: Omit<Summary, 'lastActivityAt' | 'head'> & Pick<DirectoryEntry, 'lastActivityAt'>) =>
  JSON.stringify([
    known.name,
    known.hue,
    known.avatar,
    known.archivedAt,
    known.memories,
    known.conversations,
    known.messages,
    known.lastActivityAt,
    known.activity.map(({ day, messages, memories }) => [day, messages, memories]),
  ])
