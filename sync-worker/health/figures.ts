import { averageMsOf, countOf, type Histogram, quantileMsOf } from '#schema/health/histogram.ts'
import { hour, type LastError } from '#schema/health/meter.ts'
import { utilisationOf } from '#schema/health/state.ts'
import type { Times } from '#schema/health/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { freshlyConfigured } from '#sync-worker/placement/configured.ts'
import { policyIn } from '#sync-worker/placement/policy.ts'

export interface CellFigures {
  readonly cellId: string
  readonly stores: number
  readonly records: number
  readonly bytes: number
  readonly connections: number
  readonly utilisation: number
  readonly push: Times
  readonly pull: Times
  readonly errors: number
  readonly lastError: LastError | null
}

/** Of each cell, what its stores reported: of one owner, or of all. Times and errors are those of the last hour. */
export const readFigures = async (env: Env, ownerId: string | null, now: number): Promise<readonly CellFigures[]> => {
  const { DB } = env
  const [held, calls, times, policy] = await Promise.all([
    DB.prepare(heldSql).bind(ownerId).all<Held>(),
    DB.prepare(callsSql)
      .bind(now - hour, ownerId)
      .all<Calls>(),
    DB.prepare(timesSql)
      .bind(now - hour, ownerId)
      .all<Bucket>(),
    policyIn(DB),
  ])
  const { cells } = await freshlyConfigured(env)
  const cellIds = new Set([...cells.map(({ cellId }) => cellId), ...held.results.map(({ cellId }) => cellId)])
  return [...cellIds].map((cellId) => {
    const holds = held.results.find((row) => row.cellId === cellId) ?? nothingHeld
    const had = calls.results.find((row) => row.cellId === cellId)
    const counts = (what: string) =>
      Object.fromEntries(
        times.results.filter((row) => row.cellId === cellId && row.what === what).map((row) => [row.bucket, row.count]),
      )
    const { lastErrorAt, lastError, stores, records, bytes, connections } = holds
    return {
      cellId,
      stores,
      records,
      bytes,
      connections,
      utilisation: utilisationOf(holds, policy),
      push: timesOf({ sumMs: had?.pushMs ?? 0, counts: counts('push') }),
      pull: timesOf({ sumMs: had?.pullMs ?? 0, counts: counts('pull') }),
      errors: had?.errors ?? 0,
      lastError: lastErrorAt === null || lastError === null ? null : { at: lastErrorAt, what: lastError },
    }
  })
}

export const timesOf = (histogram: Histogram): Times => ({
  count: countOf(histogram),
  averageMs: rounded(averageMsOf(histogram)),
  p95Ms: rounded(quantileMsOf(histogram, 0.95)),
})

const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms * 10) / 10)

const isOf = (owner: string) =>
  `(${owner} IS NULL OR store_health.storeId IN (SELECT storeId FROM stores WHERE ownerId = ${owner}))`

/** SQLite takes the other columns from the row of the maximum. */
const heldSql = `
  SELECT placements.cellId, count(*) AS stores, coalesce(sum(records), 0) AS records, coalesce(sum(bytes), 0) AS bytes,
    coalesce(sum(connections), 0) AS connections, max(lastErrorAt) AS lastErrorAt, lastError
  FROM placements LEFT JOIN store_health ON store_health.storeId = placements.storeId
  WHERE ?1 IS NULL OR placements.storeId IN (SELECT storeId FROM stores WHERE ownerId = ?1)
  GROUP BY placements.cellId`

const callsSql = `
  SELECT cellId, sum(pushMs) AS pushMs, sum(pullMs) AS pullMs, sum(errors) AS errors
  FROM store_health WHERE reportedAt > ?1 AND ${isOf('?2')} GROUP BY cellId`

const timesSql = ['push', 'pull']
  .map(
    (what) => `
  SELECT cellId, '${what}' AS what, key AS bucket, sum(value) AS count FROM store_health, json_each(${what}Times)
  WHERE reportedAt > ?1 AND ${isOf('?2')} GROUP BY cellId, key`,
  )
  .join(' UNION ALL ')

interface Held {
  readonly cellId: string
  readonly stores: number
  readonly records: number
  readonly bytes: number
  readonly connections: number
  readonly lastErrorAt: number | null
  readonly lastError: string | null
}

const nothingHeld = { stores: 0, records: 0, bytes: 0, connections: 0, lastErrorAt: null, lastError: null }

interface Calls {
  readonly cellId: string
  readonly pushMs: number
  readonly pullMs: number
  readonly errors: number
}

interface Bucket {
  readonly cellId: string
  readonly what: string
  readonly bucket: string
  readonly count: number
}
