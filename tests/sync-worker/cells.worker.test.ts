import { env as bindings } from 'cloudflare:workers'
import { Schema } from 'effect'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { CellChangesSaid, CellsSaid } from '#schema/placement/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { deleteCell, listCellChanges, listCells, putCell } from '#sync-worker/placement/cell-calls.ts'
import { configuredIn, currentlyConfigured, type freshlyConfigured } from '#sync-worker/placement/configured.ts'
import { tellMove } from '#sync-worker/placement/move-rows.ts'
import { forgetPlace, logAt, placeOf } from '#sync-worker/placement/places.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { makeCaller } from './calls.ts'

vi.setConfig({ testTimeout: 120_000 })

const env = { ...(bindings as unknown as Env), OPERATORS: 'olga' } // the pool reads wrangler.toml, and types nothing of it
const ask = makeCaller(env)

beforeAll(() => ensureTables(env.DB))
afterEach(() => vi.restoreAllMocks())

test('[PL7] what an operator does to cells counts over what the variable says, is kept with who, when and what, and other isolates follow', async () => {
  const other = await anotherIsolate()
  const now = Date.now()
  vi.spyOn(Date, 'now').mockReturnValue(now)
  expect(await idsOf(other.freshlyConfigured(env))).toEqual(['c1', 'c2', 'c3', 'c4'])
  expect(await put('c5', { weight: 2, hint: 'weur' })).toMatchObject({
    status: 200,
    said: { cellId: 'c5', weight: 2, takesStores: true },
  })
  expect(await put('c2', { draining: true })).toMatchObject({ status: 200, said: { takesStores: false } })
  expect(await put('c2', { draining: true })).toMatchObject({ status: 200 }) // it is so already
  expect(await remove('c4')).toMatchObject({ status: 204 })

  expect(await idsOf(other.freshlyConfigured(env))).toEqual(['c1', 'c2', 'c3', 'c4'])
  vi.spyOn(Date, 'now').mockReturnValue(now + 4000)
  expect(await idsOf(other.freshlyConfigured(env))).toEqual(['c1', 'c2', 'c3', 'c5'])

  const { changes } = Schema.decodeUnknownSync(CellChangesSaid)((await ask('olga', listCellChanges)).said)
  expect(changes).toMatchObject([
    { by: 'olga', cellId: 'c4', kind: 'removed', change: {} },
    { by: 'olga', cellId: 'c2', kind: 'changed', change: { draining: true } },
    { by: 'olga', cellId: 'c5', kind: 'added', change: { weight: 2, hint: 'weur' } },
  ])
  const cells = Schema.decodeUnknownSync(CellsSaid)((await ask('ann', listCells)).said)
  expect(cells).toMatchObject({
    mayOperate: false,
    points: 1000,
    cells: [{}, { draining: true }, {}, { cellId: 'c5' }],
  })
})

test('[PL8] a cell keeps the jurisdiction it began with, whatever is said later, also when it is removed and comes again', async () => {
  expect(await put('eu1', { jurisdiction: 'eu' })).toMatchObject({ status: 200 })
  expect(await put('eu1', { jurisdiction: null })).toMatchObject({ code: 'JurisdictionStays' })
  await remove('eu1')
  expect(await put('eu1', { jurisdiction: 'fedramp' })).toMatchObject({ code: 'JurisdictionStays' })
  expect(await put('eu1', {})).toMatchObject({ status: 200, said: { jurisdiction: 'eu' } })
  expect(await put('c1', { jurisdiction: 'eu' })).toMatchObject({ code: 'JurisdictionStays' })

  const changed = { ...env, CELLS: 'c1 c2 c3:jurisdiction=eu' }
  const { cells, problem } = await currentlyConfigured(changed)
  expect(cells.find(({ cellId }) => cellId === 'c3')?.jurisdiction).toBe(null)
  expect(problem).toContain('c3 another jurisdiction than it began with')
  expect(() => logAt(env, 'persona_any', { cellId: 'never', epoch: 1 })).toThrow('Nothing is known of the cell never')
})

test('[PL9] a cell that holds a store, or that a move goes to or has left something in, is not removed; nor is the last that takes stores', async () => {
  await put('d1', {})
  const removed = async () => (await remove('d1')).code
  await env.DB.prepare("INSERT INTO placements VALUES ('persona_d', 'd1', 1, 'active', 'hash', 1, 1, NULL)").run()
  expect(await removed()).toBe('CellNotEmpty')
  await env.DB.prepare("DELETE FROM placements WHERE storeId = 'persona_d'").run()
  for (const ends of [
    { from: 'd1', to: 'c1' },
    { from: 'c1', to: 'd1' },
  ]) {
    await tellMove(env.DB, {
      ...aMove,
      from: { cellId: ends.from, epoch: 1 },
      to: { cellId: ends.to, epoch: 2 },
      moveId: ends.to,
    })
    expect(await removed()).toBe('CellNotEmpty')
    await tellMove(env.DB, { ...aMove, moveId: ends.to, step: 'cleaned', endedAt: 5 })
  }
  expect(await removed()).toBe(undefined)
  expect(await removed()).toBe('CellNotFound')
  expect(await tellMove(env.DB, { ...aMove, to: { cellId: 'd1', epoch: 2 }, moveId: 'late' })).toBe(false)

  const only = makeCaller({ ...env, CELLS: 'c1 c2:draining' })
  await put('c5', { readOnly: true })
  await put('eu1', { readOnly: true })
  for (const order of [{ readOnly: true }, { draining: true }])
    expect((await only('olga', putCell, { params: { cellId: 'c1' }, body: order })).code).toBe('LastCell')
  expect((await only('olga', deleteCell, { params: { cellId: 'c1' } })).code).toBe('LastCell')
})

