import { rowsAsJson } from './tables.ts'

type Values = Readonly<Record<string, string | number | null>>

/** A write statement, made once, for `$named` values. `tables` tells LiveStore which live queries to run again. */
export const writer = (sql: string, ...tables: readonly string[]) => {
  const writeTables = new Set(tables)
  return (bindValues: Values) => ({ sql, bindValues, writeTables })
}

/** Inserts a row of values named like the columns, where the condition holds and none is there. */
export const inserter = (table: string, columns: string, condition: string) =>
  writer(
    `insert or ignore into ${table} (${columns}) select ${columns.replaceAll(/\w+/g, '$$$&')} where ${condition}`,
    table,
  )

/** The same for what one thing has several of: its id is a value, and each item makes a row. */
export const listInserter = (table: string, [id, item]: readonly [id: string, item: string], condition: string) => {
  const insert = writer(
    `insert or ignore into ${table} (${id}, ${item}) select $${id}, value from json_each($items) where ${condition}`,
    table,
  )
  return (values: Values, items: readonly string[]) =>
    items.length === 0 ? [] : [insert({ ...values, items: rowsAsJson(items) })]
}
