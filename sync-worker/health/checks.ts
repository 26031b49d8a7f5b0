import { stateOf } from '#schema/health/state.ts'
import type { HealthState } from '#schema/health/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { StoreMoving } from '#sync-worker/placement/away.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { type CellFigures, readFigures } from './figures.ts'
import { firstKnown, knownSql } from './known-spans.ts'
import type { Pulse } from './pulse.ts'

export interface CheckedCell extends CellFigures {
  readonly state: HealthState
  readonly askedUpTo: number
}

/** Asks a few objects of each cell, those in trouble first, the others in turn, and writes down what that says of it. */
export const checkCells = async (
  env: Env,
  askedUpTo: Readonly<Record<string, number>>,
  now: number,
): Promise<readonly CheckedCell[]> => {
  await ensureTables(env.DB)
  const figures = await readFigures(env, null, now)
  const cells = await Promise.all(figures.map((cell) => checkCell(env, cell, askedUpTo[cell.cellId] ?? 0, now)))
  await env.DB.batch([
    ...cells.flatMap(({ cellId, state }) => [
      env.DB.prepare('INSERT OR REPLACE INTO healthChecks VALUES (?, ?, ?)').bind(cellId, now, state),
      env.DB.prepare(
        `INSERT INTO healthDays VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (cellId, day)
         DO UPDATE SET healthy = healthy + ?3, degraded = degraded + ?4, down = down + ?5`,
      ).bind(cellId, Math.floor(now / day), +(state === 'healthy'), +(state === 'degraded'), +(state === 'down')),
    ]),
    env.DB.prepare('DELETE FROM healthChecks WHERE at <= ?').bind(now - day),
    env.DB.prepare('DELETE FROM healthDays WHERE day < ?').bind(Math.floor(now / day) - daysKept),
  ])
  return cells
}

const checkCell = async (env: Env, cell: CellFigures, upTo: number, now: number): Promise<CheckedCell> => {
  const troubled = await storesInTrouble(env.DB, cell.cellId, now)
  const turn = await storesInTurn(env.DB, cell.cellId, upTo, sampled - troubled.length)
  const storeIds = [...new Set([...troubled, ...turn.map(({ storeId }) => storeId)])]
  const pulses = await Promise.all(storeIds.map((storeId) => ask(env, storeId)))
  if (storeIds.length > 0)
    await env.DB.batch(storeIds.map((storeId, index) => noteAsked(env.DB, storeId, cell.cellId, pulses[index], now)))
  const found = {
    asked: storeIds.length,
    answered: pulses.filter((pulse) => pulse !== 'silent').length,
    calls: cell.push.count + cell.pull.count,
    pushP95Ms: cell.push.p95Ms,
    errors: cell.errors,
  }
  return { ...cell, state: stateOf(found), askedUpTo: turn.at(-1)?.place ?? 0 }
}

/** That it is moved meanwhile is an answer. */
const ask = async (env: Env, storeId: string): Promise<Pulse | 'moving' | 'silent'> =>
  Promise.race([
    askLog(env, storeId, (log) => log.pulse()).catch((error: unknown) =>
      error instanceof StoreMoving ? ('moving' as const) : ('silent' as const),
    ),
    scheduler.wait(deadline).then(() => 'silent' as const),
  ])

const storesInTrouble = async (db: D1Database, cellId: string, now: number) => {
  const { results } = await db
    .prepare(
      `SELECT storeId FROM store_health JOIN placements USING (storeId)
       WHERE store_health.cellId = ?1 AND status <> 'migrating' AND (answered = 0 OR (reportedAt > ?2 AND errors > 0)) LIMIT 2`,
    )
    .bind(cellId, now - hour)
    .all<{ storeId: string }>()
  return results.map(({ storeId }) => storeId)
}

/** Round and round: after the last one comes the first. A store on the move is watched by its desk. */
const storesInTurn = async (
  db: D1Database,
  cellId: string,
  upTo: number,
  limit: number,
): Promise<readonly { readonly storeId: string; readonly place: number }[]> => {
  const { results } = await db
    .prepare(
      `SELECT storeId, rowid AS place FROM placements WHERE cellId = ? AND rowid > ? AND status <> 'migrating'
         AND storeId NOT IN (SELECT storeId FROM erasedStores) ORDER BY rowid LIMIT ?`,
    )
    .bind(cellId, upTo, limit)
    .all<{ storeId: string; place: number }>()
  return results.length > 0 || upTo === 0 ? results : storesInTurn(db, cellId, 0, limit)
}

const noteAsked = (
  db: D1Database,
  storeId: string,
  cellId: string,
  pulse: Pulse | 'moving' | 'silent' | undefined,
  now: number,
) => {
  const isPulse = typeof pulse === 'object'
  return db
    .prepare(
      `INSERT INTO store_health (storeId, cellId, epoch, reportedAt, records, bytes, connections,
         pushes, pushMs, pushTimes, pulls, pullMs, pullTimes, errors, checkedAt, answered, known, knownUpTo)
       VALUES (?1, ?2, 1, ?3, coalesce(?4, 0), coalesce(?5, 0), coalesce(?6, 0), 0, 0, '{}', 0, 0, '{}', 0, ?3, ?7, ?8, ?9)
       ON CONFLICT (storeId) DO UPDATE SET checkedAt = ?3, answered = ?7, ${knownSql('?8', '?9')},
         records = coalesce(?4, records), bytes = coalesce(?5, bytes), connections = coalesce(?6, connections)`,
    )
    .bind(
      storeId,
      cellId,
      now,
      ...(isPulse ? [pulse.records, pulse.bytes, pulse.connections] : [null, null, null]),
      pulse === 'silent' ? 0 : 1,
      ...firstKnown(pulse !== 'silent', now),
    )
}

const sampled = 3
const deadline = 5000
const hour = 3_600_000
const day = 24 * hour
const daysKept = 30
