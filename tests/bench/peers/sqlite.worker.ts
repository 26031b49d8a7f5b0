// Bare SQLite as its own wasm package offers it: one file in OPFS, no events, no log, no sync, no live queries.
import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { type ListedRow, type PeerRow, topCount } from './peer.ts'

const opening = openDatabase()

async function openDatabase() {
  const sqlite3 = await sqlite3InitModule()
  const pool = await sqlite3.installOpfsSAHPoolVfs({ name: 'bench', directory: 'bench', initialCapacity: 4 })
  const db = new pool.OpfsSAHPoolDb('/bench.db')
  db.exec(`
    pragma locking_mode = exclusive;
    create table if not exists memories (
      id integer primary key, personaId text not null, memoryId text not null, content text not null,
      kind text not null, importance real not null, occurredAt integer not null, tags text not null,
      unique (personaId, memoryId)
    );
    create index if not exists memories_by_importance on memories (personaId, importance);
    create virtual table if not exists words using fts5(content, content = 'memories', content_rowid = 'id', detail = none);
  `)
  const insert = db.prepare(
    'insert into memories (personaId, memoryId, content, kind, importance, occurredAt, tags) values (?, ?, ?, ?, ?, ?, ?)',
  )
  const insertWords = db.prepare('insert into words (rowid, content) values (last_insert_rowid(), ?)')
  const top = db.prepare(
    `select memoryId, importance, content as text from memories where personaId = 'p0' order by importance desc limit ${topCount}`,
  )
  const search = db.prepare(
    `select memoryId from memories where personaId = 'p0' and id in (select rowid from words where words match ?)`,
  )

  return {
    /** `personas`: for how many the same rows are written. */
    add: (rows: readonly PeerRow[], personas: number) =>
      db.transaction(() => {
        for (let persona = 0; persona < personas; persona++)
          for (const { memoryId, content, kind, importance, occurredAt, tags } of rows) {
            const values = [`p${persona}`, memoryId, content, kind, importance, occurredAt, JSON.stringify(tags)]
            insert.bind(values).stepReset()
            insertWords.bind([content]).stepReset()
          }
      }),
    top: () => {
      const rows: ListedRow[] = []
      while (top.step())
        rows.push({ memoryId: top.getString(0) ?? '', importance: top.getFloat(1) ?? 0, text: top.getString(2) ?? '' })
      top.reset()
      return rows
    },
    search: (word: string) => {
      const ids: string[] = []
      search.bind([word])
      while (search.step()) ids.push(search.getString(0) ?? '')
      search.reset()
      return ids
    },
  }
}

export type SqliteCalls = Awaited<typeof opening>

self.addEventListener('message', async ({ data: [call, ...args] }: MessageEvent<[keyof SqliteCalls, ...never[]]>) => {
  // The page sends what the call takes: both sides are typed by `SqliteCalls`.
  postMessage(((await opening)[call] as (...args: readonly never[]) => unknown)(...args))
})
