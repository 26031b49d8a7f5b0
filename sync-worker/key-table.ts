/** A key of a subject, wrapped on a device by what this side never sees. */
export interface KeyRow {
  readonly keyId: string
  /** Null when the key was destroyed. */
  readonly wrapped: string | null
}

export interface KeyPage {
  readonly rows: readonly KeyRow[]
  readonly next: number
  readonly more: boolean
}

/**
 * The keys beside a store's log, in the same database. A row is written once; the one change it may see is that its key
 * is destroyed, and then it stands at the end again, so that whoever reads on learns of it.
 */
export const makeKeyTable = (sql: SqlStorage) => {
  sql.exec(
    'CREATE TABLE IF NOT EXISTS subjectKeys (position INTEGER PRIMARY KEY AUTOINCREMENT, keyId TEXT UNIQUE, wrapped TEXT)',
  )
  return {
    /** At most a thousand rows from a position on, the position after the last of them, and whether there are more. */
    read: (from: number): KeyPage => {
      const found = sql
        .exec<{ position: number; keyId: string; wrapped: string | null }>(
          'SELECT position, keyId, wrapped FROM subjectKeys WHERE position > ? ORDER BY position LIMIT ?',
          from,
          pageLength,
        )
        .toArray()
      const rows = found.map(({ keyId, wrapped }) => ({ keyId, wrapped }))
      return { rows, next: found.at(-1)?.position ?? from, more: found.length === pageLength }
    },
    /** Adds the rows whose ids are new, and gives all as they stand now. */
    add: (rows: readonly KeyRow[]): readonly KeyRow[] =>
      rows.flatMap(({ keyId, wrapped }) => {
        sql.exec('INSERT INTO subjectKeys (keyId, wrapped) VALUES (?, ?) ON CONFLICT DO NOTHING', keyId, wrapped)
        return sql
          .exec<{ keyId: string; wrapped: string | null }>(
            'SELECT keyId, wrapped FROM subjectKeys WHERE keyId = ?',
            keyId,
          )
          .toArray()
      }),
  }
}

const pageLength = 1000
