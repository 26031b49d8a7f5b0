import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { Schema } from 'effect'
import { beforeEach, expect, test, vi } from 'vitest'
import {
  AccountMovesSaid,
  MoveDaysSaid,
  MovesSaid,
  PinSaid,
  PlacementsSaid,
  PlanSaid,
  PolicyChangesSaid,
  RebalanceSaid,
} from '#schema/placement/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { moveAccount } from '#sync-worker/placement/account-moves.ts'
import { putCell } from '#sync-worker/placement/cell-calls.ts'
import { startMove } from '#sync-worker/placement/move-calls.ts'
import { listMoveDays } from '#sync-worker/placement/move-days.ts'
import { pinStore, unpinStore } from '#sync-worker/placement/pin-calls.ts'
import { listAllMoves, listPlacements } from '#sync-worker/placement/placement-lists.ts'
import { forgetPlace, placeOf } from '#sync-worker/placement/places.ts'
import { firstPolicy } from '#sync-worker/placement/policy.ts'
import {
  listPolicyChanges,
  planRebalance,
  putPolicy,
  runRebalance,
  showRebalance,
} from '#sync-worker/placement/rebalance-calls.ts'
import type { Rebalancer } from '#sync-worker/placement/rebalancer.ts'
import { rebalancerOf } from '#sync-worker/placement/the-rebalancer.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { makeCaller } from './calls.ts'

vi.setConfig({ testTimeout: 120_000 })

const env = { ...(bindings as unknown as Env), OPERATORS: 'olga' } // the pool reads wrangler.toml, and types nothing of it
const ask = makeCaller(env)

beforeEach(async () => {
  await ensureTables(env.DB)
  await env.DB.batch(
    ['placements', 'stores', 'store_health', 'pins', 'moves', 'policies'].map((table) =>
      env.DB.prepare(`DELETE FROM ${table}`),
    ),
  )
  await ask('olga', putCell, { params: { cellId: 'c1' }, body: { draining: false } })
  await runInDurableObject(rebalancer(), (_, { storage }) => {
    for (const table of ['queue', 'suggestions', 'started', 'looks', 'days']) storage.sql.exec(`DELETE FROM ${table}`)
  })
})

test('[RG10] it looks once an hour and suggests, each with a sentence; acts only when it is allowed to, and never when it is off', async () => {
  await place('c1', { a: 60_000, b: 50_000 }, 'ann')
  await place('c2', { c: 1 }, 'bob')
  const start = Date.now()
  await run(start)
  expect(await standing()).toMatchObject({
    policy: { mode: 'suggest', everyMinutes: 60, records: 100_000, bytes: 1024 ** 3, connections: 100 },
    last: { suggested: 1, started: 0 },
    suggestions: [
      {
        storeId: 'persona_a',
        from: 'c1',
        events: 60_000,
        bytes: 6_000_000,
        why: expect.stringMatching(/^It alone has 60 % .*\.$/),
      },
    ],
    underWay: 0,
  })
  expect((await standing('bob')).suggestions).toEqual([])
  const { last } = await standing()
  await run(start + 59 * minute)
  expect((await standing()).last).toEqual(last)
  await place('c1', { d: 90_000 }, 'ann')
  await run(start + 61 * minute)
  expect((await standing()).last?.suggested).toBe(2)
  expect((await moves()).moves).toEqual([])

  await ask('olga', putPolicy, { body: { ...firstPolicy, mode: 'off' } })
  expect(await standing()).toMatchObject({ nextAt: null })
  await run(start + 200 * minute)
  expect((await standing()).last?.suggested).toBe(2)
  await ask('olga', putPolicy, { body: { ...firstPolicy, mode: 'act', everyMinutes: 1 } })
  await run(start + 201 * minute)
  expect((await moves()).moves.length).toBe(2)
  await allMoved()
})

