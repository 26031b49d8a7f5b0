import { overwriteRemains, rubbleTable } from './erasing/overwrite-remains.ts'

/** A key of a subject, wrapped on a device by what this side never sees. */
export interface KeyRow {
  readonly keyId: string
  /** Null when the key was destroyed. */
  readonly wrapped: string | null
}

export interface DestroyedKey {
  readonly keyId: string
  /** In milliseconds since 1970. */
  readonly at: number
}

/** All keys of a store: how many, and SHA-256 over their ids, sorted, one a line. */
export interface DestroyedKeys {
  readonly keys: number
  readonly sha256: string
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
  sql.exec(`CREATE TABLE IF NOT EXISTS subjectKeys ${columns}`)
  sql.exec(rubbleTable)
  sql.exec('CREATE TABLE IF NOT EXISTS destroyedKeys (keyId TEXT PRIMARY KEY, at INTEGER NOT NULL)')

  /** One that was never added is destroyed too: it cannot be added any more. */
  const note = (keyId: string, now: number): DestroyedKey => {
    sql.exec('INSERT INTO destroyedKeys (keyId, at) VALUES (?, ?) ON CONFLICT DO NOTHING', keyId, now)
    return sql.exec<{ keyId: string; at: number }>('SELECT keyId, at FROM destroyedKeys WHERE keyId = ?', keyId).one()
  }

  /**
   * A page keeps what was deleted from it or moved to another, so the table is written anew without what was destroyed. The
   * old one goes last: no page that holds something is taken for anything before it is overwritten.
   */
  const rewrite = () => {
    sql.exec(`CREATE TABLE rewrittenKeys ${columns}`)
    sql.exec(`INSERT INTO rewrittenKeys SELECT position, keyId, wrapped FROM subjectKeys
      WHERE wrapped IS NULL OR keyId NOT IN (SELECT keyId FROM destroyedKeys) ORDER BY position`)
    sql.exec(`INSERT INTO rewrittenKeys
      SELECT (SELECT coalesce(max(position), 0) FROM subjectKeys) + row_number() OVER (ORDER BY rowid), keyId, NULL
      FROM destroyedKeys WHERE keyId NOT IN (SELECT keyId FROM rewrittenKeys)`)
    sql.exec('DROP TABLE subjectKeys')
    sql.exec('ALTER TABLE rewrittenKeys RENAME TO subjectKeys')
  }

  return {
    destroy: (keyIds: readonly string[], now: number): readonly DestroyedKey[] => {
      const destroyed = keyIds.map((keyId) => note(keyId, now))
      rewrite()
      return destroyed
    },
    isDestroyed: (keyId: string): boolean =>
      sql.exec('SELECT 1 FROM destroyedKeys WHERE keyId = ?', keyId).toArray().length > 0,
    /** The ids of all of them, sorted. */
    destroyAll: (now: number): readonly string[] => {
      const rows = sql.exec<{ keyId: string }>('SELECT keyId FROM subjectKeys ORDER BY keyId').toArray()
      const keyIds = rows.map(({ keyId }) => note(keyId, now).keyId)
      rewrite()
      return keyIds
    },
    /** Leaves no byte of what was destroyed in the files. */
    overwriteDestroyed: (endTransaction: () => Promise<unknown>): Promise<void> => {
      const { rows } = sql.exec<{ rows: number }>('SELECT count(*) AS rows FROM subjectKeys').one()
      return overwriteRemains(rows, async (statement) => {
        sql.exec(statement)
        await endTransaction()
      })
    },
    /** At most five thousand rows from a position on, the position after the last of them, and whether there are more. */
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

const columns = '(position INTEGER PRIMARY KEY AUTOINCREMENT, keyId TEXT UNIQUE, wrapped TEXT)'

const pageLength = 5000
