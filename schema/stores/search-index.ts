import type { ReplayDatabase, SqlValue } from './replay-database.ts'
import { conversationsIn, freeDocs } from './search-numbers.ts'
import { type PackedText, packText, unpackText } from './search-packing.ts'
import { tokenText } from './search-tokens.ts'

/**
 * What search looks into: the texts of all shards, in one SQLite with FTS5, apart from every store.
 *
 *     shard ──rows that changed──► writeShard ──► documents (text, packed; who, when, where)
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
  readonly type: (typeof documentTypes)[number]
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

/** Products have ids of their own, and a message and a conversation of one may have the same. */
export type DocumentName = Pick<SearchDocument, 'type' | 'id'>

/** Each is kept as its place in this list; a new one comes last. */
export const documentTypes = ['conversation', 'memory', 'message', 'attachment'] as const

export interface SearchedShard {
  readonly storeId: string
  readonly personaId: string
  readonly personaName: string
  readonly isArchived: boolean
}

export interface ShardChanges extends SearchedShard {
  readonly put: readonly SearchDocument[]
  /** What is gone: deleted, forgotten or erased. */
  readonly removed: readonly DocumentName[]
  /** How far the shard is indexed with this: the number of its last event, or `unfinished`. */
  readonly cursor: number
}

/** The cursor of a shard of which more is to be written. */
export const unfinished = -1

/** Raised when tokens, packing or tables change: an index of another revision is thrown away and made anew. */
const searchRevision = 3

/** True if it was empty or of another revision, and now has to be filled. */
export const openSearchIndex = (db: SearchDatabase): boolean => {
  db.run('pragma secure_delete = on')
  const [revision] = db.all('pragma user_version').map((row) => Number(Object.values(row)[0]))
  if (revision === searchRevision) return false
  db.run(`
    drop table if exists words; drop table if exists documents; drop table if exists conversations;
    drop table if exists blocks; drop table if exists shards;
    create table shards (
      shard integer primary key, storeId text not null unique, personaId text not null, personaName text not null,
      searchName text not null, isArchived integer not null, cursor integer not null
    );
    create table blocks (block integer primary key, shard integer not null);
    create index blocks_by_shard on blocks (shard);
    create table conversations (conversation integer primary key, shard integer not null, id text not null);
    create unique index conversations_by_id on conversations (shard, id);
    create table documents (
      doc integer primary key, shard integer not null, id text not null, type integer not null, kind text not null,
      at integer not null, conversation integer not null, role text not null, has text not null,
      isArchived integer not null, mark integer not null, text not null
    );
    create unique index documents_by_id on documents (shard, id, type);
    create index documents_archived on documents (conversation) where isArchived = 1;
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
    for (const name of changes.removed) removeDocument(db, shard, name)
    const numbers = { freeDoc: freeDocs(db, shard), conversationOf: conversationsIn(db, shard) }
    for (const document of changes.put) putDocument(db, shard, document, numbers)
  })

/** Takes all of a shard out: its persona was erased, or is no longer shared. */
export const removeShard = (db: SearchDatabase, storeId: string): void =>
  inTransaction(db, () => {
    const shard = shardOf(db, storeId)
    for (const doc of docsIn(db, 'shard = ?', [shard])) remove(db, doc)
    for (const table of ['conversations', 'blocks', 'shards']) db.run(`delete from ${table} where shard = ?`, [shard])
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
        documentTypes.indexOf(type),
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
    const them = 'id in (select value from json_each(?2))'
    const inThem = `conversation in (select conversation from conversations where shard = ?1 and ${them})`
    for (const doc of docsIn(db, `shard = ?1 and (${them} or ${inThem})`, [shard, wanted])) remove(db, doc)
    db.run(`delete from conversations where shard = ?1 and ${them}`, [shard, wanted])
  })

/** How far each shard is indexed. */
export const searchCursors = (db: SearchDatabase): ReadonlyMap<string, number> =>
  new Map(db.all('select storeId, cursor from shards').map(({ storeId, cursor }) => [String(storeId), Number(cursor)]))

const shardOf = (db: SearchDatabase, storeId: string): number =>
  Number(db.all('select shard from shards where storeId = ?', [storeId])[0]?.shard ?? -1)

/** What is written over keeps its number. */
const putDocument = (
  db: SearchDatabase,
  shard: number,
  document: SearchDocument,
  { freeDoc, conversationOf }: { readonly freeDoc: () => number; readonly conversationOf: (id: string) => number },
) => {
  const doc = removeDocument(db, shard, document) ?? freeDoc()
  const { id, type, kind, text, at, conversationId, role, has, isArchived, mark } = document
  db.run(
    `insert into documents (doc, shard, id, type, kind, at, conversation, role, has, isArchived, mark, text)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      doc,
      shard,
      id,
      documentTypes.indexOf(type),
      tokenText(kind),
      at.getTime(),
      conversationOf(conversationId),
      role,
      has.length === 0 ? '' : ` ${has.join(' ')} `,
      isArchived ? 1 : 0,
      mark,
      packText(text),
    ],
  )
  db.run('insert into words (rowid, text) values (?, ?)', [doc, tokenText(text)])
}

const removeDocument = (db: SearchDatabase, shard: number, { type, id }: DocumentName): number | undefined => {
  const [doc] = docsIn(db, 'shard = ? and id = ? and type = ?', [shard, id, documentTypes.indexOf(type)])
  if (doc !== undefined) remove(db, doc)
  return doc
}

const docsIn = (db: SearchDatabase, where: string, binds: readonly SqlValue[]): readonly number[] =>
  db.all(`select doc from documents where ${where}`, binds).map(({ doc }) => Number(doc))

/** FTS5 wants to be told what it is to forget: the very tokens that it was given. */
const remove = (db: SearchDatabase, doc: number) => {
  const [old] = db.all('select text from documents where doc = ?', [doc])
  const text = unpackText(old?.text as PackedText) // as `putDocument` wrote it
  db.run("insert into words (words, rowid, text) values ('delete', ?, ?)", [doc, tokenText(text)])
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
