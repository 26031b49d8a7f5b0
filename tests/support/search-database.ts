import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { ftsDatabase } from '#web/services/search/fts-database.ts'

const sqlite = await sqlite3InitModule()

/** The SQLite with FTS5 that search brings, in memory. */
export const openSearchDatabase = () => {
  const db = new sqlite.oo1.DB(':memory:')
  return { ...ftsDatabase(db), bytes: () => sqlite.capi.sqlite3_js_db_export(db) }
}
