import { type Cell, takesStores } from '#schema/placement/cells.ts'
import { directoryStrategy, hashStrategy, pinned, rangeStrategy, type Strategy } from '#schema/placement/strategies.ts'
import type { Env } from '#sync-worker/env.ts'
import { firstPlace, objectNameFor, type Place } from '#sync-worker/placement.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { type Configured, configuredIn, currentlyConfigured, freshlyConfigured, knowCells } from './configured.ts'
import { learnt } from './learnt-cells.ts'

/**
 * Where a store's log is: by what this isolate knows, by the placement in D1, or, of a store that is new, by the strategy.
 * What is known may be out of date: then the object that is found says where its log went, and a place of a higher epoch
 * takes over.
 */
export const placeOf = async (env: Env, storeId: string): Promise<Place> => {
  const place = known.get(storeId) ?? (await readPlace(env.DB, storeId)) ?? (await placeNew(env, storeId))
  learnPlace(storeId, place)
  await knowCells(env, place.cellId)
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

/** The object at a place, made where its cell says, if the runtime can choose. The cell has to be known (`knowCells`). */
export const logAt = (env: Env, storeId: string, place: Place) => {
  const jurisdiction = learnt().began.get(place.cellId)
  if (jurisdiction === undefined) throw new Error(`Nothing is known of the cell ${place.cellId}.`)
  const logs = jurisdiction === null ? env.STORE_LOG : within(env.STORE_LOG, jurisdiction)
  const hint = configuredIn(env).cells.find(({ cellId }) => cellId === place.cellId)?.hint ?? null
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

/** Of two that place a store at once the first one counts. A cell that was removed just now is not placed in. */
const placeNew = async (env: Env, storeId: string): Promise<Place> => {
  await insertPlace(env, storeId, await freshlyConfigured(env))
  const place = await readPlace(env.DB, storeId)
  if (place !== undefined) return place
  await insertPlace(env, storeId, await currentlyConfigured(env))
  return (await readPlace(env.DB, storeId)) ?? firstPlace
}

const insertPlace = async (env: Env, storeId: string, configured: Configured): Promise<unknown> => {
  const { cells, pins, strategy: name } = configured
  const strategy = pinned(pins, await strategyOf(env.DB, configured))
  const now = Date.now()
  const cellId = strategy({ storeId, createdAt: now }) ?? cells.find(takesStores)?.cellId ?? firstPlace.cellId
  return env.DB.prepare(
    `INSERT INTO placements (storeId, cellId, epoch, status, strategy, since, lastEpoch)
     SELECT ?1, ?2, 1, 'active', ?3, ?4, 1 WHERE ${isThere('?2')} ON CONFLICT DO NOTHING`,
  )
    .bind(storeId, cellId, pins.has(storeId) ? 'pin' : name, now)
    .run()
}

/** Nobody removed it, as far as D1 knows at this instant. */
export const isThere = (cellId: string) =>
  `coalesce((SELECT kind FROM cellChanges WHERE cellId = ${cellId} ORDER BY seq DESC LIMIT 1), '') <> 'removed'`

const strategyOf = async (db: D1Database, { cells, strategy, ranges }: Configured): Promise<Strategy> => {
  if (strategy === 'range') return rangeStrategy(cells, ranges)
  if (strategy === 'directory') return directoryStrategy(cells, await heldByCell(db))
  if (ring?.cells !== cells) ring = { cells, strategy: hashStrategy(cells) }
  return ring.strategy
}

/** Of these cells; others make another. */
let ring: { readonly cells: readonly Cell[]; readonly strategy: Strategy } | undefined

/** How many stores each cell holds. */
const heldByCell = async (db: D1Database): Promise<ReadonlyMap<string, number>> => {
  await ensureTables(db)
  const { results } = await db
    .prepare('SELECT cellId, count(*) AS stores FROM placements GROUP BY cellId')
    .all<{ cellId: string; stores: number }>()
  return new Map(results.map(({ cellId, stores }) => [cellId, stores]))
}
