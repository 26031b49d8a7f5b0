import type { ReplayDatabase } from './replay-database.ts'
import { tokenText } from './search-tokens.ts'

/**
 * What search looks into: the texts of all shards, in one SQLite with FTS5, apart from every store.
 *
 *     shard ──rows that changed──► writeShard ──► documents (text, who, when, where)
 *                                      │   └────► words     (FTS5, contentless: tokens and their places)
 *                                      └────────► shards    (how far: the cursor)         one transaction
 *
 * 1. A shard's documents and its cursor are written together: after a crash the cursor says what is to be done again.
 * 2. Writing the same again changes nothing; the index is what a new one of the same documents would be.
 * 3. What is removed is overwritten, in the words too: no byte of it stays in the file.
 */
export type SearchDatabase = Pick<ReplayDatabase, 'run' | 'all'>

export interface SearchDocument {
  readonly id: string
  readonly type: 'memory' | 'message' | 'conversation' | 'attachment'
  /** The kind of a memory or a file; empty for others. */
  readonly kind: string
  readonly text: string
  readonly at: Date
  /** Where it was said, or a conversation's own; empty for a memory. */
  readonly conversationId: string
  readonly role: string
  /** What it holds: image, link, code, file … */
  readonly has: readonly string[]
  readonly isArchived: boolean
  /** Another number as soon as anything of it is another; below 2⁴⁷. */
  readonly mark: number
}

export interface SearchedShard {
  readonly storeId: string
  readonly personaId: string
  readonly personaName: string
  readonly isArchived: boolean
}

export interface ShardChanges extends SearchedShard {
  readonly put: readonly SearchDocument[]
  /** Ids of what is gone: deleted, forgotten or erased. */
  readonly removed: readonly string[]
  /** How far the shard is indexed with this: the number of its last event, or `unfinished`. */
  readonly cursor: number
}

/** The cursor of a shard of which more is to be written. */
export const unfinished = -1

/** Raised when tokens or tables change: an index of another revision is thrown away and made anew. */
const searchRevision = 2

/** True if it was empty or of another revision, and now has to be filled. */
export const openSearchIndex = (db: SearchDatabase): boolean => {
  db.run('pragma secure_delete = on')
  const [revision] = db.all('pragma user_version').map((row) => Number(Object.values(row)[0]))
  if (revision === searchRevision) return false
  db.run(`
    drop table if exists words; drop table if exists documents; drop table if exists shards;
    create table shards (
      shard integer primary key, storeId text not null unique, personaId text not null, personaName text not null,
      searchName text not null, isArchived integer not null, cursor integer not null
    );
    create table documents (
      doc integer primary key, shard integer not null, id text not null, type text not null, kind text not null,
      at integer not null, conversationId text not null, role text not null, has text not null,
      isArchived integer not null, mark integer not null, text text not null
    );
    create unique index documents_by_id on documents (shard, id);
    create index documents_archived on documents (conversationId) where isArchived = 1;
    create virtual table words using fts5(text, content = '', tokenize = 'ascii');
    insert into words (words, rank) values ('secure-delete', 1);
    pragma user_version = ${searchRevision}`)
  return true
}

/** Brings one shard to its cursor; a few thousand documents at a time keep a tab from waiting. */
export const writeShard = (db: SearchDatabase, changes: ShardChanges): void =>
  inTransaction(db, () => {
    const { storeId, personaId, personaName, isArchived, cursor } = changes
    db.run(
      `insert into shards (storeId, personaId, personaName, searchName, isArchived, cursor) values (?, ?, ?, ?, ?, ?)
       on conflict (storeId) do update set personaId = excluded.personaId, personaName = excluded.personaName,
         searchName = excluded.searchName, isArchived = excluded.isArchived, cursor = excluded.cursor`,
      [storeId, personaId, personaName, tokenText(personaName), isArchived ? 1 : 0, cursor],
    )
    const shard = shardOf(db, storeId)
    for (const id of changes.removed) removeDocument(db, shard, id)
    for (const document of changes.put) putDocument(db, shard, document)
  })

