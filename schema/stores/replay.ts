import { getResultSchema, isQueryBuilder } from '@livestore/common'
import { type LiveStoreSchema, Schema, type State } from '@livestore/livestore'
import { Data } from 'effect'
import { decoderOf } from '#schema/shared/quick-schema.ts'
import type { Binds, Statements } from './replay-database.ts'

/**
 * The product's own materializers over a plain SQLite database: what LiveStore makes of a log, without LiveStore.
 *
 *     event ──► its definition decodes the arguments ──► its materializer ──► statements, kept prepared ──► rows
 *
 * 1. The rows are those that LiveStore makes of the same events in the same order, table by table.
 * 2. An event without a definition or a materializer changes nothing, and is counted.
 * 3. An event that cannot be applied is named. The database is then half made: what came before it is replayed anew.
 */
export interface LogEvent {
  /** Its place in the log; the first is 1. */
  readonly seqNum: number
  readonly name: string
  /** Encoded, as it stands in the log. */
  readonly args: unknown
  /** When the server took it, if it did, in milliseconds since 1970. */
  readonly receivedAt?: number
}

/** Which materializer makes what of an event; one that is given here takes the place of the schema's own. */
export type Materializers = Readonly<Record<string, State.SQLite.Materializer>>

export interface Replay {
  /** Undefined when it was applied or skipped. */
  readonly apply: (event: LogEvent) => EventNotReplayed | undefined
  /** How many events of each name were skipped. */
  readonly skipped: ReadonlyMap<string, number>
}

/** Over a database that has the tables of the schema. `apply` brings event after event. */
export const openReplay = (schema: LiveStoreSchema, db: Statements, instead: Materializers = {}): Replay => {
  const skipped = new Map<string, number>()
  const query = readerOf(db)
  const appliers = new Map<string, ((event: LogEvent) => void) | undefined>()
  const applierOf = (name: string) => {
    const definition = schema.eventsDefsMap.get(name)
    const materializer = Object.hasOwn(instead, name) ? instead[name] : schema.state.materializers.get(name)
    if (definition === undefined || materializer === undefined) return undefined
    const decode = decoderFor(definition.schema)
    let now: { readonly event: LogEvent; readonly args: unknown } | undefined
    const context = {
      query,
      eventDef: definition,
      currentFacts: noFacts,
      // Few materializers ask for it.
      get event() {
        return { ...now?.event, args: now?.args }
      },
    }
    return (event: LogEvent) => {
      const args = decode(event.args)
      now = { event, args }
      // LiveStore's type of an event names its parents too, which no materializer of ours asks for.
      runAll(db, materializer(args, context as unknown as Parameters<typeof materializer>[1]))
    }
  }
  return {
    skipped,
    apply: (event) => {
      if (!appliers.has(event.name)) appliers.set(event.name, applierOf(event.name))
      const applier = appliers.get(event.name)
      if (applier === undefined) {
        skipped.set(event.name, (skipped.get(event.name) ?? 0) + 1)
        return undefined
      }
      try {
        applier(event)
        return undefined
      } catch (error) {
        return new EventNotReplayed({ seqNum: event.seqNum, eventName: event.name, reason: reasonOf(error) })
      }
    },
  }
}

/** A rule of the log is broken: its arguments do not decode, or its materializer asks SQLite for what it refuses. */
export class EventNotReplayed extends Data.TaggedError('EventNotReplayed')<{
  readonly seqNum: number
  readonly eventName: string
  readonly reason: string
}> {
  override get message() {
    return `Event ${this.seqNum} (${this.eventName}) cannot be replayed: ${this.reason}`
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** Each is made once: many replays are opened, one for every state that is looked at. */
const decoderFor = (schema: Schema.Schema.AnyNoContext) => {
  const known = decoders.get(schema) ?? decoderOf<unknown, unknown>(schema)
  decoders.set(schema, known)
  return known
}

const decoders = new WeakMap<object, (value: unknown) => unknown>()

const noFacts: ReadonlyMap<string, unknown> = new Map()

type Made = ReturnType<State.SQLite.Materializer>

const runAll = (db: Statements, made: Made) => {
  if (Array.isArray(made)) for (const one of made) runAll(db, one)
  else if (isQueryBuilder(made)) {
    const { query, bindValues } = made.asSql()
    db.run(query, bindValues)
  } else if (typeof made === 'string') db.run(made)
  // Whoever writes a statement binds what SQLite takes.
  else db.run((made as Statement).sql, (made as Statement).bindValues)
}

interface Statement {
  readonly sql: string
  readonly bindValues: Binds
}

/** What a materializer may ask of the state so far. */
const readerOf = (db: Statements) => (asked: unknown) => {
  if (!isQueryBuilder(asked)) {
    const { query, bindValues } = asked as { readonly query: string; readonly bindValues: Binds } // the other thing that may be asked
    return db.all(query, bindValues)
  }
  const { query, bindValues } = asked.asSql()
  return Schema.decodeUnknownSync(getResultSchema(asked) as Schema.Schema<unknown>)(db.all(query, bindValues)) // of its own columns
}
