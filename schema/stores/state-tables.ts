import { type LiveStoreSchema, State } from '@livestore/livestore'
import type { ReplayDatabase } from './replay-database.ts'
import { type Row, tableHashes } from './state-hash.ts'

export interface StateTable {
  readonly name: string
  readonly columns: readonly string[]
  readonly primaryKey: readonly string[]
}

/** The tables that hold a store's state: without LiveStore's own, and without the one that only bears a number. */
export const stateTablesOf = (schema: LiveStoreSchema): readonly StateTable[] =>
  definitionsOf(schema)
    .filter(({ name }) => !name.startsWith('state_revision_'))
    .map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => column.name),
      primaryKey: columns.filter(({ primaryKey }) => primaryKey).map((column) => column.name),
    }))

/** All tables and indexes of a schema, as LiveStore makes them; without its own. */
export const createTables = (schema: LiveStoreSchema, db: ReplayDatabase) => {
  for (const table of definitionsOf(schema)) createTable(table, db)
}

export const createTable = (table: Definition, db: ReplayDatabase) => {
  db.run(`create table if not exists "${table.name}" (${State.SQLite.makeColumnSpec(table)}) strict`)
  for (const { sql } of indexesOf(table)) db.run(sql)
}

export const indexesOf = (table: Definition) =>
  table.indexes.map(({ name, columns, unique }) => {
    const kind = unique === true ? 'unique index' : 'index'
    const sql = `create ${kind} if not exists "${name}" on "${table.name}" (${columns.map(quoted).join(', ')})`
    return { name, isUnique: unique === true, sql }
  })

/** What of a state differs, differs in the hash of its table. */
export const hashesOf = (schema: LiveStoreSchema, select: (sql: string) => readonly Row[]) =>
  tableHashes(
    stateTablesOf(schema).map(({ name }) => name),
    select,
  )

export const quoted = (name: string): string => `"${name}"`

type Definition = Parameters<typeof State.SQLite.makeColumnSpec>[0]

export const definitionsOf = (schema: LiveStoreSchema): readonly Definition[] =>
  [...schema.state.sqlite.tables.values()]
    .map(({ sqliteDef }) => sqliteDef.ast)
    .filter(({ name }) => !name.startsWith('__livestore'))
