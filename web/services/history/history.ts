import { StoreInternalsSymbol } from '@livestore/livestore'
import { Effect } from 'effect'
import { parseStoreId } from '#schema/stores/store-id.ts'
import type { EngineStore } from '#web/livestore/engine-store.ts'
import { pool } from '#web/livestore/stores.ts'
import { callsTo, type WorkerCalls } from '#web/services/worker-calls.ts'
import HistoryWorker from './history.worker.ts?worker'
import type { HistoryCalls, Overview, ReplayProgress, Verdict } from './history-protocol.ts'

/** A store's log and all its states, as they were when it was opened, in a worker of their own. */
export interface StoreHistory extends Pick<WorkerCalls<HistoryCalls>, 'call'> {
  readonly overview: Overview
  readonly close: () => void
}

/**
 * Replays the log on this device, the events the server does not have yet included. Lets go of the memory at `close`;
 * when `signal` is aborted before that, it is given up.
 */
export const openStoreHistory = async (
  storeId: string,
  onProgress: (progress: ReplayProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<StoreHistory> => openLog(storeId, await logOf(await pool.open(storeId)), onProgress, signal)

/**
 * Makes the state anew from the log and holds it against what LiveStore has: `kept` by its leader, which the next start
 * shows, and `shown` by this tab.
 */
export const verifyState = async (
  storeId: string,
  onProgress?: (progress: ReplayProgress) => void,
): Promise<{ readonly kept: Verdict; readonly shown: Verdict }> => {
  const { log, kept, shown } = await untilQuiet(await pool.open(storeId))
  const history = await openLog(storeId, log, onProgress ?? (() => undefined))
  try {
    const n = history.overview.head
    return {
      kept: await history.call('verify', { n, state: kept }),
      shown: await history.call('verify', { n, state: shown }),
    }
  } finally {
    history.close()
  }
}

/** The same of a log that is at hand. */
export const openLog = async (
  storeId: string,
  log: Uint8Array,
  onProgress: (progress: ReplayProgress) => void,
  signal?: AbortSignal,
): Promise<StoreHistory> => {
  signal?.throwIfAborted()
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  const worker = callsTo<HistoryCalls, ReplayProgress>(
    new HistoryWorker(),
    'The part of the page that replays logs could not be loaded.',
    onProgress,
  )
  try {
    const opening = worker.call('open', { kind: name.kind, log })
    const overview = await Promise.race([opening, untilAborted(signal)])
    return { overview, call: worker.call, close: worker.end }
  } catch (error) {
    worker.end()
    throw error
  }
}

/** Nothing is heard of a worker that was ended: whoever gives it up must not wait for it. */
const untilAborted = (signal: AbortSignal | undefined) =>
  new Promise<never>((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

/** Asked of the leader, which holds the file. */
export const logOf = (store: EngineStore): Promise<Uint8Array> =>
  Effect.runPromise(store[StoreInternalsSymbol].clientSession.leaderThread.getEventlogData)

/** Log and both states as of one moment: what was written while they were read is read again. */
export const untilQuiet = async (store: EngineStore) => {
  const { clientSession, sqliteDbWrapper } = store[StoreInternalsSymbol]
  const headsOf = async () => {
    const { leader, session } = await store._dev.syncStates()
    return [leader.localHead, session.localHead].map((head) => JSON.stringify(head))
  }
  for (let attempt = 0; attempt < 100; attempt++) {
    const before = await headsOf()
    const log = await logOf(store)
    const kept = await Effect.runPromise(clientSession.leaderThread.export)
    const shown = sqliteDbWrapper.export()
    const after = await headsOf()
    if (new Set([...before, ...after]).size === 1) return { log, kept, shown }
    await new Promise((resume) => setTimeout(resume, 50))
  }
  throw new Error('This store is being written to without a pause. Try again in a moment.')
}
