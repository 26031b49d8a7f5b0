import { letOthersIn } from '#sync-worker/let-others-in.ts'

/** What an object holds, table by table, as another takes it over: all there are, so that none is forgotten that comes later. */

/** A table up to a row: what is there when nobody writes. */
export interface Extent {
  readonly table: string
  readonly create: string
  readonly last: number
  /** Grows at its end alone, so that it can be copied while it is written to. */
  readonly grows: boolean
}

/** As much as goes from one object to another at once; `last` is the row it ends with. */
export interface TablePage {
  /** JSON: an array for each row, of its rowid and its columns. All there is are texts, whole numbers and nothing. */
  readonly rows: string
  readonly count: number
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
      grows: isLog(table) || keyTables.includes(table),
    }))

export const lastRow = (sql: SqlStorage, table: string): number =>
  sql.exec<{ last: number }>(`SELECT coalesce(max(rowid), 0) AS last FROM "${table}"`).one().last

/**
 * SQLite writes the JSON, at a third of what it takes to do so here. Each cursor is read to its end: one that is left open
 * locks its table against being dropped until somebody collects it.
 */
export const pageOf = (sql: SqlStorage, table: string, after: number, upTo: number): TablePage => {
  const select = `SELECT rowid, json_array(rowid, ${columnsOf(sql, table)}) FROM "${table}"
    WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ${rowsAtOnce}`
  const rows: string[] = []
  let bytes = 0
  let last = after
  for (;;) {
    let read = 0
    let isFull = false
    for (const [rowid, row] of sql.exec(select, last, upTo).raw<[number, string]>()) {
      read++
      isFull ||= bytes > 0 && bytes + row.length > bytesAtOnce
      if (isFull) continue
      bytes += row.length
      last = rowid
      rows.push(row)
    }
    if (isFull || read < rowsAtOnce) return { rows: `[${rows.join(',')}]`, count: rows.length, last, more: isFull }
  }
}

export const addPage = (sql: SqlStorage, table: string, { rows }: TablePage) => {
  const columns = columnsOf(sql, table)
  const values = columns
    .split(',')
    .map(() => '?')
    .join(', ')
  const insert = `INSERT OR REPLACE INTO "${table}" (rowid, ${columns}) VALUES (?, ${values})`
  for (const row of JSON.parse(rows)) sql.exec(insert, ...row)
}

export const digestOf = async (sql: SqlStorage, table: string, after: number, upTo: number): Promise<Digest> => {
  const stream = new crypto.DigestStream('SHA-256')
  const writer = stream.getWriter()
  let rows = 0
  for (let from = after; ; ) {
    const page = pageOf(sql, table, from, upTo)
    rows += page.count
    await writer.write(new TextEncoder().encode(page.rows))
    from = page.last
    if (!page.more) break
    await letOthersIn()
  }
  await writer.close()
  const sha256 = [...new Uint8Array(await stream.digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return { rows, sha256 }
}

export const isLog = (table: string): boolean => table === 'chain' || table.startsWith('eventlog_')

/** They grow at their ends alone as long as no key may be destroyed. */
export const keyTables: readonly string[] = ['destroyedKeys', 'subjectKeys']

const columnsOf = (sql: SqlStorage, table: string) =>
  sql
    .exec(`SELECT * FROM "${table}" LIMIT 0`)
    .columnNames.map((column) => `"${column}"`)
    .join(',')

/** The rest of so many is read for nothing where a page ends among them. */
const rowsAtOnce = 64

/**
 * The runtime passes at most 32 MB from one object to another, and an object has 128 for all it does. Each page waits for
 * the disk once, and who shares a process with both objects waits for a page.
 */
const bytesAtOnce = 4_000_000
