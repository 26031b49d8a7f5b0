import type { Env } from '#sync-worker/env.ts'
import { letOthersIn } from '#sync-worker/let-others-in.ts'
import { graceTime, type Move, type Step } from './move.ts'
import type { Survey } from './move-parties.ts'
import { forgetPlace, logAt } from './places.ts'
import { type Extent, isLog } from './table-copy.ts'

/**
 * The steps of a move. Each may be done again, wholly or in part: whoever died in the middle begins it anew.
 *
 *     planned ─► copying ─► verifying ─► fencing ─► cutting over ─► handing over ─► settling ─► grace ─► cleaned
 *        └───────────┴──────────┴───────────┴─► rolling back ─► rolled back
 *
 * One owner at every instant. Who takes writes is said by each object for itself (`handover.ts`): the source until it is
 * fenced, the target from `handing over` on. The fence stands in the source's database, not in anybody's memory and with
 * no time at which it ends: it is lifted by a rollback, which comes before the cut-over only, or it becomes the tombstone.
 * The target is activated only after the source became that. So at no instant do both take writes, whoever crashes; and
 * what the source took was copied, because the last rows are read behind the fence and both sides are compared.
 * Who is asked follows from one row in D1, which changes in one statement, between fence and activation: whoever reads the
 * old or the new place there in between finds nobody who writes, and waits.
 */
export const steps: Readonly<Record<Step, (env: Env, move: Move, now: number) => Promise<Move>>> = {
  planned: async (env, move) => {
    const { storeId, moveId, from, to } = move
    const [marked] = await env.DB.batch([
      env.DB.prepare(
        `UPDATE placements SET status = 'migrating', moveId = ?2, lastEpoch = max(lastEpoch, ?3)
         WHERE storeId = ?1 AND epoch = ?4 AND coalesce(moveId, ?2) = ?2`,
      ).bind(storeId, moveId, to.epoch, from.epoch),
    ])
    if (marked?.meta.changes !== 1) throw new Error('The store is not where this move expects it.')
    await targetOf(env, move).receive(moveId)
    return { ...move, step: 'copying' }
  },

  copying: async (env, move) => {
    const { events, bytes, extents } = await sourceOf(env, move).survey()
    let { copied } = move
    let rows = 0
    for (const extent of extents.filter(({ table }) => isLog(table))) {
      const taken = await targetOf(env, move).take(move.moveId, move.from, extent)
      if (extent.table.startsWith('eventlog_')) copied = taken.last
      rows += taken.rows
    }
    return { ...move, events, bytes, copied, step: rows < fewRows && copied === events ? 'verifying' : 'copying' }
  },

  verifying: async (env, move) => {
    const { extents } = await targetOf(env, move).survey()
    const logs = extents.filter(({ table }) => isLog(table))
    const different = await firstDifferent(logs, (extent) => areEqual(env, move, extent))
    if (different !== undefined) return rolledBackFor(move, `The copies of ${different} differ.`)
    const keys: readonly Extent[] = await sourceOf(env, move).lend(move.moveId)
    const differentKeys = await firstDifferent(keys, (extent) => finish(env, move, extent))
    if (differentKeys !== undefined) return rolledBackFor(move, `The copies of ${differentKeys} differ.`)
    const verified = { ...move.verified }
    for (const { table, last } of [...logs, ...keys]) verified[table] = last
    const { events } = await sourceOf(env, move).survey()
    // What was written meanwhile is more than the fence should wait for: once more, from here on.
    return { ...move, verified, step: events - move.copied > fewRows ? 'copying' : 'fencing' }
  },

  fencing: async (env, move, now) => {
    const fencedAt = move.fencedAt ?? now
    const extents = await sourceOf(env, move).fence(move.moveId)
    const different = await firstDifferent(extents, (extent) => finish(env, move, extent))
    const sides: readonly Survey[] = await Promise.all([sourceOf(env, move).survey(), targetOf(env, move).survey()])
    const isSame = sides[0]?.events === sides[1]?.events && sides[0]?.headHash === sides[1]?.headHash
    if (!isSame || different !== undefined) return rolledBackFor(move, 'The copies differ behind the fence.')
    const events = sides[1]?.events ?? 0
    return { ...move, fencedAt, events, copied: events, step: 'cutting over' }
  },

  'cutting over': async (env, move, now) => {
    const { storeId, moveId, from, to } = move
    await env.DB.prepare(
      `UPDATE placements SET cellId = ?3, epoch = ?4, status = 'active', moveId = NULL, since = ?5
       WHERE storeId = ?1 AND moveId = ?2 AND epoch = ?6`,
    )
      .bind(storeId, moveId, to.cellId, to.epoch, now, from.epoch)
      .run()
    const row = await env.DB.prepare('SELECT epoch FROM placements WHERE storeId = ?').bind(storeId).first('epoch')
    if (row !== to.epoch) throw new Error('The placement did not change.')
    return { ...move, step: 'handing over' }
  },

  'handing over': async (env, move) => {
    await sourceOf(env, move).retire(move.moveId, move.to)
    await targetOf(env, move).activate(move.moveId)
    forgetPlace(move.storeId)
    return { ...move, fenceMs: Date.now() - (move.fencedAt ?? 0), step: 'settling' }
  },

  settling: async (env, move, now) => {
    await sourceOf(env, move).forgetKeys(move.moveId)
    await targetOf(env, move).settle(move.moveId)
    return { ...move, step: 'grace', dueAt: now + graceTime }
  },

  grace: async (env, move, now) => {
    await sourceOf(env, move).clean(move.moveId)
    return { ...move, step: 'cleaned', endedAt: now }
  },

  'rolling back': async (env, move, now) => {
    await sourceOf(env, move).lift(move.moveId)
    await targetOf(env, move).abandon(move.moveId)
    await env.DB.prepare(`UPDATE placements SET status = 'active', moveId = NULL WHERE storeId = ? AND moveId = ?`)
      .bind(move.storeId, move.moveId)
      .run()
    await sourceOf(env, move).release(move.moveId)
    return { ...move, step: 'rolled back', endedAt: now }
  },

  cleaned: async (_, move) => move,
  'rolled back': async (_, move) => move,
}

export const rolledBackFor = (move: Move, why: string): Move => ({ ...move, step: 'rolling back', why })

const sourceOf = (env: Env, { storeId, from }: Move) => logAt(env, storeId, from)
const targetOf = (env: Env, { storeId, to }: Move) => logAt(env, storeId, to)

/** What is left of a table, and whether it is equal then. */
const finish = async (env: Env, move: Move, extent: Extent): Promise<boolean> => {
  for (;;) {
    const { last } = await targetOf(env, move).take(move.moveId, move.from, extent)
    if (last >= extent.last) break
    await letOthersIn()
  }
  return areEqual(env, move, extent)
}

/** Of a table that grows from where it was compared before. */
const areEqual = async (env: Env, move: Move, { table, last }: Extent): Promise<boolean> => {
  const after = move.verified[table] ?? 0
  const [here, there] = await Promise.all([
    sourceOf(env, move).digest(table, after, last),
    targetOf(env, move).digest(table, after, last),
  ])
  return here.rows === there.rows && here.sha256 === there.sha256
}

/** The name of a table that is not the same on both sides. */
const firstDifferent = async (extents: readonly Extent[], isSame: (extent: Extent) => Promise<boolean>) => {
  const same = await Promise.all(extents.map(isSame))
  return extents.find((_, index) => same[index] === false)?.table
}

/** What is left for the fence to copy is at most about so much. */
const fewRows = 500
