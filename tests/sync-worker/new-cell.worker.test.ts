import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { Schema } from 'effect'
import { expect, test, vi } from 'vitest'
import { RebalanceSaid } from '#schema/placement/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { putCell } from '#sync-worker/placement/cell-calls.ts'
import { findMoves } from '#sync-worker/placement/find-moves.ts'
import { firstPolicy } from '#sync-worker/placement/policy.ts'
import { putPolicy, runRebalance, showRebalance } from '#sync-worker/placement/rebalance-calls.ts'
import type { Rebalancer } from '#sync-worker/placement/rebalancer.ts'
import { rebalancerOf } from '#sync-worker/placement/the-rebalancer.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { makeCaller } from './calls.ts'

vi.setConfig({ testTimeout: 120_000 })

const env = { ...(bindings as unknown as Env), OPERATORS: 'olga' } // the pool reads wrangler.toml, and types nothing of it
const ask = makeCaller(env)

const standing = async () => Schema.decodeUnknownSync(RebalanceSaid)((await ask('olga', showRebalance)).said)

const add = (cellId: string) => ask('olga', putCell, { params: { cellId }, body: {} })

test('[HE37] [HE38] when a cell is added the rebalancer looks at once, and what should go to it is suggested, unless it is off', async () => {
  await ensureTables(env.DB)
  for (const cellId of ['c1', 'c2', 'c3', 'c4']) await place(cellId, 15)
  await ask('olga', runRebalance, { body: { act: false } })
  expect(await standing()).toMatchObject({ last: { suggested: 0 }, suggestions: [] })

  await ask('olga', putPolicy, { body: { ...firstPolicy, mode: 'off' } })
  await add('c5')
  expect((await standing()).nextAt).toBeNull()
  await ask('olga', putPolicy, { body: firstPolicy }) // what was due is due still
  await runInDurableObject(rebalancerOf(env) as unknown as DurableObjectStub<Rebalancer>, (instance: Rebalancer) =>
    instance.run(Date.now()),
  )
  const { suggestions, underWay, waiting } = await standing()
  expect(suggestions).toHaveLength(12)
  expect(new Set(suggestions.map(({ to, why }) => `${to}: ${why}`))).toEqual(
    new Set(['c5: c5 holds less than its share.']),
  )
  expect([underWay, waiting]).toEqual([0, 0])
  expect(await findMoves({ ...env, PLACEMENT: 'range' }, Date.now())).toEqual([])
})

/** Stores of a hundred records each, as they reported it. */
const place = (cellId: string, count: number) =>
  env.DB.batch(
    Array.from({ length: count }, (_, n) => `persona_${cellId}x${n}`).flatMap((storeId) => [
      env.DB.prepare("INSERT INTO placements VALUES (?, ?, 1, 'active', 'hash', 1, 1, NULL)").bind(storeId, cellId),
      env.DB.prepare(
        `INSERT INTO store_health (storeId, cellId, epoch, reportedAt, records, bytes, connections, pushes, pushMs, pushTimes,
           pulls, pullMs, pullTimes, errors) VALUES (?, ?, 1, 1, 100, 10000, 0, 0, 0, '{}', 0, 0, '{}', 0)`,
      ).bind(storeId, cellId),
    ]),
  )
