import { writeFile } from 'node:fs/promises'
import { withLateIndexes } from '#schema/stores/late-indexes.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { type EventNotReplayed, type LogEvent, openReplay } from '#schema/stores/replay.ts'
import { hashOfTables, type TableHashes } from '#schema/stores/state-hash.ts'
import { hashesOf } from '#schema/stores/state-tables.ts'
import type { StoreKind } from '#schema/stores/store-id.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { openSqlite } from './sqlite.ts'

export interface ReplayedFile {
  /** The number of the last event that was replayed, 0 when there was none. */
  readonly head: number
  readonly hash: string
  readonly tables: TableHashes
  readonly skipped: ReadonlyMap<string, number>
}

/**
 * Writes the state that a log makes as a SQLite file which any SQLite opens. Nothing is written when an event cannot be
 * replayed: which one it is, is returned. `onProgress` hears how many events are done, now and then.
 */
export const replayToFile = async (
  kind: StoreKind,
  events: Iterable<LogEvent> | AsyncIterable<LogEvent>,
  out: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<ReplayedFile | EventNotReplayed> => {
  const schema = kind === 'persona' ? personaSchema : workspaceSchema
  const openDatabase = await openSqlite()
  const db = openDatabase()
  const tables = withLateIndexes(schema, openDatabase, db)
  try {
    const replay = openReplay(schema, tables.db)
    let [head, done] = [0, 0]
    db.run('begin')
    for await (const event of events) {
      const failure = replay.apply(event)
      if (failure !== undefined) return failure
      head = event.seqNum
      done++
      if (done % 1000 === 0) onProgress(done)
    }
    tables.finish()
    db.run('commit')
    const hashes = hashesOf(schema, db.all)
    await writeFile(out, db.serialize())
    return { head, hash: hashOfTables(hashes), tables: hashes, skipped: replay.skipped }
  } finally {
    tables.close()
    db.close()
  }
}
