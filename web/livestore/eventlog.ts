import { prepareBindValues, type SqliteDb } from '@livestore/common'
import { UNKNOWN_EVENT_SCHEMA_HASH } from '@livestore/common/schema'
import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect } from 'effect'
import { erased, withoutSubjects } from '#sealing/sealed-event.ts'
import type { EncodedFact } from './device-db.ts'

// `bytes` is LiveStore's eventlog database.

/** The facts of a log, in order. Unconfirmed: not yet with the server. */
export const factsIn = (bytes: Uint8Array, which: 'all' | 'unconfirmed'): Promise<readonly EncodedFact[]> =>
  withCopy(bytes, (db) =>
    db
      .select<{ name: string; argsJson: string }>(
        `select name, argsJson from eventlog ${which === 'all' ? '' : "where syncMetadataJson ->> '$._tag' = 'None'"}
         order by seqNumGlobal, seqNumClient`,
      )
      .map(({ name, argsJson }) => ({ name, args: JSON.parse(argsJson) })),
  )

/**
 * The same log with its head set back to its last event. LiveStore moves the head before it stores what it pulled, and
 * after a crash or a full disk between the two it never opens the store again.
 */
export const withHeadSetBack = (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  withCopy(bytes, (db) => {
    db.execute(
      'update __livestore_sync_status set head = min(head, (select coalesce(max(seqNumGlobal), 0) from eventlog))',
    )
    return db.export().slice()
  })

/**
 * The same log as a device would have fetched it that came after these subjects were erased; undefined when the log says
 * nothing of them. Written anew, so that no free page keeps what is gone.
 */
export const withoutErased = (
  bytes: Uint8Array,
  subjects: ReadonlySet<string>,
): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  withCopy(bytes, (db) => {
    const rows = db.select<{ rowid: number; name: string; argsJson: string }>(
      'select rowid, name, argsJson from eventlog',
    )
    let isClean = true
    for (const { rowid, name, argsJson } of rows) {
      const content = { name, args: JSON.parse(argsJson) }
      const left = withoutSubjects(content, subjects)
      if (left === content) continue
      isClean = false
      const schemaHash = left === erased ? UNKNOWN_EVENT_SCHEMA_HASH : undefined
      db.execute(rewrite, prepareBindValues([left.name, JSON.stringify(left.args), schemaHash ?? null, rowid], rewrite))
    }
    if (isClean) return undefined
    db.execute('vacuum')
    return db.export().slice()
  })

const rewrite = 'update eventlog set name = ?, argsJson = ?, schemaHash = coalesce(?, schemaHash) where rowid = ?'

const withCopy = async <A>(bytes: Uint8Array, use: (db: SqliteDb) => A): Promise<A> => {
  const makeDb = sqliteDbFactory({ sqlite3: await loadSqlite3Wasm() })
  const db = await Effect.runPromise(makeDb({ _tag: 'in-memory' }))
  try {
    db.import(bytes.slice()) // the import takes the bytes over
    return use(db)
  } finally {
    db.close()
  }
}

/** The facts of `wanted` that are not among `present`. A fact carries its device and its time, so equal means the same. */
export const missingFrom = (
  present: readonly EncodedFact[],
  wanted: readonly EncodedFact[],
): readonly EncodedFact[] => {
  const seen = new Set(present.map(identityOf))
  return wanted.filter((fact) => {
    const identity = identityOf(fact)
    if (seen.has(identity)) return false
    seen.add(identity)
    return true
  })
}

const identityOf = ({ name, args }: EncodedFact) => `${name} ${JSON.stringify(sorted(args))}`

/** The same value with the same keys in the same order, however it was written. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}
