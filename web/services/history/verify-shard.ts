import { openedEvents } from '#bundle/opened-events.ts'
import { type Followed, followWholeLog } from '#proof/follow-log.ts'
import type { LogPage } from '#proof/log-page.ts'
import { get } from '#web/livestore/device-db.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { pool, type WorkspaceStore } from '#web/livestore/stores.ts'
import { readLogPage } from '#web/services/log-pages.ts'
import { type LogComparison, together } from './compare-logs.ts'
import { openLog, type StoreHistory, untilQuiet } from './history.ts'
import type { Overview, StateHash, Verdict } from './history-protocol.ts'
import { witnessOf } from './keep-history.ts'

/** What a verification has found so far. What is undefined was not looked at yet. */
export interface ShardReport {
  readonly overview?: Overview
  /** What the server has, or why it could not be asked. */
  readonly server?: Followed | Error
  /** Its log beside this device's, or why its events could not be opened. */
  readonly logs?: LogComparison | Error
  readonly state?: StateReport
}

/** The state as two rebuilds make it, and as LiveStore has it: in its leader, and in this tab. */
export interface StateReport {
  readonly rebuilt: StateHash
  readonly again: StateHash
  readonly kept: Verdict
  readonly shown: Verdict
}

export type VerifyStep = 'rebuild' | 'server' | 'again' | 'states'

export interface VerifyProgress {
  readonly step: VerifyStep
  readonly done: number
  readonly of: number
}

interface Listener {
  readonly onReport: (report: ShardReport) => void
  readonly onProgress: (progress: VerifyProgress) => void
  readonly signal: AbortSignal
}

/**
 * Everything that can be verified of a store, step by step:
 *
 *     this log ──► rebuilt ──┬──► rebuilt again ──► the same? ──► the same as kept, as shown?
 *                            │
 *     server's log ──► chain, signatures, anchors ──► opened, event by event: the same as this log?
 *
 * A server that is away leaves what is here to be verified. Throws only what `signal` was aborted with, or a defect.
 */
export const verifyShard = async (
  workspace: WorkspaceStore,
  storeId: string,
  { onReport, onProgress, signal }: Listener,
): Promise<ShardReport> => {
  let report: ShardReport = {}
  const tell = (more: ShardReport) => {
    report = { ...report, ...more }
    onReport(report)
  }
  const { log, kept, shown } = await untilQuiet(await pool.open(storeId))
  const opening = (step: VerifyStep) => openLog(storeId, log, ({ done, of }) => onProgress({ step, done, of }), signal)
  const history = await opening('rebuild')
  try {
    tell({ overview: history.overview })
    tell(await stoppable(signal, verifyServer(workspace, storeId, history, onProgress, signal)))
    const second = await opening('again')
    const n = history.overview.head
    const again = await second.call('stateHash', { n }).finally(second.close)
    onProgress({ step: 'states', done: 0, of: 2 })
    const ofLeader = await stoppable(signal, history.call('verify', { n, state: kept }))
    onProgress({ step: 'states', done: 1, of: 2 })
    const ofTab = await stoppable(signal, history.call('verify', { n, state: shown }))
    tell({ state: { rebuilt: ofLeader.rebuilt, again, kept: ofLeader, shown: ofTab } })
    return report
  } finally {
    history.close()
  }
}

const verifyServer = async (
  workspace: WorkspaceStore,
  storeId: string,
  history: StoreHistory,
  onProgress: Listener['onProgress'],
  signal: AbortSignal,
): Promise<Pick<ShardReport, 'server' | 'logs'>> => {
  const keys = await makeKeysOf(storeId)
  let logs: LogComparison | Error = { compared: 0, erased: 0, unlike: [] }
  const compare = async ({ entries }: LogPage): Promise<LogComparison | Error> => {
    if (logs instanceof Error) return logs
    try {
      const there = []
      for await (const event of openedEvents(iterate(entries), keys, storeId)) there.push(event)
      return together(logs, await history.call('compareLogs', { there }))
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
  const readPage = readLogPage(storeId, signal)
  const note = await get('histories', storeId)
  const server = await followWholeLog(
    async (after) => {
      const page = await readPage(after)
      if (page instanceof Error) return page
      logs = await compare(page)
      onProgress({ step: 'server', done: page.entries.at(-1)?.n ?? after, of: history.overview.confirmed })
      return page
    },
    witnessOf(workspace, storeId, note),
  )
  signal.throwIfAborted()
  return server instanceof Error ? { server } : { server, logs }
}

async function* iterate<A>(items: readonly A[]) {
  yield* items
}

/** Ends with the signal: what was asked of a worker that is closed is never answered. */
const stoppable = <A>(signal: AbortSignal, work: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
