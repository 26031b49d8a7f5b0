import type { ReadOnlyDatabase } from './read-only-database.ts'

export interface Column {
  readonly name: string
  readonly type: string
  readonly isKey: boolean
}

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: number
  /** LiveStore keeps its own books in it, or it only bears a number. */
  readonly isOfEngine: boolean
}

/** Every table of a database with its columns and how many rows it has, by name; those of the engine come last. */
export const tablesOf = (db: ReadOnlyDatabase): readonly Table[] =>
  db
    .all("select name from sqlite_master where type = 'table' order by lower(name)")
    .map(([name]) => tableOf(db, String(name)))
    .toSorted((a, b) => Number(a.isOfEngine) - Number(b.isOfEngine))

const tableOf = (db: ReadOnlyDatabase, name: string): Table => {
  const [[rows] = []] = db.all(`select count(*) from ${quoted(name)}`)
  return {
    name,
    rows: Number(rows),
    isOfEngine: /^(__livestore|sqlite_|state_revision_)/.test(name),
    columns: db.all(`select name, type, pk from pragma_table_info(${literal(name)})`).map(([column, type, pk]) => ({
      name: String(column),
      type: String(type).toLowerCase(),
      isKey: Number(pk) > 0,
    })),
  }
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
