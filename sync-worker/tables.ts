import { rubbleTable } from './erasing/overwrite-remains.ts'
import { healthTables } from './health/tables.ts'

/**
 * Our own tables in D1, beside better-auth's. Times are milliseconds since 1970; of a token only its hash is stored.
 *
 *     stores ◄── shares ◄── grants ──► account        a grant has no role of its own: it is the share's, and ends with it
 *                  └─parentId─► shares                what an editor shared on ends with the share that let him
 */
const statements = [
  rubbleTable,
  'CREATE TABLE IF NOT EXISTS secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS stores (storeId TEXT PRIMARY KEY, ownerId TEXT NOT NULL, claimedAt INTEGER NOT NULL)',
  'CREATE INDEX IF NOT EXISTS storesByOwner ON stores (ownerId)',
  'CREATE TABLE IF NOT EXISTS milestones (name TEXT PRIMARY KEY)',
  // `lastEpoch`: the highest that a move ever tried, so that none is tried again.
  `CREATE TABLE IF NOT EXISTS placements (
    storeId TEXT PRIMARY KEY, cellId TEXT NOT NULL, epoch INTEGER NOT NULL, status TEXT NOT NULL, strategy TEXT NOT NULL,
    since INTEGER NOT NULL, lastEpoch INTEGER NOT NULL, moveId TEXT)`,
  'CREATE INDEX IF NOT EXISTS placementsByCell ON placements (cellId)',
  // What was there before placements stays where it is.
  `INSERT OR IGNORE INTO placements (storeId, cellId, epoch, status, strategy, since, lastEpoch)
   SELECT storeId, 'c1', 1, 'active', 'first', claimedAt, 1 FROM stores
   WHERE NOT EXISTS (SELECT 1 FROM milestones WHERE name = 'placements')`,
  "INSERT OR IGNORE INTO milestones VALUES ('placements')",
  // What operators did to the cells, over what the variable says; `byId` is an account.
  `CREATE TABLE IF NOT EXISTS cellChanges (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, byId TEXT NOT NULL, cellId TEXT NOT NULL, kind TEXT NOT NULL,
    change TEXT NOT NULL)`,
  // Every cell there ever was, with the jurisdiction it began with and keeps.
  'CREATE TABLE IF NOT EXISTS cells (cellId TEXT PRIMARY KEY, jurisdiction TEXT)',
  'CREATE TABLE IF NOT EXISTS pins (storeId TEXT PRIMARY KEY, cellId TEXT NOT NULL, pinnedAt INTEGER NOT NULL)',
  // As the desks of all stores told them, step by step; `endedAt` when the source is cleaned too, or it was called back.
  `CREATE TABLE IF NOT EXISTS moves (
    moveId TEXT PRIMARY KEY, storeId TEXT NOT NULL, fromCell TEXT NOT NULL, toCell TEXT NOT NULL, step TEXT NOT NULL,
    isUnderWay INTEGER NOT NULL, startedAt INTEGER NOT NULL, endedAt INTEGER, move TEXT NOT NULL)`,
  'CREATE INDEX IF NOT EXISTS movesByTime ON moves (isUnderWay, startedAt)',
  'CREATE INDEX IF NOT EXISTS movesByStore ON moves (storeId, startedAt)',
  'CREATE TABLE IF NOT EXISTS policies (seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, byId TEXT NOT NULL, policy TEXT NOT NULL)',
  'CREATE TABLE IF NOT EXISTS erasedStores (storeId TEXT PRIMARY KEY, erasedAt INTEGER NOT NULL)',
  `CREATE TABLE IF NOT EXISTS shares (
    shareId TEXT PRIMARY KEY, storeId TEXT NOT NULL, tokenHash TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
    canShare INTEGER NOT NULL, parentId TEXT, createdBy TEXT NOT NULL, createdAt INTEGER NOT NULL,
    toAccountId TEXT, expiresAt INTEGER, maxOpenings INTEGER, revokedAt INTEGER, sealed TEXT,
    redacted INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX IF NOT EXISTS sharesByStore ON shares (storeId, createdAt)',
  `CREATE TABLE IF NOT EXISTS grants (
    accountId TEXT NOT NULL, storeId TEXT NOT NULL, shareId TEXT NOT NULL, grantedAt INTEGER NOT NULL,
    PRIMARY KEY (accountId, storeId, shareId))`,
  'CREATE INDEX IF NOT EXISTS grantsByShare ON grants (shareId)',
  `CREATE TABLE IF NOT EXISTS pairings (
    codeHash TEXT PRIMARY KEY, accountId TEXT NOT NULL, sessionId TEXT NOT NULL, expiresAt INTEGER NOT NULL, usedAt INTEGER)`,
  `CREATE TABLE IF NOT EXISTS recoveries (
    id TEXT PRIMARY KEY, proofHash TEXT NOT NULL, accountId TEXT NOT NULL, keyring TEXT NOT NULL, madeAt INTEGER NOT NULL)`,
  'CREATE TABLE IF NOT EXISTS passkeyKeyrings (passkeyId TEXT PRIMARY KEY, keyring TEXT NOT NULL, madeAt INTEGER NOT NULL)',
  `CREATE TABLE IF NOT EXISTS recipients (
    storeId TEXT NOT NULL, recipientId TEXT NOT NULL, publicKey TEXT NOT NULL, proof TEXT NOT NULL,
    PRIMARY KEY (storeId, recipientId))`,
  `CREATE TABLE IF NOT EXISTS secretChanges (
    storeId TEXT NOT NULL, era INTEGER NOT NULL, change TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (storeId, era))`,
  `CREATE TABLE IF NOT EXISTS fileLinks (
    linkId TEXT PRIMARY KEY, storeId TEXT NOT NULL, keyId TEXT NOT NULL, tokenHash TEXT NOT NULL UNIQUE,
    chunks INTEGER NOT NULL, sealed TEXT NOT NULL, createdBy TEXT NOT NULL, createdAt INTEGER NOT NULL, expiresAt INTEGER,
    revokedAt INTEGER, erasedAt INTEGER, downloads INTEGER NOT NULL, lastDownloadAt INTEGER)`,
  'CREATE INDEX IF NOT EXISTS fileLinksByStore ON fileLinks (storeId, createdAt)',
  // Which objects may hold a socket of a session: they are told when it ends.
  'CREATE TABLE IF NOT EXISTS visits (sessionId TEXT NOT NULL, storeId TEXT NOT NULL, PRIMARY KEY (sessionId, storeId))',
  `CREATE TABLE IF NOT EXISTS accessLog (
    storeId TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, accountId TEXT NOT NULL, sessionId TEXT NOT NULL,
    what TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY (storeId, seq))`,
  'CREATE INDEX IF NOT EXISTS accessLogByWho ON accessLog (accountId, storeId, at)',
  ...healthTables,
]

/** What a table made by an earlier version lacks. SQLite knows no “if it is not there”. */
const added = [
  'ALTER TABLE shares ADD COLUMN sealed TEXT',
  'ALTER TABLE shares ADD COLUMN redacted INTEGER NOT NULL DEFAULT 0',
  "ALTER TABLE store_health ADD COLUMN known TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE store_health ADD COLUMN knownUpTo INTEGER NOT NULL DEFAULT 0',
]

const ignoreDuplicate = (error: unknown) => {
  if (!/duplicate column name/.test(String(error))) throw error
}

/**
 * Makes the tables at first use; to make them twice, or at the same time, harms nothing. What is kept is that it was
 * done, never the promise: one of a request that was cancelled would never end.
 */
export const ensureTables = async (db: D1Database): Promise<void> => {
  if (made.has(db)) return
  await db.batch(statements.map((sql) => db.prepare(sql)))
  for (const sql of added) await db.prepare(sql).run().catch(ignoreDuplicate)
  made.add(db)
}

const made = new WeakSet<D1Database>()
