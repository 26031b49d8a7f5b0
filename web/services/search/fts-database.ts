import type { Database, PreparedStatement } from '@sqlite.org/sqlite-wasm'
import type { SearchDatabase } from '#schema/stores/search-index.ts'

/** The SQLite with FTS5 as search uses it; statements are prepared once, and let go of at `close`. */
export const ftsDatabase = (db: Database): SearchDatabase & { readonly close: () => void } => {
  const prepared = new Map<string, PreparedStatement>()
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
    close: () => {
      for (const statement of prepared.values()) statement.finalize()
      db.close()
    },
  }
}