test('[PL10] what cannot be read, in the variable or in a change, loses no store', async () => {
  const storeId = 'persona_kept'
  await env.DB.prepare("INSERT INTO placements VALUES (?, 'c3', 1, 'active', 'hash', 1, 1, NULL)").bind(storeId).run()
  await env.DB.prepare(
    "INSERT INTO cellChanges VALUES (1000, 1, 'later version', 'c3', 'changed', '{\"shape\":\"round\"}')",
  ).run()
  const broken = { ...env, CELLS: 'C1 ?' }
  expect((await currentlyConfigured(broken)).problem).toContain('put it right')
  forgetPlace(storeId)
  expect(await placeOf(broken, storeId)).toEqual({ cellId: 'c3', epoch: 1 })
  expect(logAt(broken, storeId, await placeOf(broken, storeId)).name).toBe(`c3/${storeId}/1`)
  expect(configuredIn(env).cells.map(({ cellId }) => cellId)).toContain('c3')
})

test('[PL11] only operators change cells; others are told of their own stores, and not who changed what', async () => {
  expect((await ask('ann', putCell, { params: { cellId: 'x' }, body: {} })).code).toBe('MayNotOperate')
  expect((await ask('ann', deleteCell, { params: { cellId: 'c1' } })).code).toBe('MayNotOperate')
  expect((await ask('olga', putCell, { params: { cellId: 'Not a cell' }, body: {} })).code).toBe('CellIdIllegal')
  expect((await ask('olga', putCell, { params: { cellId: 'x' }, body: { weight: 99 } })).code).toBe('MalformedBody')
  await env.DB.batch([
    env.DB.prepare("INSERT INTO stores VALUES ('persona_anns', 'ann', 1)"),
    env.DB.prepare("INSERT INTO placements VALUES ('persona_anns', 'c1', 1, 'active', 'hash', 1, 1, NULL)"),
  ])
  const storesTold = async (who: string) => {
    const { cells } = Schema.decodeUnknownSync(CellsSaid)((await ask(who, listCells)).said)
    return cells.reduce((sum, { stores }) => sum + stores, 0)
  }
  expect([await storesTold('ann'), await storesTold('bob')]).toEqual([1, 0])
  expect(await storesTold('olga')).toBeGreaterThan(1)
  const { changes } = Schema.decodeUnknownSync(CellChangesSaid)((await ask('ann', listCellChanges)).said)
  expect(new Set(changes.map(({ by }) => by))).toEqual(new Set([null]))
})

test('[PL12] an operator is whom the variable names: an account, an e-mail that is verified, everybody at the machine, or everybody', async () => {
  await env.DB.prepare('CREATE TABLE IF NOT EXISTS user (id TEXT PRIMARY KEY, email TEXT, emailVerified INTEGER)').run()
  await env.DB.batch([
    env.DB.prepare("INSERT INTO user VALUES ('ann', 'ann@example.org', 1)"),
    env.DB.prepare("INSERT INTO user VALUES ('bob', 'bob@example.org', 0)"),
  ])
  const operates = (who: string, OPERATORS: string, isLocal = false) =>
    mayOperate(
      { ...env, OPERATORS },
      {
        sessionId: 's',
        accountId: who,
        isAnonymous: false,
        isLocal,
        expiresAt: 1,
      },
    )
  expect(await operates('ann', '')).toBe(false)
  expect(await operates('ann', 'localhost')).toBe(false)
  expect(await operates('ann', 'localhost', true)).toBe(true)
  expect(await operates('ann', '*')).toBe(true)
  expect(await operates('ann', 'bob  Ann@example.org')).toBe(true)
  expect(await operates('bob', 'bob@example.org')).toBe(false)
  expect(await operates('', '')).toBe(false)
})

test('[PL13] a new store is not placed in a cell that was removed just now, also by an isolate that does not know it yet', async () => {
  await put('e1', {})
  const onlyE1 = { ...env, CELLS: 'c1:draining c2:draining c3:draining e1' }
  const other = await anotherIsolate()
  expect(await other.placeOf(onlyE1, 'persona_e1')).toEqual({ cellId: 'e1', epoch: 1 })
  await env.DB.prepare("DELETE FROM placements WHERE storeId = 'persona_e1'").run()
  expect(await remove('e1')).toMatchObject({ status: 204 })
  await put('f1', {})
  expect(await other.placeOf(onlyE1, 'persona_f1')).toEqual({ cellId: 'f1', epoch: 1 })
})

const put = (cellId: string, body: object) => ask('olga', putCell, { params: { cellId }, body })
const remove = (cellId: string) => ask('olga', deleteCell, { params: { cellId } })

/** With a memory of its own. */
const anotherIsolate = async () => {
  vi.resetModules()
  const { freshlyConfigured } = await import('#sync-worker/placement/configured.ts')
  const { placeOf } = await import('#sync-worker/placement/places.ts')
  return { freshlyConfigured, placeOf }
}

const idsOf = async (configured: ReturnType<typeof freshlyConfigured>) =>
  (await configured).cells.map(({ cellId }) => cellId)

const aMove = {
  moveId: 'm',
  storeId: 'persona_m',
  from: { cellId: 'c1', epoch: 1 },
  to: { cellId: 'c2', epoch: 2 },
  step: 'grace',
  events: 0,
  copied: 0,
  bytes: 0,
  verified: {},
  startedAt: 1,
  fencedAt: null,
  fenceMs: null,
  endedAt: null,
  dueAt: 1,
  failures: 0,
  why: null,
} as const
