import { sqliteDbFactory } from '@livestore/sqlite-wasm/browser'
import { loadSqlite3Wasm } from '@livestore/sqlite-wasm/load-wasm'
import { Effect } from 'effect'
import type { EncodedFact } from './device-db.ts'

/** The facts of a log, in order: `bytes` is LiveStore's eventlog database. Unconfirmed: not yet with the server. */
export const factsIn = async (bytes: Uint8Array, which: 'all' | 'unconfirmed'): Promise<readonly EncodedFact[]> => {
  const makeDb = sqliteDbFactory({ sqlite3: await loadSqlite3Wasm() })
  const db = await Effect.runPromise(makeDb({ _tag: 'in-memory' }))
  try {
    // A copy: the import takes the bytes over.
    db.import(bytes.slice())
    return db
      .select<{ name: string; argsJson: string }>(
        `select name, argsJson from eventlog ${which === 'all' ? '' : "where syncMetadataJson ->> '$._tag' = 'None'"}
         order by seqNumGlobal, seqNumClient`,
      )
      .map(({ name, argsJson }) => ({ name, args: JSON.parse(argsJson) }))
  } finally {
    db.close()
  }
}

/**
 * The same log with its head set back to its last event. LiveStore moves the head before it stores what it pulled, and
 * after a crash or a full disk between the two it never opens the store again.
 */
export const withHeadSetBack = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
  const makeDb = sqliteDbFactory({ sqlite3: await loadSqlite3Wasm() })
  const db = await Effect.runPromise(makeDb({ _tag: 'in-memory' }))
  try {
    db.import(bytes.slice())
    db.execute(
      'update __livestore_sync_status set head = min(head, (select coalesce(max(seqNumGlobal), 0) from eventlog))',
    )
    return db.export().slice()
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
