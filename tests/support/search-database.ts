import sqlite3InitModule, { type Database } from '@sqlite.org/sqlite-wasm'
import type { SearchDatabase } from '#schema/stores/search-index.ts'

const sqlite = await sqlite3InitModule()

/** The SQLite with FTS5 that search brings, in memory; statements are prepared once. */
export const openSearchDatabase = (): SearchDatabase & {
  readonly bytes: () => Uint8Array
  readonly close: () => void
} => {
  const db: Database = new sqlite.oo1.DB(':memory:')
  const prepared = new Map<string, ReturnType<Database['prepare']>>()
  const statementOf = (sql: string) => {
    const statement = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  return {
    run: (sql, binds = []) => {
      if (sql.includes(';')) return void db.exec(sql)
      const statement = statementOf(sql)
      try {
        if (statement.parameterCount > 0) statement.bind(binds as never) // a list, or by names
        statement.step()
      } finally {
        statement.reset(true)
      }
    },
    all: (sql, binds = []) => {
      const statement = statementOf(sql)
      try {
        if (statement.parameterCount > 0) statement.bind(binds as never) // a list, or by names
        const rows: Record<string, unknown>[] = []
        while (statement.step()) rows.push(statement.get({}))
        return rows
      } finally {
        statement.reset(true)
      }
    },
    bytes: () => sqlite.capi.sqlite3_js_db_export(db),
    close: () => {
      for (const statement of prepared.values()) statement.finalize()
      db.close()
    },
  }
}
