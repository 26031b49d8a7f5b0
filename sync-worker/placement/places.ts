import { directoryStrategy, hashStrategy, pinned, rangeStrategy, type Strategy } from '#schema/placement/strategies.ts'
import type { Env } from '#sync-worker/env.ts'
import { firstPlace, objectNameFor, type Place } from '#sync-worker/placement.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { configuredIn } from './configured.ts'

/**
 * Where a store's log is: by what this isolate knows, by the placement in D1, or, of a store that is new, by the strategy.
 * What is known may be out of date: then the object that is found says where its log went, and a place of a higher epoch
 * takes over.
 */
export const placeOf = async (env: Env, storeId: string): Promise<Place> => {
  const place = known.get(storeId) ?? (await readPlace(env.DB, storeId)) ?? (await placeNew(env, storeId))
  learnPlace(storeId, place)
  return place
}

/** Of two places the one with the higher epoch is true. */
export const learnPlace = (storeId: string, place: Place) => {
  if ((known.get(storeId)?.epoch ?? 0) >= place.epoch) return
  if (known.size >= mostKnown) known.clear()
  known.set(storeId, place)
}

/** The next one asks D1. */
export const forgetPlace = (storeId: string) => known.delete(storeId)

const known = new Map<string, Place>()
const mostKnown = 20_000

/** The object at a place, made where its cell says, if the runtime can choose. */
export const logAt = (env: Env, storeId: string, place: Place) => {
  const cell = configuredIn(env).cells.find(({ cellId }) => cellId === place.cellId)
  const logs = cell?.jurisdiction == null ? env.STORE_LOG : within(env.STORE_LOG, cell.jurisdiction)
  const hint = cell?.hint ?? null
  return logs.getByName(objectNameFor(storeId, place), hint === null ? {} : { locationHint: hint })
}

const within = (logs: Env['STORE_LOG'], jurisdiction: DurableObjectJurisdiction) => {
  try {
    return logs.jurisdiction(jurisdiction)
  } catch {
    return logs // the local runtime has none
  }
}

const readPlace = async (db: D1Database, storeId: string): Promise<Place | undefined> => {
  await ensureTables(db)
  const row = await db.prepare('SELECT cellId, epoch FROM placements WHERE storeId = ?').bind(storeId).first<Place>()
  return row ?? undefined
}

/** Of two that place a store at once the first one counts. */
const placeNew = async (env: Env, storeId: string): Promise<Place> => {
  const now = Date.now()
  const { strategy: name, pins } = configuredIn(env)
  const strategy = pinned(pins, await strategyOf(env))
  const cellId = strategy({ storeId, createdAt: now }) ?? firstPlace.cellId
  await env.DB.prepare(
    `INSERT INTO placements (storeId, cellId, epoch, status, strategy, since, lastEpoch)
     VALUES (?, ?, 1, 'active', ?, ?, 1) ON CONFLICT DO NOTHING`,
  )
    .bind(storeId, cellId, pins.has(storeId) ? 'pin' : name, now)
    .run()
  return (await readPlace(env.DB, storeId)) ?? firstPlace
}

const strategyOf = async (env: Env): Promise<Strategy> => {
  const { cells, strategy, ranges } = configuredIn(env)
  if (strategy === 'range') return rangeStrategy(cells, ranges)
  if (strategy === 'directory') return directoryStrategy(cells, await heldByCell(env.DB))
  ring ??= hashStrategy(cells)
  return ring
}

/** Of cells that are the same as long as the isolate runs. */
let ring: Strategy | undefined

/** How many stores each cell holds. */
const heldByCell = async (db: D1Database): Promise<ReadonlyMap<string, number>> => {
  await ensureTables(db)
  const { results } = await db
    .prepare('SELECT cellId, count(*) AS stores FROM placements GROUP BY cellId')
    .all<{ cellId: string; stores: number }>()
  return new Map(results.map(({ cellId, stores }) => [cellId, stores]))
}