test('[RG11] at most two moves are under way at once, and then the next; what cannot go any more is left out', async () => {
  await place('c1', { ma: 1, mb: 2, mc: 3, md: 4 }, 'ann')
  await ask('olga', putCell, { params: { cellId: 'c1' }, body: { draining: true } })
  await runInDurableObject(rebalancer(), (instance: Rebalancer) => instance.look(true))
  const seen: number[] = []
  const finished = async () => {
    await run(Date.now())
    const { underWay, waiting } = await standing()
    seen.push(underWay)
    return underWay + waiting
  }
  await expect.poll(finished, patience).toBe(0)
  expect(Math.max(...seen)).toBe(2)
  const told = await moves()
  expect(told.moves.map(({ step, isMine }) => `${step} ${isMine}`)).toEqual(Array(4).fill('grace false'))
  const { placements } = Schema.decodeUnknownSync(PlacementsSaid)((await ask('ann', listPlacements)).said)
  expect(placements).toHaveLength(4)
  for (const { cellId, isMine, status } of placements)
    expect([cellId === 'c1', isMine, status]).toEqual([false, true, 'active'])

  await place('c2', { gone: 1 }, 'ann')
  const stale = { storeId: 'persona_gone', from: 'c3', to: 'c4', events: 1, bytes: 1, why: 'It was there.' }
  await runInDurableObject(rebalancer(), (instance: Rebalancer) => instance.enqueue([stale]))
  await run(Date.now())
  expect((await moves('ann')).moves).toHaveLength(4)
  expect((await moves('bob')).moves).toEqual([])
})

test('[RG12] the policy is changed by operators while the server runs, counts at once, and is kept with who and when', async () => {
  await place('c1', { ya: 50, yb: 60, yc: 70 }, 'ann')
  expect((await ask('ann', putPolicy, { body: firstPolicy })).code).toBe('MayNotOperate')
  expect((await ask('olga', putPolicy, { body: { ...firstPolicy, everyMinutes: 0 } })).code).toBe('MalformedBody')
  expect((await ask('ann', runRebalance, { body: { act: true } })).code).toBe('MayNotOperate')
  await ask('olga', putPolicy, { body: { ...firstPolicy, records: 100 } })
  const looked = Schema.decodeUnknownSync(RebalanceSaid)(
    (await ask('olga', runRebalance, { body: { act: false } })).said,
  )
  expect(looked).toMatchObject({ policy: { records: 100 }, waiting: 0 })
  expect(looked.suggestions.length).toBeGreaterThan(0)
  const changes = async (who: string) =>
    Schema.decodeUnknownSync(PolicyChangesSaid)((await ask(who, listPolicyChanges)).said).changes
  expect(await changes('olga')).toMatchObject([{ by: 'olga', policy: { records: 100 } }])
  expect(await changes('ann')).toMatchObject([{ by: null }])
})

test('[HE30] each day says how long its moves took, and how often the rebalancer looked and began one', async () => {
  await place('c1', { ta: 1, tb: 2 }, 'ann')
  await place('c2', { tc: 1 }, 'bob')
  const to = (name: string, who: string) =>
    ask(who, startMove, { params: { storeId: `persona_${name}` }, body: { to: 'c3' } })
  await to('ta', 'ann')
  await to('tc', 'bob')
  await allMoved()
  const [told] = (await moves('ann')).moves
  const took = Date.parse(told?.arrivedAt ?? '') - Date.parse(told?.startedAt ?? '')
  expect(took).toBeGreaterThanOrEqual(told?.fenceMs ?? Number.NaN)
  await run(Date.parse('2026-01-05T10:00:00Z'))
  await run(Date.parse('2026-01-05T23:00:00Z'))

  const day = told?.startedAt.slice(0, 10)
  const ofAnn = await moveDays('ann', '2026-01-01')
  expect(ofAnn).toContainEqual({ day: '2026-01-05', ...nothing, looks: 2 })
  expect(ofAnn.find((one) => one.day === day)).toMatchObject({
    moved: 1,
    tookMs: took,
    fenceMs: told?.fenceMs,
    calledBack: 0,
  })
  expect((await moveDays('olga', '2026-01-01')).find((one) => one.day === day)).toMatchObject({ moved: 2 })
  expect((await moveDays('olga', '2026-01-05')).map((one) => one.day)).not.toContain('2026-01-05')
  expect((await ask('ann', listMoveDays, { after: 'yesterday' })).code).toBe('IllegalDay')
})

