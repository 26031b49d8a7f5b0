import { Schema, State } from '@livestore/livestore'

/** A point in time, kept as milliseconds so that SQLite sorts it. */
export const time = () => State.SQLite.integer({ schema: Schema.DateFromNumber })
export const timeOrNull = () => State.SQLite.integer({ nullable: true, schema: Schema.DateFromNumber })

/**
 * Any finite number. LiveStore's tables are strict: an INTEGER column would refuse 1.5, and a refused write kills the
 * store, on this device and on every one the event reaches.
 */
export const number = () => State.SQLite.real()

export const key = () => State.SQLite.text({ primaryKey: true })

type Values = Readonly<Record<string, string | number | null>>

/** One write statement with `$named` values. `tables` tells LiveStore which live queries to run again. */
export const write = (sql: string, bindValues: Values, ...tables: readonly string[]) => ({
  sql,
  bindValues,
  writeTables: new Set(tables),
})

/** Those whose column is one of the values, which go in as one: SQLite allows 32 766 and no more. */
export const deleteRows = (table: string, column: string, values: readonly string[]) =>
  write(
    `delete from ${table} where ${column} in (select value from json_each($values))`,
    { values: rowsAsJson(values) },
    table,
  )

/** A list as the one value `json_each($name)` reads: many rows, one statement. */
export const rowsAsJson = (rows: readonly unknown[]): string => JSON.stringify(rows)
