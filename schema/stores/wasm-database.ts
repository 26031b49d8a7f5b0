import { pageBytes } from './checkpoints.ts'
import type { Binds, DatabaseFile, OpenDatabase, ReplayDatabase, SqlValue } from './replay-database.ts'
import { freeOnClose, hasRow, resizeable, type SqliteMemory } from './sqlite-memory.ts'
import type { Row } from './state-hash.ts'
import { roomForTexts, type Utf8 } from './wasm-texts.ts'

/** What is used of the SQLite that LiveStore ships: the same module in Node, in a page and in a worker. */
export interface SqliteWasm {
  open_v2Sync(name: string): number
  close(db: number): number
  statements(db: number, sql: string, options: { unscoped: boolean }): number[]
  finalize(statement: number): number
  bind_parameter_count(statement: number): number
  bind_parameter_name(statement: number, index: number): string
  bind(statement: number, index: number, value: SqlValue): number
  column_names(statement: number): string[]
  column(statement: number, index: number): unknown
  serialize(db: number, schema: string): Uint8Array
}

/** SQLite's own functions: what LiveStore puts around them costs more than they do. */
interface SqliteModule extends SqliteMemory {
  readonly _sqlite3_bind_int: (statement: number, index: number, value: number) => number
  readonly _sqlite3_bind_double: (statement: number, index: number, value: number) => number
  readonly _sqlite3_bind_null: (statement: number, index: number) => number
  readonly _sqlite3_bind_text: (
    statement: number,
    index: number,
    address: number,
    bytes: number,
    destructor: number,
  ) => number
  readonly _sqlite3_step: (statement: number) => number
  readonly _sqlite3_column_type: (statement: number, index: number) => number
  readonly _sqlite3_column_double: (statement: number, index: number) => number
  readonly _sqlite3_column_text: (statement: number, index: number) => number
  UTF8ToString(address: number): string
  _sqlite3_total_changes(db: number): number
  readonly _sqlite3_reset: (statement: number) => number
  ccall(name: 'sqlite3_errmsg', returns: 'string', types: readonly ['number'], args: readonly [number]): string
}