test('[PL14] a plan says what would move and what each cell would hold, moves nothing, and is carried out when told so', async () => {
  await place('c1', { la: 100, lb: 100 }, 'ann')
  await place('c2', { lc: 100, ld: 100 }, 'bob')
  expect((await ask('ann', planRebalance, { body: {} })).code).toBe('MayNotOperate')
  expect((await ask('olga', planRebalance, { body: { drain: 'c77' } })).code).toBe('CellNotFound')
  const plan = Schema.decodeUnknownSync(PlanSaid)((await ask('olga', planRebalance, { body: { drain: 'c1' } })).said)
  expect(plan.moves.map(({ storeId, why }) => [storeId, why])).toEqual([
    ['persona_la', 'c1 is to be empty.'],
    ['persona_lb', 'c1 is to be empty.'],
  ])
  expect(plan.before.find(({ cellId }) => cellId === 'c1')).toMatchObject({ stores: 2, records: 200, bytes: 20_000 })
  expect(plan.after.find(({ cellId }) => cellId === 'c1')).toMatchObject({ stores: 0, records: 0 })
  const added = { cells: [{ cellId: 'c9', weight: 1 }] }
  const fill = Schema.decodeUnknownSync(PlanSaid)((await ask('olga', planRebalance, { body: added })).said)
  expect(new Set(fill.moves.map(({ to }) => to)).size).toBeLessThan(2)
  expect((await standing()).suggestions).toEqual([])

  const told = (to: string) =>
    ask('olga', runRebalance, { body: { act: true, moves: [{ storeId: 'persona_la', to }] } })
  expect((await told('c9')).code).toBe('CellNotFound')
  expect(Schema.decodeUnknownSync(RebalanceSaid)((await told('c3')).said).waiting).toBe(1)
  expect((await moves('ann')).waiting).toMatchObject([{ storeId: 'persona_la', to: 'c3', isMine: true }])
  expect((await moves('bob')).waiting).toEqual([])
})

test('[PL15] a store that its owner pins goes there and stays, also when a plan would have it elsewhere, until it is unpinned', async () => {
  await place('c1', { pa: 60_000, pb: 50_000 }, 'ann')
  const pin = (storeId: string, cellId: string, who = 'ann') =>
    ask(who, pinStore, { params: { storeId }, body: { cellId } })
  expect((await pin('persona_pa', 'c2', 'bob')).code).toBe('NoRight')
  expect((await pin('persona_pa', 'c9')).code).toBe('CellNotFound')
  for (const storeId of ['persona_pa', 'persona_pb'])
    expect(Schema.decodeUnknownSync(PinSaid)((await pin(storeId, 'c1')).said)).toMatchObject({
      pinnedTo: 'c1',
      move: null,
    })
  await run(Date.now())
  expect((await standing()).suggestions).toEqual([])
  const elsewhere = { params: { storeId: 'persona_pa' }, body: { to: 'c3' } }
  expect((await ask('ann', startMove, elsewhere)).code).toBe('StorePinned')

  const moved = await pin('persona_pa', 'c2')
  expect([moved.status, moved.said]).toMatchObject([202, { pinnedTo: 'c2', move: { from: 'c1', to: 'c2' } }])
  await allMoved()
  forgetPlace('persona_pa')
  expect(await placeOf(env, 'persona_pa')).toEqual({ cellId: 'c2', epoch: 2 })
  expect((await ask('ann', unpinStore, { params: { storeId: 'persona_pa' } })).said).toMatchObject({ pinnedTo: null })
  expect(await ask('ann', startMove, elsewhere)).toMatchObject({ status: 202 })
})

