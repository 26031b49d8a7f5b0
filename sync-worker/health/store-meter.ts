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
  let held: Kept | undefined
  let keptAt = Number.NEGATIVE_INFINITY
  const underWay: Record<Call, number[]> = { push: [], pull: [] }

  const read = (): Kept => {
    held ??= kv.get<Kept>('meter') ?? { meter: newMeter, dueAt: Number.POSITIVE_INFINITY, notBefore: 0 }
    return held
  }

  const keep = (next: Kept, now: number): void => {
    held = next
    keptAt = now
    kv.put('meter', next) // one row: a row written costs money
  }

  /** Something happened: a report is due, and whoever wakes must know. */
  const note = (meter: Meter, now: number): void => {
    const before = read()
    held = { ...before, meter }
    if (!Number.isFinite(before.dueAt)) {
      const dueAt = Math.max(now + soon, before.notBefore)
      keep({ ...before, meter, dueAt }, now)
      wakeBy(dueAt)
    } else if (now - keptAt >= keepEvery) keep(held, now)
  }

  const pulse = (now: number): Pulse => ({
    storeId: storeIdOf(ctx.id.name) ?? '',
    cellId: cellIdOf(ctx.id.name),
    epoch: epochOf(ctx.id.name),
    at: now,
    bytes: ctx.storage.sql.databaseSize,
    ...count(),
    ...hourBefore(read().meter, now),
    lastError: read().meter.lastError,
  })

  return {
    pulse,
    dueAt: (): number => read().dueAt,
    /** Who is connected has changed. */
    touch: (now: number): void => note(read().meter, now),

    begins: (what: Call, now: number): void => {
      underWay[what].push(now)
      if (underWay[what].length > mostUnderWay) underWay[what].shift() // of those that fail nobody tells the end
    },

    ends: (what: Call, now: number): void => {
      const began = underWay[what].pop()
      if (began !== undefined) note(noted(read().meter, what, now - began, now), now)
    },

    failed: (error: unknown, now: number): void => {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      note(failureNoted(read().meter, what, now), now)
    },

    /** What cannot be told is told with the next report. */
    run: async (now: number): Promise<void> => {
      held = { ...read(), dueAt: Number.POSITIVE_INFINITY, notBefore: now + 60_000 }
      const every = isHere() ? await report(env, pulse(now)).catch(() => 60_000) : 60_000
      keep({ ...read(), notBefore: now + every }, now)
    },
  }
}

interface Kept {
  readonly meter: Meter
  /** When the next report is due; infinite as long as nothing happens. */
  readonly dueAt: number
  readonly notBefore: number
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
