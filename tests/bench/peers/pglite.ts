import { live } from '@electric-sql/pglite/live'
import { PGliteWorker } from '@electric-sql/pglite/worker'
import { type ListedRow, topCount } from './peer.ts'
import PgliteWorker from './pglite.worker.ts?worker'
import { servePeer } from './serve-peer.ts'

servePeer(async () => {
  const pg = await PGliteWorker.create(new PgliteWorker(), { dataDir: 'opfs-ahp://bench', extensions: { live } })
  await pg.exec(`
    create table if not exists memories (
      "memoryId" text primary key, content text not null, kind text not null,
      importance double precision not null, "occurredAt" bigint not null, tags jsonb not null
    );
    create index if not exists memories_by_importance on memories (importance);
    create index if not exists memories_by_words on memories using gin (to_tsvector('simple', content));
  `)
  return {
    add: async (rows) => {
      await pg.query(
        `insert into memories select * from json_to_recordset($1::json) as row(
           "memoryId" text, content text, kind text, importance double precision, "occurredAt" bigint, tags jsonb)`,
        [JSON.stringify(rows)],
      )
    },
    top: async () => (await pg.query<ListedRow>(topQuery)).rows,
    watchTop: async (onAnswer) => {
      const { initialResults, unsubscribe } = await pg.live.query<ListedRow>(topQuery, [], ({ rows }) => onAnswer(rows))
      onAnswer(initialResults.rows)
      return () => void unsubscribe()
    },
    search: async (word) =>
      (
        await pg.query<{ memoryId: string }>(
          `select "memoryId" from memories where to_tsvector('simple', content) @@ plainto_tsquery('simple', $1)`,
          [word],
        )
      ).rows.map(({ memoryId }) => memoryId),
  }
})

const topQuery = `select "memoryId", importance, content as text from memories order by importance desc limit ${topCount}`