test('[PL16] all stores of an owner go to a cell or into a jurisdiction, but for those that are pinned; nobody else’s do', async () => {
  await ask('olga', putCell, { params: { cellId: 'eu1' }, body: { jurisdiction: 'eu' } })
  await ask('olga', putCell, { params: { cellId: 'eu2' }, body: { jurisdiction: 'eu' } })
  await place('c1', { oa: 1, ob: 1, pinned: 1 }, 'ann')
  await place('eu1', { there: 1 }, 'ann')
  await place('c1', { others: 1 }, 'bob')
  await ask('ann', pinStore, { params: { storeId: 'persona_pinned' }, body: { cellId: 'c1' } })
  const order = async (body: object) => {
    const { status, said, code } = await ask('ann', moveAccount, { body })
    return [
      status,
      code ?? Schema.decodeUnknownSync(AccountMovesSaid)(said).moves.map(({ storeId, to }) => `${storeId} ${to}`),
    ]
  }
  expect(await order({ to: 'c2', dryRun: true })).toEqual([200, ['persona_oa c2', 'persona_ob c2', 'persona_there c2']])
  expect(await order({ to: 'c77' })).toEqual([404, 'CellNotFound'])
  expect(await order({ jurisdiction: 'fedramp' })).toEqual([404, 'JurisdictionNotFound'])
  expect((await standing()).waiting).toBe(0)
  const [status, orders] = await order({ jurisdiction: 'eu' })
  expect([status, new Set(orders as string[])]).toEqual([202, new Set(['persona_oa eu2', 'persona_ob eu1'])]) // each where less is
  expect((await standing()).waiting).toBe(2)
})

const nothing = { moved: 0, tookMs: 0, fenceMs: 0, calledBack: 0, looks: 0, started: 0 }

const moveDays = async (who: string, after: string) =>
  Schema.decodeUnknownSync(MoveDaysSaid)((await ask(who, listMoveDays, { after })).said).days

const patience = { timeout: 100_000 }
const minute = 60_000
const rebalancer = () => rebalancerOf(env) as unknown as DurableObjectStub<Rebalancer> // the class it is made of

/** What its alarm does, at a time. */
const run = (now: number) =>
  runInDurableObject(rebalancer(), async (instance: Rebalancer) => {
    vi.spyOn(instance, 'resume').mockResolvedValue()
    await instance.run(now)
  })

const standing = async (who = 'olga') => Schema.decodeUnknownSync(RebalanceSaid)((await ask(who, showRebalance)).said)

const moves = async (who = 'olga') => Schema.decodeUnknownSync(MovesSaid)((await ask(who, listAllMoves)).said)

/** What their desks do by their alarms. */
const allMoved = async () => {
  await expect.poll(async () => (await moves()).moves.every(({ step }) => step === 'grace'), patience).toBe(true)
}

/** Stores with so many records, of a hundred bytes each, as they reported it. */
const place = async (cellId: string, records: Readonly<Record<string, number>>, ownerId: string) => {
  await env.DB.batch(
    Object.entries(records).flatMap(([name, count]) => [
      env.DB.prepare("INSERT INTO placements VALUES (?, ?, 1, 'active', 'hash', 1, 1, NULL)").bind(
        `persona_${name}`,
        cellId,
      ),
      env.DB.prepare('INSERT INTO stores VALUES (?, ?, 1)').bind(`persona_${name}`, ownerId),
      env.DB.prepare(
        `INSERT INTO store_health (storeId, cellId, epoch, reportedAt, records, bytes, connections, pushes, pushMs, pushTimes,
           pulls, pullMs, pullTimes, errors) VALUES (?, ?, 1, 1, ?, ?, 0, 0, 0, '[]', 0, 0, '[]', 0)`,
      ).bind(`persona_${name}`, cellId, count, count * 100),
    ]),
  )
  for (const name of Object.keys(records)) forgetPlace(`persona_${name}`)
}
