import { freeOnClose, hasRow, readOnly, type SqliteMemory } from '#schema/stores/sqlite-memory.ts'

/**
 * A SQLite database in memory that can only be read.
 *
 * 1. The file is opened as read-only memory: whatever is asked, SQLite writes nothing to it.
 * 2. A statement that SQLite itself says would write, be it to a table of its own, is refused before it runs.
 * 3. One statement is run at a time, and row by row: what nobody asks for is not computed.
 */
export interface ReadOnlyDatabase {
  /** Throws what SQLite says, or `WritesNothing`. */
  readonly ask: (sql: string, values?: readonly Value[]) => Answer
  readonly all: (sql: string, values?: readonly Value[]) => readonly (readonly Value[])[]
  readonly close: () => void
}

export type Value = string | number | bigint | Uint8Array | null

/** Ends by itself after its last row; `end` when no more of it is wanted. */
export interface Answer {
  readonly columns: readonly string[]
  /** The next rows, at most so many; fewer when there are no more. */
  readonly next: (limit: number) => readonly (readonly Value[])[]
  readonly end: () => void
}

export class WritesNothing extends Error {
  override readonly message =
    'This would write, and a store is changed by its log alone. Nothing was changed. Ask with SELECT, WITH, EXPLAIN or PRAGMA table_info(…).'
}

export class OneAtATime extends Error {
  override readonly message = 'These are several statements. None was run. Ask one at a time.'
}

/** `sqlite` is what `loadSqlite3Wasm` gives. */
export const openReadOnly = (sqlite: object, file: Uint8Array): ReadOnlyDatabase => {
  // LiveStore's types say neither that the module hangs there nor what it offers.
  const { module, ...api } = sqlite as SqliteApi & { readonly module: SqliteModule }
  const db = api.open_v2Sync(':memory:')
  load(module, db, file)
  const ask = (sql: string, values: readonly Value[] = []): Answer => {
    const statements = api.statements(db, sql, { unscoped: true })
    const [statement] = statements
    const refusal = refusalOf(statements, module)
    if (statement === undefined || refusal !== undefined) {
      for (const one of statements) api.finalize(one)
      if (refusal !== undefined) throw refusal
      return { columns: [], next: () => [], end: () => undefined }
    }
    let isEnded = false
    const end = () => {
      if (!isEnded) api.finalize(statement)
      isEnded = true
    }
    const isAtRow = () => {
      if (!isEnded && api.step(statement) === hasRow) return true
      end()
      return false
    }
    for (const [index, value] of values.entries()) api.bind(statement, index + 1, value)
    const next = (limit: number) => {
      const rows: (readonly Value[])[] = []
      try {
        while (rows.length < limit && isAtRow()) rows.push(api.row(statement))
      } catch (error) {
        end()
        throw error
      }
      return rows
    }
    return { columns: api.column_names(statement), next, end }
  }
  return {
    ask,
    all: (sql, values) => ask(sql, values).next(Number.POSITIVE_INFINITY),
    close: () => void api.close(db),
  }
}

const refusalOf = (statements: readonly number[], module: SqliteModule): Error | undefined => {
  if (statements.length > 1) return new OneAtATime()
  return statements.every((statement) => module._sqlite3_stmt_readonly(statement) !== 0)
    ? undefined
    : new WritesNothing()
}

const load = (module: SqliteModule, db: number, file: Uint8Array) => {
  const address = module._sqlite3_malloc(file.length)
  const schema = module._sqlite3_malloc(mainSchema.length)
  if (address === 0 || schema === 0) throw new Error('There is not enough memory to read this store.')
  module.HEAPU8.set(file, address)
  module.HEAPU8.set(mainSchema, schema)
  const flags = freeOnClose | readOnly
  const code = module._sqlite3_deserialize(db, schema, address, file.length, 0, file.length, 0, flags)
  module._sqlite3_free(schema)
  if (code !== 0) throw new Error('This is no SQLite database.')
}

/** `main`, with the zero that ends a text. */
const mainSchema = Uint8Array.of(109, 97, 105, 110, 0)

interface SqliteApi {
  open_v2Sync(name: string): number
  close(db: number): number
  statements(db: number, sql: string, options: { readonly unscoped: boolean }): number[]
  finalize(statement: number): number
  bind(statement: number, index: number, value: Value): number
  step(statement: number): number
  row(statement: number): Value[]
  column_names(statement: number): string[]
}

interface SqliteModule extends SqliteMemory {
  _sqlite3_stmt_readonly(statement: number): number
}
