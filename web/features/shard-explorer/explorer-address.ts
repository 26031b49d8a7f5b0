import type { Narrowing, Sort } from '#web/services/shards/pages.ts'
import type { Which } from '#web/services/shards/store-copy.ts'
import type { Table } from '#web/services/shards/tables.ts'

/** What the explorer keeps in its address. Everything is text; nonsense means “not said”. */
export interface ExplorerAddress {
  readonly store?: string
  /** `log`; else the state. */
  readonly db?: string
  readonly table?: string
  /** The name of a column, after a `-` when the highest comes first. */
  readonly sort?: string
  /** Texts by column, as the search of an address is written: `content=tea&kind=fact`. */
  readonly where?: string
  /** SQLite's number of the row that is open. */
  readonly row?: string
  /** `sql`: one asks, instead of browsing. */
  readonly view?: string
  /** What is asked. */
  readonly sql?: string
}

/** What belongs to one table, and is dropped when another is chosen. */
export const noTable = { table: undefined, sort: undefined, where: undefined, row: undefined } satisfies {
  readonly [Key in keyof ExplorerAddress]?: undefined
}

export const whichOf = ({ db }: ExplorerAddress): Which => (db === 'log' ? 'log' : 'state')

/** The table of the address, or the first that has rows. */
export const tableIn = ({ table }: ExplorerAddress, tables: readonly Table[]): Table | undefined =>
  tables.find(({ name }) => name === table) ?? tables.find(({ rows }) => rows > 0) ?? tables[0]

export const narrowingOf = ({ sort, where }: ExplorerAddress, table: string): Narrowing => ({
  table,
  sort: sortOf(sort),
  filters: [...new URLSearchParams(where)].filter(([, text]) => text !== ''),
})

export const sortOf = (sort: string | undefined): Sort | undefined =>
  sort === undefined || sort === '' || sort === '-'
    ? undefined
    : { column: sort.replace(/^-/, ''), isDown: sort.startsWith('-') }

/** A press on a column: the lowest first, then the highest first, then as they came. */
export const nextSort = (sort: Sort | undefined, column: string): string | undefined => {
  if (sort?.column !== column) return column
  return sort.isDown ? undefined : `-${column}`
}

export const whereOf = (filters: Narrowing['filters'], column: string, text: string): string | undefined => {
  const others = filters.filter(([name]) => name !== column)
  const all = text === '' ? others : [...others, [column, text] as const]
  return new URLSearchParams(all.map(([name, value]) => [name, value])).toString() || undefined
}

export const rowidOf = ({ row }: ExplorerAddress): number | undefined =>
  row !== undefined && /^-?\d{1,15}$/.test(row) ? Number(row) : undefined
