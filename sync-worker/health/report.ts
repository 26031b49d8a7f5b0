import { countOf } from '#schema/health/histogram.ts'
import type { Env } from '#sync-worker/env.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { deskOf } from './desk-of.ts'
import { firstKnown, knownSql } from './known-spans.ts'
import type { Pulse } from './pulse.ts'
import { readSettings } from './settings.ts'

/**
 * Writes down what an object says of itself, and tells how many milliseconds later it is to report again. An object that is
 * the owner no more, and a store that was erased, leave nothing.
 */
export const report = async (env: Env, pulse: Pulse): Promise<number> => {
  const { DB } = env
  await ensureTables(DB)
  const { storeId, cellId, epoch, at, records, bytes, connections, push, pull, errors, lastError } = pulse
  await DB.prepare(
    `INSERT INTO store_health (storeId, cellId, epoch, reportedAt, records, bytes, connections,
       pushes, pushMs, pushTimes, pulls, pullMs, pullTimes, errors, lastErrorAt, lastError, known, knownUpTo)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18
     WHERE NOT EXISTS (SELECT 1 FROM erasedStores WHERE storeId = ?1)
     ON CONFLICT (storeId) DO UPDATE SET cellId = ?2, epoch = ?3, reportedAt = ?4, records = ?5, bytes = ?6,
       connections = ?7, pushes = ?8, pushMs = ?9, pushTimes = ?10, pulls = ?11, pullMs = ?12, pullTimes = ?13,
       errors = ?14, lastErrorAt = ?15, lastError = ?16, ${knownSql('?17', '?18')}
     WHERE excluded.epoch >= store_health.epoch`,
  )
    .bind(
      storeId,
      cellId,
      epoch,
      at,
      records,
      bytes,
      connections,
      countOf(push),
      push.sumMs,
      JSON.stringify(push.counts),
      countOf(pull),
      pull.sumMs,
      JSON.stringify(pull.counts),
      errors,
      lastError?.at ?? null,
      lastError?.what ?? null,
      ...firstKnown(true, at),
    )
    .run()
  await beginChecks(env)
  return (await readSettings(DB)).reportEveryMinutes * 60_000
}

/** Where stores report, somebody looks after them. */
const beginChecks = async (env: Env) => {
  if (begun.has(env.DB)) return
  await deskOf(env).begin()
  begun.add(env.DB)
}

const begun = new WeakSet<D1Database>()
