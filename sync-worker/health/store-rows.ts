import { hour } from '#schema/health/meter.ts'
import { stateOf } from '#schema/health/state.ts'
import type { StoreHealth } from '#schema/health/wire.ts'
import { isoOf } from '#sync-worker/api-call.ts'
import { timesOf } from './figures.ts'
import { type KnownSpans, knownUptime } from './known-spans.ts'

/** Of one account, or of all for whoever operates: the worst first, at most 500. */
export const readStores = async (
  db: D1Database,
  accountId: string,
  isOperator: boolean,
  now: number,
): Promise<readonly StoreHealth[]> => {
  const { results } = await db
    .prepare(
      `SELECT store_health.*, coalesce(ownerId = ?1, 0) AS isMine
       FROM store_health LEFT JOIN stores ON stores.storeId = store_health.storeId WHERE ?2 OR ownerId = ?1
       ORDER BY answered IS 0 DESC, reportedAt > ?3 AND errors > 0 DESC, bytes DESC LIMIT 500`,
    )
    .bind(accountId, isOperator ? 1 : 0, now - hour)
    .all<Row>()
  return results.map((row) => rowToHealth(row, now))
}

const rowToHealth = (row: Row, now: number): StoreHealth => {
  const { storeId, cellId, records, bytes, connections, lastErrorAt, lastError, checkedAt, reportedAt, answered } = row
  const isRecent = reportedAt > now - hour
  const push = timesOf({ sumMs: row.pushMs, counts: isRecent ? JSON.parse(row.pushTimes) : {} }) // a report wrote them
  const pull = timesOf({ sumMs: row.pullMs, counts: isRecent ? JSON.parse(row.pullTimes) : {} })
  const errors = isRecent ? row.errors : 0
  return {
    storeId,
    cellId,
    records,
    bytes,
    connections,
    push,
    pull,
    errors,
    isMine: row.isMine === 1,
    reportedAt: isoOf(reportedAt),
    state: stateOf({
      asked: 1,
      answered: answered ?? 1,
      calls: push.count + pull.count,
      pushP95Ms: push.p95Ms,
      errors,
    }),
    utilisation: Math.max(bytes / mostBytes, connections / mostConnections),
    lastError: lastErrorAt === null || lastError === null ? null : { at: isoOf(lastErrorAt), what: lastError },
    uptime: knownUptime(row, now),
    checkedAt: checkedAt === null ? null : isoOf(checkedAt),
  }
}

/** What one object can hold on Cloudflare. */
export const mostBytes = 10_000_000_000
const mostConnections = 32_768

interface Row extends KnownSpans {
  readonly storeId: string
  readonly cellId: string
  readonly isMine: number
  readonly reportedAt: number
  readonly records: number
  readonly bytes: number
  readonly connections: number
  readonly pushMs: number
  readonly pushTimes: string
  readonly pullMs: number
  readonly pullTimes: string
  readonly errors: number
  readonly lastErrorAt: number | null
  readonly lastError: string | null
  readonly checkedAt: number | null
  readonly answered: number | null
}
