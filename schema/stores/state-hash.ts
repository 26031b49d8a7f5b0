import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export type Row = Readonly<Record<string, unknown>>

/**
 * One hash over the rows of the given tables, whatever order SQLite returns them in: two stores with the same hash hold
 * the same state. `select` reads the store's SQLite, in a browser or in Node.
 */
export const stateHash = (tableNames: readonly string[], select: (sql: string) => readonly Row[]): string =>
  hashOfTables(tableHashes(tableNames, select))

/** The hash of each table by its name, in the order of names. */
export const tableHashes = (tableNames: readonly string[], select: (sql: string) => readonly Row[]): TableHashes =>
  new Map(tableNames.toSorted().map((table) => [table, tableHash(select(`select * from ${table}`))]))

export type TableHashes = ReadonlyMap<string, string>

export const hashOfTables = (hashes: TableHashes): string =>
  bytesToHex(sha256(utf8ToBytes(JSON.stringify([...hashes]))))

const tableHash = (rows: readonly Row[]): string =>
  bytesToHex(
    sha256(
      utf8ToBytes(
        rows
          .map((row) =>
            JSON.stringify(
              Object.keys(row)
                .toSorted()
                .map((column) => [column, row[column]]),
            ),
          )
          .toSorted()
          .join('\n'),
      ),
    ),
  )
