import { migrateDb, type SqliteDb } from '@livestore/common'
import { Eventlog, makeMaterializeEvent, recreateDb } from '@livestore/common/leader-thread'
import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect, Queue, Schema } from '@livestore/utils/effect'
import { historySteps } from '#schema/stores/history.ts'
import { withLateIndexes } from '#schema/stores/late-indexes.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { type LogEvent, openReplay } from '#schema/stores/replay.ts'
import type { SqlValue } from '#schema/stores/replay-database.ts'
import { createTables, stateTablesOf } from '#schema/stores/state-tables.ts'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'

// The same in Node and in a worker of a page.

export const openReplays = async () => {
  const sqlite3 = await loadSqlite3Wasm()
  const openDatabase = wasmDatabases(sqlite3, new TextEncoder())

  /** A log replayed in one go, as the command line does. Gives the rows it made, by table. */
  const replayed = (log: readonly LogEvent[]) => {
    const db = openDatabase()
    const tables = withLateIndexes(personaSchema, openDatabase, db)
    const replay = openReplay(personaSchema, tables.db)
    db.run('begin')
    for (const event of log) {
      const failure = replay.apply(event)
      if (failure !== undefined) throw failure
    }
    tables.finish()
    db.run('commit')
    tables.close()
    return db
  }

  const rowsOf = (log: readonly LogEvent[]) => {
    const db = replayed(log)
    const tables = stateTablesOf(personaSchema).map(({ name, columns }) => ({
      insert: `insert into ${name} values (${columns.map(() => '?').join(', ')})`,
      rows: db.all(`select * from ${name}`).map((row) => columns.map((column) => row[column] as SqlValue)), // as SQLite gave it
    }))
    db.close()
    return tables
  }

  /** The rows that a log leaves, by prepared inserts in one transaction: no events, no materializers. */
  const inserted = (tables: ReturnType<typeof rowsOf>) => {
    const db = openDatabase()
    createTables(personaSchema, db)
    db.run('begin')
    for (const { insert, rows } of tables) for (const row of rows) db.run(insert, row)
    db.run('commit')
    return db
  }

  const memory = () => Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: 'in-memory' }))

  /** LiveStore's eventlog database with this log in it. */
  const eventlogOf = async (log: readonly LogEvent[]): Promise<SqliteDb> => {
    const db = await memory()
    await Effect.runPromise(Eventlog.initEventlogDb(db) as Effect.Effect<void>) // needs nothing that is not here
    const insert = db.prepare(
      `insert into eventlog values (?, 0, 0, ?, 0, 0, ?, ?, 'laptop', 'tab', ?, '{"_tag":"None"}')`,
    )
    const hashes = new Map([...personaSchema.eventsDefsMap].map(([name, { schema }]) => [name, Schema.hash(schema)]))
    for (const { seqNum, name, args } of log)
      insert.execute([seqNum, seqNum - 1, name, JSON.stringify(args), hashes.get(name) ?? 0] as unknown as Parameters<
        typeof insert.execute
      >[0]) // branded
    return db
  }

  /** What LiveStore does when a state is to be made anew from its log. */
  const rebuilt = async (dbEventlog: SqliteDb): Promise<SqliteDb> => {
    const dbState = await memory()
    const rebuild = Effect.gen(function* () {
      yield* migrateDb({ db: dbState, schema: personaSchema })
      const materializeEvent = yield* makeMaterializeEvent({ schema: personaSchema, dbState, dbEventlog })
      const bootStatusQueue = yield* Queue.unbounded<never>()
      yield* recreateDb({
        dbState,
        dbEventlog,
        schema: personaSchema,
        bootStatusQueue: bootStatusQueue as never,
        materializeEvent,
      }) // nobody listens
    })
    await Effect.runPromise(rebuild.pipe(Effect.scoped) as Effect.Effect<void>)
    return dbState
  }

  const historyOf = (events: readonly LogEvent[]) => {
    const steps = historySteps({ schema: personaSchema, events, openDatabase })
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }

  return { openDatabase, replayed, rowsOf, inserted, eventlogOf, rebuilt, historyOf }
}
