import type { Row } from './state-hash.ts'

export type SqlValue = string | number | Uint8Array | null

/** In the order of the parameters, or by their names without the sign. What is missing is null. */
export type Binds = readonly SqlValue[] | Readonly<Record<string, SqlValue>>

/** What it takes to write and read. */
export interface Statements {
  readonly run: (sql: string, binds?: Binds) => void
  readonly all: (sql: string, binds?: Binds) => readonly Row[]
}

/**
 * A SQLite database in memory, as a replay needs it. It throws what SQLite says. Statements are prepared once for each
 * text and kept until it is closed.
 */
export interface ReplayDatabase extends Statements {
  /** One row after the other, for what is too long to hold. The same statement is not run again before the last. */
  readonly rows: (sql: string, binds?: Binds) => Iterable<Row>
  /** How many rows were ever written or removed. */
  readonly changes: () => number
  /** The file that SQLite would write. Not within a transaction. */
  readonly serialize: () => Uint8Array
  readonly close: () => void
}

/** What `serialize` gave, whole or in pieces. */
export type DatabaseFile = Uint8Array | readonly Uint8Array[]

/** A database of the same SQLite: empty, or with what a file says. `beside`: what can be read as `beside.<table>`. */
export type OpenDatabase = (file?: DatabaseFile, beside?: DatabaseFile) => ReplayDatabase
