import { type LiveStoreSchema, SqliteAst } from '@livestore/livestore'
import { withLateIndexes } from './late-indexes.ts'
import {
  anyPending,
  eventHashes,
  eventlogTables,
  forgetHeads,
  inOrder,
  insertEvent,
  insertEventHash,
  insertStateHead,
  insertSyncStatus,
  insertTableHash,
  liveStorePageBytes,
  stateSystemTables,
  syncMetadata,
  unknownEventHash,
} from './livestore-format.ts'
import { type EventNotReplayed, type LogEvent, openReplay } from './replay.ts'
import type { OpenDatabase, ReplayDatabase } from './replay-database.ts'
import { createTable } from './state-tables.ts'

/**
 * LiveStore's two databases of a store, made of its log before LiveStore opens it:
 *
 *     events the server confirmed ──┬──► eventlog   every event, the head, which server
 *                                   └──► replay ──► state      the tables, what they are, how far they know the log
 *
 * 1. Every row is the one that LiveStore writes when it takes the same log by itself (`livestore-format.ts` says which
 *    LiveStore); only changesets are left out, which undo what is not confirmed.
 * 2. Each database is written in one transaction: there is all of it or nothing.
 */
export interface ConfirmedEvent extends LogEvent {
  readonly parentSeqNum: number
  readonly clientId: string
  readonly sessionId: string
  readonly receivedAt: number
}

export interface Images {
  readonly eventlog: Uint8Array
  readonly state: Uint8Array
}

interface Making {
  readonly schema: LiveStoreSchema
  readonly openDatabase: OpenDatabase
  /** When the tables are said to have been made. */
  readonly now: Date
}

export interface Hydration {
  /** In the order of the log, from its first event. Nothing more is taken after one that cannot be replayed. */
  readonly add: (events: readonly ConfirmedEvent[]) => EventNotReplayed | undefined
  /** The databases. `backendId`: LiveStore's id of the server's log. */
  readonly finish: (backendId: string) => Images
  readonly close: () => void
}

/** `from`: what a hydration with the same schema gave up to an event, to go on after it. */
export const openHydration = (making: Making, from?: Images & { readonly head: number }): Hydration => {
  const hashes = eventHashes(making.schema)
  const eventlog = from === undefined ? newEventlog(making.openDatabase) : making.openDatabase(from.eventlog)
  eventlog.run('begin')
  const state = openState(making, hashes, from?.state)
  const metadataOf = whileTheSame(syncMetadata)
  let head = from?.head ?? 0
  return {
    add: (events) => {
      for (const event of events) {
        const { seqNum, parentSeqNum, name, args, clientId, sessionId, receivedAt } = event
        const failure = state.apply(event)
        if (failure !== undefined) return failure
        eventlog.run(insertEvent, [
          seqNum,
          parentSeqNum,
          name,
          JSON.stringify(args ?? {}),
          clientId,
          sessionId,
          hashes.get(name) ?? unknownEventHash,
          metadataOf(receivedAt),
        ])
        head = seqNum
      }
      return undefined
    },
    finish: (backendId) => {
      eventlog.run(forgetHeads.eventlog)
      eventlog.run(insertSyncStatus, [head, backendId])
      eventlog.run('commit')
      return { eventlog: eventlog.serialize(), state: state.finish([head, 0, 0]) }
    },
    close: () => {
      eventlog.close()
      state.close()
    },
  }
}

/** What is pushed together has one time. */
const whileTheSame = <A, B>(of: (value: A) => B) => {
  let last: { readonly value: A; readonly made: B } | undefined
  return (value: A): B => {
    if (last?.value !== value) last = { value, made: of(value) }
    return last.made
  }
}

/**
 * The state of a log that is here, as LiveStore would make it anew. Undefined when the log holds what is not confirmed:
 * that may have to be undone, and only LiveStore knows how.
 */
export const stateOfLog = (
  making: Making,
  eventlog: Uint8Array,
  onProgress: (done: number, of: number) => void = () => undefined,
): Uint8Array | EventNotReplayed | undefined => {
  const log = making.openDatabase(eventlog)
  const state = openState(making)
  try {
    if (log.all(anyPending).length > 0) return undefined
    let last: StateHead = [0, 0, 0]
    const events = Number(log.all('select count(*) as events from eventlog')[0]?.events)
    let done = 0
    for (const { seqNum, client, generation, name, argsJson } of log.rows(inOrder)) {
      if (done % 1000 === 0) onProgress(done, events)
      const failure = state.apply({ seqNum: Number(seqNum), name: String(name), args: JSON.parse(String(argsJson)) })
      if (failure !== undefined) return failure
      last = [Number(seqNum), Number(client), Number(generation)]
      done++
    }
    return state.finish(last)
  } finally {
    log.close()
    state.close()
  }
}

/** The last event that a state knows: its number, that among the events of this device alone, how often it was rebased. */
type StateHead = readonly [global: number, client: number, rebaseGeneration: number]

const openState = (making: Making, hashes = eventHashes(making.schema), from?: Uint8Array) => {
  const { schema, openDatabase } = making
  const db = from === undefined ? newDatabase(openDatabase) : openDatabase(from)
  const tables = from === undefined ? newTables(making, db) : undefined
  db.run('begin')
  if (tables !== undefined) writeSchema(making, db, hashes)
  const { apply } = openReplay(schema, tables?.db ?? db)
  return {
    apply,
    finish: (head: StateHead): Uint8Array => {
      db.run(forgetHeads.state)
      if (head[0] > 0) db.run(insertStateHead, head)
      tables?.finish()
      db.run('commit')
      return db.serialize()
    },
    close: () => {
      tables?.close()
      db.close()
    },
  }
}

const newEventlog = (openDatabase: OpenDatabase): ReplayDatabase => {
  const db = newDatabase(openDatabase)
  for (const table of eventlogTables) createTable(table, db)
  return db
}

const newTables = ({ schema, openDatabase }: Making, db: ReplayDatabase) => {
  for (const table of stateSystemTables) createTable(table, db)
  return withLateIndexes(schema, openDatabase, db)
}

const newDatabase = (openDatabase: OpenDatabase): ReplayDatabase => {
  const db = openDatabase()
  db.run(`pragma page_size = ${liveStorePageBytes}`)
  return db
}

const writeSchema = ({ schema, now }: Making, db: ReplayDatabase, hashes: ReadonlyMap<string, number>) => {
  const updatedAt = now.toISOString()
  for (const { sqliteDef } of schema.state.sqlite.tables.values())
    db.run(insertTableHash, [sqliteDef.ast.name, SqliteAst.hash(sqliteDef.ast), updatedAt])
  for (const [name, hash] of hashes) db.run(insertEventHash, [name, hash, updatedAt])
}
