import { Data } from 'effect'
import type { LogQuery } from '#schema/stores/log-search.ts'
import { pool } from '#web/livestore/stores.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import { logOf } from './history.ts'
import HistoryWorker from './history.worker.ts?worker'
import type { HistoryCalls, ReplayProgress } from './history-protocol.ts'
import type { FoundEvents, LogFileAsked, LogOverview, LogRow, WholeEvent } from './log-protocol.ts'

/** The log of a persona as it was when it was opened, in a worker of its own, to be read and searched. */
export interface LogReader {
  readonly overview: LogOverview
  /** Null when another search took its place. A reader whose search is too slow is closed with it. */
  readonly search: (
    query: LogQuery,
    onProgress: (progress: ReplayProgress) => void,
  ) => Promise<FoundEvents | null | PatternTooSlow>
  readonly rows: (of: readonly (readonly number[])[]) => Promise<readonly LogRow[]>
  readonly event: (number: number) => Promise<WholeEvent | null>
  /** Of what was found last. */
  readonly file: (asked: LogFileAsked) => Promise<Uint8Array<ArrayBuffer>>
  readonly close: () => void
}

export class PatternTooSlow extends Data.TaggedError('PatternTooSlow') {
  override get message() {
    return 'This expression takes too long on one of the events, so the search was stopped. Nothing else is affected. Expressions with a repetition inside a repetition, like (a+)+, do that: write it simpler.'
  }
}

export const openLogReader = async (storeId: string): Promise<LogReader> => {
  const log = await logOf(await pool.open(storeId))
  let onNews = (_: ReplayProgress) => {}
  const { call, end } = callsTo<HistoryCalls, ReplayProgress>(
    new HistoryWorker(),
    'The part of the page that reads logs could not be loaded.',
    (progress) => onNews(progress),
  )
  const overview = await call('openLog', { log }).catch((error: unknown) => {
    end()
    throw error
  })
  const watched = watchedSearches(end)
  return {
    overview,
    search: (query, onProgress) => {
      onNews = (progress) => {
        watched.heard()
        onProgress(progress)
      }
      return watched.search(call('searchLog', query))
    },
    rows: (of) => call('logRows', { of }),
    event: (number) => call('logEvent', { number }),
    file: (asked) => call('logFile', asked),
    close: end,
  }
}

/**
 * A search says ten times a second how far it is, between two events. One that has begun and falls silent is stuck in an
 * expression, on one event: only the end of its worker ends it, and what waits behind it.
 */
const watchedSearches = (end: () => void) => {
  const waiting = new Set<(answer: null | PatternTooSlow) => void>()
  let silentTicks = 0
  let clock: ReturnType<typeof setInterval> | undefined
  const heard = () => {
    silentTicks = 0
    clock ??= setInterval(tick, 500)
  }
  const stop = () => {
    clearInterval(clock)
    clock = undefined
  }
  // Counted in ticks: a page that was busy or asleep itself hears its worker before the next one.
  const tick = () => {
    silentTicks++
    if (silentTicks < patience) return
    stop()
    end()
    const [stuck, ...others] = waiting
    waiting.clear()
    stuck?.(new PatternTooSlow())
    for (const other of others) other(null)
  }
  const search = (asked: Promise<FoundEvents | null>) =>
    new Promise<FoundEvents | null | PatternTooSlow>((resolve, reject) => {
      waiting.add(resolve)
      asked.then(resolve, reject).finally(() => {
        waiting.delete(resolve)
        silentTicks = 0
        if (waiting.size === 0) stop()
      })
    })
  return { heard, search }
}

/** Ticks of half a second. */
const patience = 4
