import type { LiveStoreSchema } from '@livestore/livestore'
import type { OpenDatabase, ReplayDatabase, Statements } from './replay-database.ts'
import { createTables, definitionsOf, indexesOf } from './state-tables.ts'

interface LateIndexes {
  /** What the log is replayed into. */
  readonly db: Statements
  /** After the last event. */
  readonly finish: () => void
  readonly close: () => void
}

/**
 * The tables of a schema in a new database that takes a whole log. Rows come in any order, and to keep an index all the
 * while costs several times what it costs to sort it once. So when a log turns out to be long:
 *
 *     no statement so far was helped by it ──► the index is dropped
 *     a new statement ──► how would SQLite run it where all indexes are? ──► what it names is made again
 *     after the last event ──► all others are made again
 *
 * Every statement runs as it would with all of them, and finds what it would find in the same order.
 */
export const withLateIndexes = (
  schema: LiveStoreSchema,
  openDatabase: OpenDatabase,
  db: ReplayDatabase,
  /** Statements: fewer are over before it pays. */
  longFrom = 10_000,
): LateIndexes => {
  createTables(schema, db)
  const seen = new Set<string>()
  const missing = new Map<string | undefined, string>()
  let [count, planned]: [number, ReplayDatabase | undefined] = [0, undefined]
  const drop = () => {
    const asked = new Set([...seen].flatMap((sql) => askedBy(db, sql)))
    for (const { name, isUnique, sql } of definitionsOf(schema).flatMap(indexesOf)) {
      // A unique one refuses rows.
      if (isUnique || name === undefined || asked.has(name)) continue
      db.run(`drop index "${name}"`)
      missing.set(name, sql)
    }
  }
  const create = (name: string | undefined) => {
    const sql = missing.get(name)
    if (sql === undefined) return
    missing.delete(name)
    db.run(sql)
  }
  const prepare = (sql: string) => {
    if (++count === longFrom) drop()
    if (seen.has(sql)) return
    seen.add(sql)
    if (missing.size === 0) return
    if (planned === undefined) {
      planned = openDatabase()
      createTables(schema, planned)
    }
    askedBy(planned, sql).forEach(create)
  }
  return {
    db: {
      run: (sql, binds) => {
        prepare(sql)
        db.run(sql, binds)
      },
      all: (sql, binds) => {
        prepare(sql)
        return db.all(sql, binds)
      },
    },
    finish: () => {
      for (const name of missing.keys()) create(name)
    },
    close: () => planned?.close(),
  }
}

/** The indexes by which SQLite would find what a statement reads. */
const askedBy = (db: ReplayDatabase, sql: string): readonly (string | undefined)[] =>
  db
    .all(`explain query plan ${sql}`)
    .flatMap(({ detail }) => [...String(detail).matchAll(/ INDEX (\S+)/g)].map(([, name]) => name))