/** Takes all of a shard out: its persona was erased, or is no longer shared. */
export const removeShard = (db: SearchDatabase, storeId: string): void =>
  inTransaction(db, () => {
    const shard = shardOf(db, storeId)
    for (const { id } of db.all('select id from documents where shard = ?', [shard]))
      removeDocument(db, shard, String(id))
    db.run('delete from shards where shard = ?', [shard])
  })

/** Which documents of one type the index has between two ids, the second included; null: to the end. */
export const marksBetween = (
  db: SearchDatabase,
  { storeId, type, after, upTo }: MarkRange,
): ReadonlyMap<string, number> =>
  new Map(
    db
      .all(`select id, mark from documents where shard = ?1 and id > ?2 and (?3 is null or id <= ?3) and type = ?4`, [
        shardOf(db, storeId),
        after,
        upTo,
        type,
      ])
      .map(({ id, mark }) => [String(id), Number(mark)]),
  )

export interface MarkRange {
  readonly storeId: string
  readonly type: SearchDocument['type']
  readonly after: string
  readonly upTo: string | null
}

/** Takes out what these subjects are, and what was said in them. */
export const removeSubjects = (db: SearchDatabase, storeId: string, ids: readonly string[]): void =>
  inTransaction(db, () => {
    const shard = shardOf(db, storeId)
    const wanted = JSON.stringify(ids)
    const found = db.all(
      `select id from documents where shard = ?1
         and (id in (select value from json_each(?2)) or conversationId in (select value from json_each(?2)))`,
      [shard, wanted],
    )
    for (const { id } of found) removeDocument(db, shard, String(id))
  })

/** How far each shard is indexed. */
export const searchCursors = (db: SearchDatabase): ReadonlyMap<string, number> =>
  new Map(db.all('select storeId, cursor from shards').map(({ storeId, cursor }) => [String(storeId), Number(cursor)]))

const shardOf = (db: SearchDatabase, storeId: string): number =>
  Number(db.all('select shard from shards where storeId = ?', [storeId])[0]?.shard ?? -1)

const putDocument = (db: SearchDatabase, shard: number, document: SearchDocument) => {
  removeDocument(db, shard, document.id)
  const doc = nextDoc(db, shard)
  const { id, type, kind, text, at, conversationId, role, has, isArchived, mark } = document
  db.run(
    `insert into documents (doc, shard, id, type, kind, at, conversationId, role, has, isArchived, mark, text)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      doc,
      shard,
      id,
      type,
      tokenText(kind),
      at.getTime(),
      conversationId,
      role,
      has.length === 0 ? '' : ` ${has.join(' ')} `,
      isArchived ? 1 : 0,
      mark,
      text,
    ],
  )
  db.run('insert into words (rowid, text) values (?, ?)', [doc, tokenText(text)])
}

/** The number of a document begins with that of its shard, so that hits are counted by shard without reading documents. */
export const docsInShard = 2 ** 24

const nextDoc = (db: SearchDatabase, shard: number): number => {
  const [from, to] = [shard * docsInShard, (shard + 1) * docsInShard - 1]
  const [last] = db.all('select max(doc) as doc from documents where doc between ? and ?', [from, to])
  return last?.doc == null ? from : Number(last.doc) + 1
}

/** FTS5 wants to be told what it is to forget: the very tokens that it was given. */
const removeDocument = (db: SearchDatabase, shard: number, id: string) => {
  const [old] = db.all('select doc, text from documents where shard = ? and id = ?', [shard, id])
  if (old === undefined) return
  const doc = Number(old.doc)
  db.run("insert into words (words, rowid, text) values ('delete', ?, ?)", [doc, tokenText(String(old.text))])
  db.run('delete from documents where doc = ?', [doc])
}

const inTransaction = (db: SearchDatabase, work: () => void) => {
  db.run('begin immediate')
  try {
    work()
    db.run('commit')
  } catch (error) {
    db.run('rollback')
    throw error
  }
}

/** Whether the words are what the documents say; a database that is damaged throws. */
export const isSearchIndexSound = (db: SearchDatabase): boolean => {
  const [check] = db.all('pragma quick_check')
  const counts = db.all(
    'select (select count(*) from documents) as documents, (select count(*) from words_docsize) as words',
  )
  return Object.values(check ?? {})[0] === 'ok' && counts[0]?.documents === counts[0]?.words
}
