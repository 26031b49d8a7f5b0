import type { LiveStoreSchema } from '@livestore/livestore'
import { countUpTo } from '#schema/shared/rising.ts'
import { makeCheckpoints } from './checkpoints.ts'
import { timesOf } from './event-times.ts'
import { type EventNotReplayed, type LogEvent, type Materializers, openReplay } from './replay.ts'
import type { OpenDatabase, ReplayDatabase } from './replay-database.ts'
import { createTables, hashesOf } from './state-tables.ts'

export interface HistoryOptions {
  readonly schema: LiveStoreSchema
  /** In their order. The numbers rise; they need not be without gaps. */
  readonly events: readonly LogEvent[]
  readonly openDatabase: OpenDatabase
  /** Materializers that take the place of the schema's: another policy, another revision. */
  readonly instead?: Materializers
  /** Events between two checkpoints, fewer where events bring many rows. Any state is at most so many events away. */
  readonly every?: number
  /** Bytes of memory for checkpoints. When they are not enough, states are further apart. */
  readonly budget?: number
}

/** A log and every state it ever made. */
export interface History {
  readonly events: readonly LogEvent[]
  /** When each of them happened; see `event-times.ts`. */
  readonly times: readonly number[]
  /** The number of the last event that was replayed. */
  readonly head: number
  /** The event at which the replay ended, if it did not reach the last. */
  readonly failure: EventNotReplayed | undefined
  /** How many events of each name were skipped because this version does not know them. */
  readonly skipped: ReadonlyMap<string, number>
  /** The number of the last event that had happened at this time; 0 when none had. */
  readonly numberAt: (time: number) => number
  /** The state after event `n`: 0 is before the first, and beyond the head there is nothing more. Close it. */
  readonly stateAt: (n: number) => PastState
  readonly checkpoints: { readonly count: number; readonly bytes: number }
}

export interface PastState {
  readonly db: ReplayDatabase
  /** Brings it to a later event, the nearest way. */
  readonly moveTo: (n: number) => PastState
  readonly hashes: () => ReturnType<typeof hashesOf>
  readonly close: () => void
}

/** 2000 events take about a tenth of a second, and so does opening 60 MB: together what a slider may wait for. */
const defaultEvery = 2000
const rowsAnEvent = 8
const defaultBudget = 400_000_000

/** The first pass over a log: yields how many events it has replayed, and returns the history. */
export function* historySteps(options: HistoryOptions): Generator<number, History> {
  const { schema, events, openDatabase, instead, every = defaultEvery, budget = defaultBudget } = options
  const checkpoints = makeCheckpoints(budget)
  const db = openDatabase()
  createTables(schema, db)
  checkpoints.add(0, db.serialize())
  const replay = openReplay(schema, db, instead)
  let [failure, head, done, changes]: [EventNotReplayed | undefined, number, number, number] = [undefined, 0, 0, 0]
  db.run('begin')
  for (const [index, event] of events.entries()) {
    failure = replay.apply(event)
    if (failure !== undefined) break
    head = event.seqNum
    if (index + 1 - done < every && db.changes() - changes < every * rowsAnEvent) continue
    db.run('commit')
    checkpoints.add(head, db.serialize())
    db.run('begin')
    done = index + 1
    changes = db.changes()
    yield done
  }
  db.close()

  const numbers = events.map(({ seqNum }) => seqNum)
  const times = timesOf(schema, events)
  const stateAt = (n: number): PastState => {
    const wanted = Math.min(n, head)
    const checkpoint = checkpoints.before(wanted)
    if (checkpoint === undefined) throw new Error(`There is no state before event ${n}.`)
    return pastState(openDatabase(checkpoint.pages), checkpoint.at, wanted)
  }
  const pastState = (past: ReplayDatabase, from: number, to: number): PastState => {
    const { apply } = openReplay(schema, past, instead)
    past.run('begin')
    for (let index = countUpTo(numbers, from); index < events.length; index++) {
      const event = events[index]
      if (event === undefined || event.seqNum > to) break
      const failed = apply(event)
      if (failed !== undefined) throw failed // it could be applied before
    }
    past.run('commit')
    return {
      db: past,
      moveTo: (n) => {
        const wanted = Math.min(n, head)
        if (wanted >= to && checkpoints.nearest(wanted) <= to) return pastState(past, to, wanted)
        past.close()
        return stateAt(wanted)
      },
      hashes: () => hashesOf(schema, past.all),
      close: past.close,
    }
  }
  return {
    events,
    times,
    head,
    failure,
    skipped: replay.skipped,
    numberAt: (time) => Math.min(numbers[countUpTo(times, time) - 1] ?? 0, head),
    stateAt,
    checkpoints: checkpoints.size(),
  }
}

/** The same in one go. */
export const openHistory = (options: HistoryOptions): History => {
  const steps = historySteps(options)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
