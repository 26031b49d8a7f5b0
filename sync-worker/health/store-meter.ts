import { failureNoted, hourBefore, type Meter, newMeter, noted } from '#schema/health/meter.ts'
import type { Env } from '#sync-worker/env.ts'
import { cellIdOf, epochOf, storeIdOf } from '#sync-worker/placement.ts'
import type { Pulse } from './pulse.ts'
import { report } from './report.ts'

/**
 * What one object counts of itself. A call costs an addition in memory; ten seconds apart, what was counted is kept with
 * the rest of a push, so that sleep takes no more than that; and once in an interval, if anything happened, D1 is told.
 *
 *     call ──► memory ──(10 s)──► this object's storage ──(1 min, by the alarm)──► D1
 */
export const makeStoreMeter = (ctx: DurableObjectState, env: Env, { count, isHere, wakeBy }: Parts) => {
  const { kv } = ctx.storage
  let meter: Meter | undefined
  let dueAt: number | undefined
  let keptAt = Number.NEGATIVE_INFINITY
  const underWay: Record<Call, number[]> = { push: [], pull: [] }

  const read = (): Meter => {
    meter ??= kv.get<Meter>('meter') ?? newMeter
    return meter
  }

  /** Written down too, for whoever wakes. */
  const readDueAt = (): number => {
    dueAt ??= kv.get<number>('reportDueAt') ?? Number.POSITIVE_INFINITY
    return dueAt
  }

  /** Something happened: a report is due. */
  const touch = (now: number): void => {
    if (Number.isFinite(readDueAt())) return
    dueAt = Math.max(now + soon, kv.get<number>('reportNotBefore') ?? 0)
    kv.put('reportDueAt', dueAt)
    wakeBy(dueAt)
  }

  const change = (next: Meter, now: number): void => {
    meter = next
    touch(now)
    if (now - keptAt < keepEvery) return
    kv.put('meter', next)
    keptAt = now
  }

  const pulse = (now: number): Pulse => ({
    storeId: storeIdOf(ctx.id.name) ?? '',
    cellId: cellIdOf(ctx.id.name),
    epoch: epochOf(ctx.id.name),
    at: now,
    bytes: ctx.storage.sql.databaseSize,
    ...count(),
    ...hourBefore(read(), now),
    lastError: read().lastError,
  })

  return {
    touch,
    pulse,
    dueAt: readDueAt,

    begins: (what: Call, now: number): void => {
      underWay[what].push(now)
      if (underWay[what].length > mostUnderWay) underWay[what].shift() // of those that fail nobody tells the end
    },

    ends: (what: Call, now: number): void => {
      const began = underWay[what].pop()
      if (began !== undefined) change(noted(read(), what, now - began, now), now)
    },

    failed: (error: unknown, now: number): void =>
      change(
        failureNoted(read(), error instanceof Error ? `${error.name}: ${error.message}` : String(error), now),
        now,
      ),

    /** What cannot be told is told with the next report. */
    run: async (now: number): Promise<void> => {
      dueAt = Number.POSITIVE_INFINITY
      kv.delete('reportDueAt')
      if (!isHere()) return
      kv.put('meter', read())
      kv.put('reportNotBefore', now + (await report(env, pulse(now)).catch(() => 60_000)))
    },
  }
}

interface Parts {
  readonly count: () => { readonly records: number; readonly connections: number }
  /** Whether this object is the owner of the log. */
  readonly isHere: () => boolean
  readonly wakeBy: (at: number) => void
}

type Call = 'push' | 'pull'

/** An object that nobody asks sleeps after so long, and forgets what is in memory. */
const keepEvery = 10_000
/** Long enough for what follows a first call, shorter than it takes to fall asleep. */
const soon = 5000
const mostUnderWay = 100
