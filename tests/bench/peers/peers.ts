/** Whom PJai stands beside, and how each is used: as its own documentation says, with what it has for the job. */
export interface PeerInfo {
  readonly page: string
  readonly name: string
  /** Whose version stands beside the name; PJai's own is not on the registry. */
  readonly packageName?: string
  readonly usage: string
  /** Its page decides and shows, a worker of its own owns the files. */
  readonly hasLeader?: true
}

export const pjai: PeerInfo = {
  page: 'pjai',
  name: 'PJai',
  usage:
    'its own store of a persona with journal, sealing and sync, offline; one fact for an append, facts of 500 rows for many; durable once its journal has it, in IndexedDB with strict durability; words are found by scanning the texts',
  hasLeader: true,
}

export const others: readonly PeerInfo[] = [
  {
    page: 'sqlite',
    name: 'SQLite wasm',
    packageName: '@sqlite.org/sqlite-wasm',
    usage:
      'the limit: one file in OPFS by its access handle pool, in a worker, prepared statements, one transaction an act, FTS5; it has no log and no live query: one asks again after each write',
  },
  {
    page: 'unsharded',
    name: 'one unsharded database',
    packageName: '@sqlite.org/sqlite-wasm',
    usage: 'the same file with ten personas in it, one of which is asked; every index begins with the persona',
  },
  {
    page: 'livestore',
    name: 'LiveStore alone',
    packageName: '@livestore/livestore',
    usage:
      'its adapter for OPFS without a sync backend; one table, one event a row; durable once its worker has it; words are found by scanning the texts',
    hasLeader: true,
  },
  {
    page: 'dexie',
    name: 'Dexie',
    packageName: 'dexie',
    usage:
      'IndexedDB with strict durability; an index on importance, `liveQuery`, and an index with an entry for every word, as its sample of full text does',
  },
  {
    page: 'rxdb',
    name: 'RxDB',
    packageName: 'rxdb',
    usage:
      'its free storage, which is Dexie, with strict durability; an index on importance, its observable queries with event reduce; words by a regular expression',
  },
  {
    page: 'tinybase',
    name: 'TinyBase',
    packageName: 'tinybase',
    usage:
      'a store in memory whose OPFS persister writes all of it as one JSON file whenever something is saved; sorted row ids and their listener; words by a pass over the rows',
  },
  {
    page: 'pglite',
    name: 'PGlite',
    packageName: '@electric-sql/pglite',
    usage:
      'Postgres in its worker on OPFS (`opfs-ahp`), strict durability; an index on importance, its `live` extension, a GIN index of words',
  },
  {
    page: 'fireproof',
    name: 'Fireproof',
    packageName: '@fireproof/core',
    usage:
      'its gateway for IndexedDB, encrypted as it comes; its index on importance, `subscribe` and asking again; words by a pass over all documents',
  },
]

export const peers: readonly PeerInfo[] = [pjai, ...others]
