/** What an object holds, table by table, as another takes it over: all there are, so that none is forgotten that comes later. */

/** A table up to a row: what is there when nobody writes. */
export interface Extent {
  readonly table: string
  readonly create: string
  readonly last: number
  /** Grows at its end alone, so that it can be copied while it is written to. */
  readonly grows: boolean
}

/** At most so many rows and bytes; `last` is the row it ends with. */
export interface TablePage {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly SqlStorageValue[])[]
  readonly last: number
  readonly more: boolean
}

/** Of the rows after one and up to another. */
export interface Digest {
  readonly rows: number
  readonly sha256: string
}

export const extentsOf = (sql: SqlStorage): readonly Extent[] =>
  sql
    .exec<{ name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '_cf_*' AND name NOT GLOB 'sqlite_*'
         AND name NOT IN ('handover', 'rubble') ORDER BY name`,
    )
    .toArray()
    .map(({ name: table, sql: create }) => ({
      table,
      create,
      last: lastRow(sql, table),
      grows: table === 'chain' || table.startsWith('eventlog_'),
    }))

export const lastRow = (sql: SqlStorage, table: string): number =>
  sql.exec<{ last: number }>(`SELECT coalesce(max(rowid), 0) AS last FROM "${table}"`).one().last

export const pageOf = (sql: SqlStorage, table: string, after: number, upTo: number): TablePage => {
  const cursor = sql.exec(
    `SELECT rowid AS theRow, * FROM "${table}" WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ${rowsAtOnce}`,
    after,
    upTo,
  )
  const columns = cursor.columnNames.slice(1)
  const rows: SqlStorageValue[][] = []
  let bytes = 0
  let last = after
  for (const row of cursor.raw()) {
    if (bytes > bytesAtOnce) break
    bytes += row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0)
    last = Number(row[0])
    rows.push(row)
  }
  return { columns, rows, last, more: last < upTo && rows.length > 0 }
}

export const addPage = (sql: SqlStorage, table: string, { columns, rows }: TablePage) => {
  const names = columns.map((column) => `"${column}"`).join(', ')
  const values = columns.map(() => '?').join(', ')
  for (const row of rows) sql.exec(`INSERT OR REPLACE INTO "${table}" (rowid, ${names}) VALUES (?, ${values})`, ...row)
}

export const digestOf = async (sql: SqlStorage, table: string, after: number, upTo: number): Promise<Digest> => {
  const stream = new crypto.DigestStream('SHA-256')
  const writer = stream.getWriter()
  let rows = 0
  for (let from = after; ; ) {
    const page = pageOf(sql, table, from, upTo)
    rows += page.rows.length
    await writer.write(new TextEncoder().encode(page.rows.map((row) => `${JSON.stringify(row)}\n`).join('')))
    from = page.last
    if (!page.more) break
  }
  await writer.close()
  const sha256 = [...new Uint8Array(await stream.digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { rows, sha256 }
}

const rowsAtOnce = 1000
/** The runtime passes at most 32 MB from one object to another; a row has at most 2. */
const bytesAtOnce = 8_000_000
