/**
 * SQLite keeps what was overwritten or deleted, in its write-ahead log and in pages that are free, until it needs the room.
 * This makes it need it, by writing what means nothing into a table of its own:
 *
 *     log   ▒▒▒▒▒▒▒▒░░     from 1000 pages on it is written back at the end of a transaction, and begins anew over its
 *           ▓▓▓▓▓▓▓▓▓▓▓▓   old pages; transactions of 800 bring it there from wherever it stands, and over its first 1600
 *     free  ▒▒▒ ▒▒▒▒       are taken first, and filled to the last 90 bytes: half a page would keep the rest of what it held
 *
 * Beyond these a log reaches only by a transaction of more than 600 pages. Whoever made one, or has freed more than 800,
 * says by `rows` how many rows of some 160 bytes were in it.
 */
export const overwriteRemains = async (rows: number, transaction: (sql: string) => Promise<unknown>): Promise<void> => {
  const pages = rows < 8000 ? 800 : 2000 + rows / 8
  const numbers = `WITH RECURSIVE numbers (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < ${pages / 400})`
  for (let round = 0; round < 4; round++)
    await transaction(
      `${numbers} INSERT OR REPLACE INTO rubble SELECT n, randomblob(${bytesOfPages(400)}) FROM numbers`,
    )
  await transaction('DELETE FROM rubble')
}

/** Sets a column without an index to as many noughts as it has letters: of one length, SQLite writes them in its place. */
export const blanked = (column: string) => `${column} = printf('%.*c', length(${column}), '0')`

/** Made before anything is freed, or its own first page would be one that still holds something. */
export const rubbleTable = 'CREATE TABLE IF NOT EXISTS rubble (n INTEGER PRIMARY KEY, bytes BLOB)'

/** Of the database all accounts share, where nothing large is written at once. */
export const overwriteRemainsIn = (db: D1Database): Promise<void> =>
  overwriteRemains(0, (statement) => db.prepare(statement).run())

/** Of a value whose first page is as full as it can be; a row has at most 2 MB. */
const bytesOfPages = (pages: number) => (pages - 1) * 4092 + 4000
