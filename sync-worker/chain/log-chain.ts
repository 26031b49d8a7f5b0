import { PERSISTENCE_FORMAT_VERSION } from '@livestore/sync-cf/cf-worker'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { type Entry, entryFormat, type LogStart, linkHash, startHash } from '#proof/chain.ts'
import type { PushedEvent } from '#sync-worker/batch-check.ts'

/**
 * The chain over what was accepted, beside LiveStore's log in the same database.
 *
 *     pushed ─► expected (who) ─► LiveStore appends ─► chained: actor, hash
 *                    └ kept in memory ┘
 *
 * Invariants: the chain is never ahead of the log, and behind it only until the next push, page or start. An event whose
 * sender is not remembered by then, since the object died in between or the log is older than the chain, is chained as
 * found: without an actor, with the time.
 */
export const makeLogChain = (sql: SqlStorage, storeId: string, epoch: number) => {
  const log = `"eventlog_${PERSISTENCE_FORMAT_VERSION}_${storeId}"`
  const context = `context_${PERSISTENCE_FORMAT_VERSION}`
  sql.exec(`CREATE TABLE IF NOT EXISTS chain (
    n INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, actor TEXT, foundAt INTEGER, hash TEXT NOT NULL)`)

  const expected = new Map<string, { readonly n: number; readonly actor: string }>()
  let hasLog = false
  let last: { readonly n: number; readonly hash: Uint8Array } | undefined

  const logIsThere = () => {
    hasLog ||= sql.exec('SELECT 1 FROM sqlite_schema WHERE name = ?', context).toArray().length > 0
    return hasLog
  }

  const start = (): LogStart => {
    const [named] = logIsThere()
      ? sql.exec<{ logId: string }>(`SELECT backendId AS logId FROM ${context}`).toArray()
      : []
    const [first] = sql.exec<{ epoch: number }>('SELECT epoch FROM chain ORDER BY n LIMIT 1').toArray()
    return { storeId, epoch: first?.epoch ?? epoch, logId: named?.logId ?? '' }
  }

  const lastLink = () => {
    const [row] = sql.exec<{ n: number; hash: string }>('SELECT n, hash FROM chain ORDER BY n DESC LIMIT 1').toArray()
    return row === undefined ? { n: 0, hash: startHash(start()) } : { n: row.n, hash: hexToBytes(row.hash) }
  }

  const linkAll = (rows: readonly LogRow[], from: { readonly n: number; readonly hash: Uint8Array }, now: number) => {
    let { hash } = from
    const links = rows.map((row) => {
      const actor = expected.get(keyOf(row.n, row.args))?.actor ?? null
      const link = { epoch, actor, foundAt: actor === null ? now : null }
      hash = linkHash(hash, { ...rowToEntry(storeId, row), ...link })
      return [row.n, link.epoch, link.actor, link.foundAt, bytesToHex(hash)]
    })
    sql.exec(
      `INSERT INTO chain (n, epoch, actor, foundAt, hash)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)`,
      JSON.stringify(links),
    )
    return { n: rows.at(-1)?.n ?? from.n, hash }
  }

  return {
    start,

    /** Who pushes these events, if LiveStore takes them, which it does only at the end of the log. */
    expect: (batch: readonly PushedEvent[], actor: string) => {
      if (batch[0]?.parentSeqNum !== (last?.n ?? 0)) return
      for (const { seqNum, args } of batch) expected.set(keyOf(seqNum, JSON.stringify(args)), { n: seqNum, actor })
      for (const key of expected.keys()) {
        if (expected.size <= maxExpected) break
        expected.delete(key)
      }
    },

    /** Chains what is in the log and not in the chain yet. Gives the last event that is. */
    extend: (now: number): number => {
      if (!logIsThere()) return 0
      last ??= lastLink()
      for (;;) {
        const rows = sql.exec<LogRow>(
          `SELECT ${logColumns} FROM ${log} WHERE seqNum > ? ORDER BY seqNum LIMIT ${rowsAtOnce}`,
          last.n,
        )
        const read = rows.toArray()
        if (read.length === 0) break
        last = linkAll(read, last, now)
      }
      for (const [key, { n }] of expected) if (n <= last.n) expected.delete(key)
      return last.n
    },

    /** A log that lost its end, as a backup brought back has, goes on from what it still holds. Devices tell by what they saw. */
    trim: () => {
      if (logIsThere()) sql.exec(`DELETE FROM chain WHERE n > (SELECT coalesce(max(seqNum), 0) FROM ${log})`)
    },

    hashAt: (n: number): string | null => {
      if (n === 0) return bytesToHex(startHash(start()))
      return sql.exec<{ hash: string }>('SELECT hash FROM chain WHERE n = ?', n).toArray()[0]?.hash ?? null
    },

    /** The entries after an event, read only as far as somebody goes. */
    entriesAfter: function* (n: number, limit: number): Iterable<Entry> {
      if (!logIsThere()) return
      const rows = sql.exec<LogRow & Link>(
        `SELECT ${logColumns}, epoch, actor, foundAt, hash FROM ${log} JOIN chain ON chain.n = seqNum
         WHERE seqNum > ? ORDER BY seqNum LIMIT ?`,
        n,
        limit,
      )
      for (const row of rows) {
        const { epoch, actor, foundAt, hash } = row
        yield { ...rowToEntry(storeId, row), epoch, actor, foundAt, hash }
      }
    },
  }
}

export type LogChain = ReturnType<typeof makeLogChain>

/** Columns of LiveStore's table. A type, not an interface: the runtime asks for an index. */
type LogRow = {
  readonly n: number
  readonly parent: number
  readonly name: string
  readonly args: string
  readonly device: string
  readonly session: string
  readonly createdAt: string
}
const logColumns = `seqNum AS n, parentSeqNum AS parent, name, coalesce(args, '') AS args, clientId AS device,
  sessionId AS session, createdAt`

type Link = Pick<Entry, 'epoch' | 'actor' | 'foundAt' | 'hash'>

const rowToEntry = (storeId: string, { createdAt, n, parent, name, args, device, session }: LogRow) => ({
  format: entryFormat,
  storeId,
  n,
  parent,
  name,
  args,
  device,
  session,
  acceptedAt: Date.parse(createdAt) || 0, // LiveStore writes it; whoever changed it on disk is found out by the hash
})

/** A sealed event is never the same as another: its nonce is drawn. Its beginning holds that, or as much of the ciphertext. */
const keyOf = (n: number, args: string) => `${n} ${args.length} ${args.slice(0, 120)}`

/** Of pushes that lost the race for the end of the log something may stay, until the log has passed it. */
const maxExpected = 20_000

/** The runtime keeps as many rows in memory; a batch has at most 100. */
const rowsAtOnce = 256
