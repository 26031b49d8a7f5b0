import { pool } from '#web/livestore/stores.ts'
import { openStoreHistory, type StoreHistory } from './history.ts'
import type { ReplayProgress } from './history-protocol.ts'

/** How long a history that nobody looks at is kept for whoever comes next, in milliseconds. */
const patience = 15_000

interface Entry {
  /** What the log was like when it was read. */
  readonly mark: string
  readonly opening: Promise<StoreHistory>
  readonly giveUp: () => void
  readonly listeners: Set<(progress: ReplayProgress) => void>
  users: number
}

const entries = new Map<string, Entry>()

/**
 * The history of a store, replayed once for all who look at it and anew when its log has grown. What comes back is one's
 * own share of it: `close` lets go of that, and the last share takes the worker along. Aborting `signal` gives it up.
 */
export const sharedHistory = async (
  storeId: string,
  onProgress: (progress: ReplayProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<StoreHistory> => {
  const mark = await markOf(storeId)
  signal?.throwIfAborted()
  const entry = entryOf(storeId, mark)
  entry.users++
  entry.listeners.add(onProgress)
  const release = releaseOnce(storeId, entry)
  signal?.addEventListener('abort', release, { once: true })
  try {
    const history = await entry.opening
    signal?.throwIfAborted()
    return { ...history, close: release }
  } catch (error) {
    release()
    throw error
  } finally {
    entry.listeners.delete(onProgress)
  }
}

const entryOf = (storeId: string, mark: string): Entry => {
  const known = entries.get(storeId)
  if (known?.mark === mark) return known
  const aborted = new AbortController()
  const listeners = new Set<(progress: ReplayProgress) => void>()
  const tell = (progress: ReplayProgress) => {
    for (const listener of listeners) listener(progress)
  }
  const opening = openStoreHistory(storeId, tell, aborted.signal)
  opening.catch(() => drop(storeId, entry)) // whoever asks next tries again
  const giveUp = () => {
    aborted.abort()
    void opening.then(({ close }) => close()).catch(() => undefined)
  }
  const entry: Entry = { mark, opening, giveUp, listeners, users: 0 }
  entries.set(storeId, entry)
  if (known?.users === 0) known.giveUp()
  return entry
}

const releaseOnce = (storeId: string, entry: Entry) => {
  let isReleased = false
  return () => {
    if (isReleased) return
    isReleased = true
    entry.users--
    setTimeout(() => {
      if (entry.users > 0) return
      drop(storeId, entry)
      entry.giveUp()
    }, patience)
  }
}

const drop = (storeId: string, entry: Entry) => {
  if (entries.get(storeId) === entry) entries.delete(storeId)
}

/**
 * Changes with every event, whenever events that wait are renumbered, and when the store is opened anew. What is on
 * screen is in the log first, unless there is always more of it.
 */
const markOf = async (storeId: string): Promise<string> => {
  const store = await pool.open(storeId)
  for (let turn = 0; turn < 50 && store.syncStatus().pendingCount > 0; turn++)
    await new Promise((resume) => setTimeout(resume, 20))
  const { leader } = await store._dev.syncStates()
  return `${pool.generationOf(storeId)} ${JSON.stringify(leader.localHead)}`
}
