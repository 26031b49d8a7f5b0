import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { allSyncStatuses, subscribeToSync } from '#web/livestore/sync-status.ts'
import { anchorHistory, lookAtHistory } from './keep-history.ts'

/**
 * Looks at the server's history of each open store when all of it is synced, or refused, and nothing came for a while;
 * again only when something came. Returns the end of it.
 */
export const watchHistories = (workspace: WorkspaceStore): (() => void) => {
  const looked = new Map<string, { readonly events: number; readonly at: number }>()
  const timers = new Map<string, ReturnType<typeof setTimeout>>()

  const look = async (storeId: string, events: number) => {
    timers.delete(storeId)
    looked.set(storeId, { events, at: Date.now() })
    const failure = await lookAtHistory(workspace, storeId)
    if (failure === undefined) return anchorHistory(workspace, storeId)
    looked.set(storeId, { events: 0, at: Date.now() }) // with the next word of the line
  }

  const plan = () => {
    for (const { storeId, events, waiting, unsaved, connected, refusal } of allSyncStatuses()) {
      clearTimeout(timers.get(storeId))
      timers.delete(storeId)
      const last = looked.get(storeId)
      // A server that lost the end of its log refuses what would follow it.
      const isSettled = (waiting === 0 && unsaved === 0) || refusal !== null
      if (!connected || !isSettled || events === 0 || last?.events === events) continue
      const wait = Math.max(quiet, (last?.at ?? 0) + gap - Date.now())
      const timer = setTimeout(() => {
        look(storeId, events).catch((error: unknown) => {
          console.error(`The history of ${storeId} could not be looked at. It is tried again.`, error)
        })
      }, wait)
      timers.set(storeId, timer)
    }
  }

  plan()
  const stop = subscribeToSync(plan)
  return () => {
    stop()
    for (const timer of timers.values()) clearTimeout(timer)
  }
}

/** Milliseconds without news, and at least between two looks at the same store. */
const quiet = 10_000
const gap = 60_000