/** Databases in the memory of the given SQLite, as `loadSqlite3Wasm` gives it. */
export const wasmDatabases = (sqlite: object, utf8: Utf8): OpenDatabase => {
  // LiveStore's types say neither that the module hangs there nor what it offers.
  const { module, ...api } = sqlite as SqliteWasm & { readonly module: SqliteModule }
  // Looked up once: the module has a thousand of them.
  const { _sqlite3_bind_text: bindText, _sqlite3_bind_null: bindNull, _sqlite3_bind_int: bindInt } = module
  const { _sqlite3_bind_double: bindDouble, _sqlite3_step: step, _sqlite3_reset: reset } = module
  const { _sqlite3_column_type: typeOf, _sqlite3_column_double: double, _sqlite3_column_text: text } = module
  const column = (statement: number, index: number): unknown => {
    const type = typeOf(statement, index)
    if (type === isNull) return null
    if (type === isText) return module.UTF8ToString(text(statement, index))
    const value = type === isBlob ? undefined : double(statement, index)
    return type === isFloat || Number.isSafeInteger(value) ? value : api.column(statement, index)
  }
  const texts = roomForTexts(module, utf8)
  /** Of the statement that is being bound: an array for each would be most of what is thrown away. */
  const values: (SqlValue | undefined)[] = []
  return (file, beside) => {
    const db = api.open_v2Sync(':memory:')
    const prepared = new Map<string, readonly Statement[]>()
    const check = (code: number) => {
      if (code === 0 || code === hasRow || code === isDone) return code
      throw new Error(module.ccall('sqlite3_errmsg', 'string', ['number'], [db]))
    }
    const statementsOf = (sql: string): readonly Statement[] => {
      const known = prepared.get(sql)
      if (known !== undefined) return known
      const made = api.statements(db, sql, { unscoped: true }).map((id) => ({
        id,
        names: Array.from({ length: api.bind_parameter_count(id) }, (_, index) =>
          api.bind_parameter_name(id, index + 1)?.slice(1),
        ),
        columns: api.column_names(id),
      }))
      prepared.set(sql, made)
      return made
    }
    /** A kept statement has the values of its last run: each is bound again, with null where nothing is given. */
    const bind = ({ id, names }: Statement, binds: Binds) => {
      const isList = Array.isArray(binds)
      let bytes = 0
      for (let place = 0; place < names.length; place++) {
        const value = isList ? binds[place] : (binds as NamedBinds)[names[place] ?? ''] // not a list
        values[place] = value
        if (typeof value === 'string') bytes += value.length * 3 + 1
      }
      texts.reserve(bytes)
      for (let index = 1; index <= names.length; index++) {
        const value = values[index - 1]
        if (typeof value === 'string') check(bindText(id, index, texts.write(value), upToTheZero, isKept))
        else if (typeof value !== 'number') check(value == null ? bindNull(id, index) : api.bind(id, index, value))
        else if (value === (value | 0)) check(bindInt(id, index, value))
        else check(bindDouble(id, index, value))
      }
    }
    const run = (sql: string, binds: Binds = []) => {
      for (const statement of statementsOf(sql)) {
        if (statement.names.length > 0) bind(statement, binds)
        try {
          while (check(step(statement.id)) === hasRow);
        } finally {
          reset(statement.id)
        }
      }
    }
    function* rows(sql: string, binds: Binds = []): Generator<Row> {
      for (const statement of statementsOf(sql)) {
        if (statement.names.length > 0) bind(statement, binds)
        try {
          while (check(step(statement.id)) === hasRow) yield rowOf(statement)
        } finally {
          reset(statement.id)
        }
      }
    }
    const rowOf = ({ id, columns }: Statement): Row => {
      const values: Record<string, unknown> = {}
      for (let index = 0; index < columns.length; index++) values[columns[index] ?? ''] = column(id, index)
      return values
    }
    const load = (schema: string, file: DatabaseFile) => {
      const pieces = file instanceof Uint8Array ? [file] : file
      const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0)
      // SQLite would fetch twice as much and copy all of it when the first page is added.
      const room = bytes + roomToGrow
      const address = module._sqlite3_malloc(room)
      if (address === 0) throw new Error('out of memory')
      let place = address
      for (const piece of pieces) {
        module.HEAPU8.set(piece, place)
        place += piece.length
      }
      texts.reserve(schema.length * 3 + 1)
      const flags = freeOnClose | resizeable
      check(module._sqlite3_deserialize(db, texts.write(schema), address, bytes, 0, room, 0, flags))
    }
    const database: ReplayDatabase = {
      run,
      all: (sql, binds) => [...rows(sql, binds)],
      rows,
      changes: () => module._sqlite3_total_changes(db),
      serialize: () => api.serialize(db, 'main'),
      close: () => {
        for (const { id } of [...prepared.values()].flat()) api.finalize(id)
        prepared.clear()
        api.close(db)
      },
    }
    try {
      if (file === undefined) database.run(`pragma page_size = ${pageBytes}`)
      else load('main', file)
      // Nothing is ever rolled back: a replay that fails is thrown away with its database.
      database.run('pragma foreign_keys = on; pragma journal_mode = off; pragma temp_store = memory')
      if (beside !== undefined) {
        database.run("attach ':memory:' as beside")
        load('beside', beside)
      }
      return database
    } catch (error) {
      database.close()
      throw error
    }
  }
}

type NamedBinds = Readonly<Record<string, SqlValue | undefined>>

interface Statement {
  readonly id: number
  readonly names: readonly (string | undefined)[]
  readonly columns: readonly string[]
}

const isDone = 101
/** What a column holds. */
const [isFloat, isText, isBlob, isNull] = [2, 3, 4, 5]
/** More than the events after a checkpoint bring. */
const roomToGrow = 4_000_000
/** SQLite reads a text up to its first zero, as LiveStore has it do. */
const upToTheZero = -1
/** SQLite need not copy a text: it stays where it is until the statement is bound anew. */
const isKept = 0
