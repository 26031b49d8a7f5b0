import type { StoreLoad } from '#schema/placement/planner.ts'
import type { Env } from '#sync-worker/env.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { askLog } from './ask-log.ts'
import { configuredIn } from './configured.ts'

interface Figures {
  readonly stores: number
  readonly records: number
  readonly bytes: number
  readonly connections: number
}

/** What each cell holds, as stores reported it: of one account, or of all. */
export const figuresByCell = async (
  db: D1Database,
  accountId: string | null,
): Promise<ReadonlyMap<string, Figures>> => {
  await ensureTables(db)
  const { results } = await db
    .prepare(
      `SELECT placements.cellId, count(*) AS stores, coalesce(sum(records), 0) AS records,
         coalesce(sum(bytes), 0) AS bytes, coalesce(sum(connections), 0) AS connections
       FROM placements LEFT JOIN store_health USING (storeId)
       WHERE ?1 IS NULL OR storeId IN (SELECT storeId FROM stores WHERE ownerId = ?1) GROUP BY placements.cellId`,
    )
    .bind(accountId)
    .all<Figures & { readonly cellId: string }>()
  return new Map(results.map(({ cellId, ...figures }) => [cellId, figures]))
}

export interface Measured extends StoreLoad {
  /** By its owner or by the variable, and not because it was moved just now. */
  readonly hasPin: boolean
  readonly isErased: boolean
}

/** What a plan is made from: of one account, or of all. */
export const measuredStores = async (env: Env, accountId: string | null, now: number): Promise<readonly Measured[]> => {
  const { DB } = env
  await ensureTables(DB)
  const { results } = await DB.prepare(
    `SELECT storeId, placements.cellId, placements.epoch > 1 AND since > ?2 AS movedJustNow, pins.storeId IS NOT NULL AS hasPin,
       records, bytes, connections, CASE WHEN reportedAt > ?3 THEN pushes ELSE 0 END AS pushes,
       erasedStores.storeId IS NOT NULL AS isErased
     FROM placements LEFT JOIN store_health USING (storeId) LEFT JOIN pins USING (storeId)
       LEFT JOIN erasedStores USING (storeId)
     WHERE ?1 IS NULL OR storeId IN (SELECT storeId FROM stores WHERE ownerId = ?1) ORDER BY storeId`,
  )
    .bind(accountId, now - restTime, now - hour)
    .all<Row>()
  const measured = await measure(
    env,
    results.filter((row) => row.records === null && row.isErased === 0),
  )
  const { pins } = configuredIn(env)
  return results.map(({ storeId, cellId, movedJustNow, hasPin, isErased, records, bytes, connections, pushes }) => ({
    storeId,
    cellId,
    records: records ?? measured.get(storeId)?.events ?? 0,
    bytes: bytes ?? measured.get(storeId)?.bytes ?? 0,
    connections: connections ?? 0,
    pushes,
    hasPin: hasPin === 1 || pins.has(storeId),
    isPinned: hasPin === 1 || pins.has(storeId) || movedJustNow === 1,
    isErased: isErased === 1,
  }))
}

/** Some of the stores that never reported: these are asked. The others count as empty until the next look. */
const measure = async (env: Env, rows: readonly Row[]) => {
  const asked = rows.slice(0, mostAsked)
  const surveys = new Map<string, { readonly events: number; readonly bytes: number }>()
  for (let from = 0; from < asked.length; from += askedAtOnce)
    await Promise.all(
      asked.slice(from, from + askedAtOnce).map(async ({ storeId }) => {
        const survey = await askLog(env, storeId, (log) => log.measure()).catch(() => undefined) // or it is moved just now
        if (survey !== undefined) surveys.set(storeId, survey)
      }),
    )
  return surveys
}

interface Row {
  readonly storeId: string
  readonly cellId: string
  readonly movedJustNow: number
  readonly hasPin: number
  readonly isErased: number
  readonly records: number | null
  readonly bytes: number | null
  readonly connections: number | null
  readonly pushes: number
}

const hour = 3_600_000
/** So long a store that was moved stays where it is, or one whose pushes come and go would wander. */
const restTime = 24 * hour
const mostAsked = 100
const askedAtOnce = 10
