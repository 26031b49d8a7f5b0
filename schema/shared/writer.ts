type Values = Readonly<Record<string, string | number | null>>

/** A write statement, made once, for `$named` values. `tables` tells LiveStore which live queries to run again. */
export const writer = (sql: string, ...tables: readonly string[]) => {
  const writeTables = new Set(tables)
  return (bindValues: Values) => ({ sql, bindValues, writeTables })
}
