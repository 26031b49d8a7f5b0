import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export type Row = Readonly<Record<string, unknown>>

/**
 * One hash over the rows of the given tables, whatever order SQLite returns them in: two stores with the same hash hold
 * the same state. `select` reads the store's SQLite, in a browser or in Node.
 */
export const stateHash = (tableNames: readonly string[], select: (sql: string) => readonly Row[]): string =>
  bytesToHex(
    sha256(
      utf8ToBytes(
        JSON.stringify(tableNames.toSorted().map((table) => [table, tableHash(select(`select * from ${table}`))])),
      ),
    ),
  )

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
