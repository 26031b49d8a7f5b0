import type { ReadOnlyDatabase, Value } from './read-only-database.ts'
import { quoted, type Table } from './tables.ts'

export interface Sort {
  readonly column: string
  readonly isDown: boolean
}

/** What of a table is wanted: rows whose columns hold these texts, in this order. */
export interface Narrowing {
  readonly table: string
  readonly sort: Sort | undefined
  /** Text by column. */
  readonly filters: readonly (readonly [column: string, text: string])[]
}

/** Where a page ended: the next begins after it, whatever came or went before it. */
export interface PageEnd {
  readonly value: Value
  readonly rowid: number
}

export interface Page {
  readonly rows: readonly { readonly rowid: number; readonly values: readonly Value[] }[]
  /** Null: there are no more. */
  readonly end: PageEnd | null
}

/**
 * The rows after `after`, at most `limit`. Paged by key: by the column that is sorted by, then by SQLite's own number of the
 * row. Nothing comes before everything, as SQLite sorts it.
 */
export const pageOf = (
  db: ReadOnlyDatabase,
  table: Table,
  wanted: Narrowing,
  after: PageEnd | null,
  limit: number,
): Page => {
  const { sort, where, values } = clausesOf(table, wanted)
  const [later, direction] = wanted.sort?.isDown === true ? ['<', 'desc'] : ['>', 'asc']
  const key = sort === undefined ? 'rowid' : quoted(sort.column)
  const beyond =
    after === null ? undefined : sort === undefined ? `rowid ${later} ?` : beyondKey(key, later, after.value)
  const bound = after === null ? [] : sort === undefined ? [after.rowid] : beyondValues(after)
  const conditions = [...where, ...(beyond === undefined ? [] : [beyond])]
  const found = db.all(
    `select rowid, ${key}, * from ${quoted(table.name)}
     ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
     order by ${sort === undefined ? '' : `${key} ${direction}, `}rowid ${direction} limit ${limit}`,
    [...values, ...bound],
  )
  const rows = found.map(([rowid, , ...values]) => ({ rowid: Number(rowid), values }))
  const last = found.at(-1)
  return {
    rows,
    end: last === undefined || found.length < limit ? null : { value: last[1] ?? null, rowid: Number(last[0]) },
  }
}

/** How many rows there are in all. */
export const countOf = (db: ReadOnlyDatabase, table: Table, wanted: Narrowing): number => {
  const { where, values } = clausesOf(table, wanted)
  if (where.length === 0) return table.rows
  const [[count] = []] = db.all(`select count(*) from ${quoted(table.name)} where ${where.join(' and ')}`, values)
  return Number(count)
}

/** A column that the table does not have narrows and sorts nothing. */
const clausesOf = ({ columns }: Table, { sort, filters }: Narrowing) => {
  const names = new Set(columns.map(({ name }) => name))
  const known = filters.filter(([column, text]) => names.has(column) && text !== '')
  return {
    sort: sort !== undefined && names.has(sort.column) ? sort : undefined,
    where: known.map(([column]) => `${quoted(column)} like ? escape '\\'`),
    values: known.map(([, text]) => `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`),
  }
}

const beyondKey = (key: string, later: string, value: Value): string => {
  const isUp = later === '>'
  if (value === null) return isUp ? `(${key} is not null or rowid > ?)` : `(${key} is null and rowid < ?)`
  const nothing = isUp ? '' : `${key} is null or `
  return `(${nothing}${key} ${later} ? or (${key} = ? and rowid ${later} ?))`
}

const beyondValues = ({ value, rowid }: PageEnd): readonly Value[] => (value === null ? [rowid] : [value, value, rowid])
