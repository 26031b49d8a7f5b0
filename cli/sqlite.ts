import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { wasmDatabases } from '#schema/stores/wasm-database.ts'

/** Databases in memory, of the SQLite that LiveStore ships: no native addon is needed. */
export const openSqlite = async () => wasmDatabases(await loadSqlite3Wasm(), new TextEncoder())
