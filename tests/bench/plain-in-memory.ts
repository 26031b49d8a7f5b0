import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect } from '@livestore/utils/effect'
import { makePlainStore } from './plain-store.ts'

/** In Node and in a page alike. `ddl` makes the tables; see `ddlOf`. */
export const openPlainInMemory = async (ddl: readonly string[]) => {
  const sqlite3 = await loadSqlite3Wasm()
  const db = await Effect.runPromise(sqliteDbFactory({ sqlite3 })({ _tag: 'in-memory' }))
  db.execute('pragma journal_mode = memory')
  const store = makePlainStore(db)
  store.createTables(ddl)
  return { ...store, bytes: () => db.export().byteLength, close: () => db.close() }
}
