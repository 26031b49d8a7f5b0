import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, expect, test, vi } from 'vitest'
import { noEvidence } from '#proof/claims.ts'
import { verifyLog } from '#proof/verify.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import type { MoveDesk } from '#sync-worker/placement/move-desk.ts'
import { forgetPlace, learnPlace, logAt, placeOf } from '#sync-worker/placement/places.ts'
import type { StoreLog } from '#sync-worker/store-log.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import {
  crash,
  deskOf,
  env,
  events,
  key,
  later,
  move,
  objectAt,
  orderFor,
  pull,
  push,
  quietly,
  rawPush,
} from './movable-stores.ts'
import { event } from './rpc.ts'

vi.setConfig({ testTimeout: 120_000 })

beforeAll(() => ensureTables(env.DB))

test('[MV1] a move takes everything along: events in their order, chain, checkpoints, keys and the id of the log', async () => {
  const storeId = 'persona_whole'
  for (let n = 0; n < 3; n++) await push(storeId, ...events(n * 100 + 1, 100))
  await askLog(env, storeId, (log) => log.addKeys([key('a'), key('b')]))
  await askLog(env, storeId, (log) => log.destroyKeys([key('b').keyId], 5))
  const before = await everything(storeId)
  const { from, to } = await move(storeId)
  expect(await placeOf(env, storeId)).toEqual(to)
  expect(await everything(storeId)).toEqual(before)
  expect(await push(storeId, event(301))).toBe('Success')
  const { entries, start, checkpoints } = await pageOf(storeId)
  const serverKeys = checkpoints.map(({ publicKey }) => publicKey)
  expect(await verifyLog(entries, start, { ...noEvidence, checkpoints, serverKeys })).toMatchObject({
    isIntact: true,
    isComplete: true,
    events: 301,
    foundLater: 0,
  })
  expect(entries.at(-1)?.epoch).toBe(to.epoch)
  expect(await rawPush(storeId, from, event(302))).toBe('away')
})

test('[MV2] who holds an old place is told the new one, and goes there', async () => {
  const storeId = 'persona_stale'
  await push(storeId, event(1))
  const { from } = await move(storeId)
  await move(storeId)
  forgetPlace(storeId)
  learnPlace(storeId, from) // as an isolate that slept
  expect(await push(storeId, event(2))).toBe('Success')
  expect((await placeOf(env, storeId)).epoch).toBe(3)
  expect((await pull(storeId)).map(({ seqNum }) => seqNum)).toEqual([1, 2])
})

test('[MV3] behind the fence nobody writes and everybody reads, and a push that was let in just before is refused by the database', async () => {
  const storeId = 'persona_fenced'
  await push(storeId, event(1))
  const place = await placeOf(env, storeId)
  await logAt(env, storeId, place).fence('m1')
  expect(await rawPush(storeId, place, event(2))).toBe('away')
  expect(await logAt(env, storeId, place).addKeys([key('c')])).toEqual({ away: 'moving' })
  expect(await logAt(env, storeId, place).readLog(0, 10, 'reader')).toMatchObject({ entries: [{ n: 1 }] })
  await expect(
    runInDurableObject(logAt(env, storeId, place), (_, { storage }) =>
      storage.sql.exec(
        `INSERT INTO "eventlog_7_${storeId}" SELECT 2, 1, args, name, createdAt, clientId, sessionId FROM "eventlog_7_${storeId}"`,
      ),
    ),
  ).rejects.toThrow('StoreMoving')
  await logAt(env, storeId, place).lift('m1')
  expect(await push(storeId, event(2))).toBe('Success')
  await runInDurableObject(objectAt(storeId, place), (instance: StoreLog) => {
    expect(() => instance.fence('m1')).toThrow('does not become fenced') // an order that came late
  })
  expect(await push(storeId, event(3))).toBe('Success')
})

test('[MV4] a move that is called back leaves the source as it was, and the next one succeeds', async () => {
  const storeId = 'persona_back'
  await push(storeId, ...events(1, 50))
  const order = await orderFor(storeId)
  const desk = deskOf(storeId)
  await runInDurableObject(desk, async (instance: MoveDesk) => {
    vi.spyOn(instance, 'resume').mockResolvedValue() // the test is its alarm
    await instance.start(order)
    while (instance.moves()[0]?.step !== 'fencing') await instance.step(order.moveId, later())
    expect(await instance.rollBack(order.moveId)).toMatchObject({ step: 'rolling back' })
    await instance.run(later())
    expect(instance.moves()[0]).toMatchObject({ step: 'rolled back' })
    vi.restoreAllMocks()
  })
  expect(await placeOf(env, storeId)).toEqual(order.from)
  expect(await push(storeId, event(51))).toBe('Success')
  const { to } = await move(storeId)
  expect(to.epoch).toBe(3)
  expect(await pull(storeId)).toHaveLength(51)
})

test('[MV5] a move goes on after a crash at any step, done or half done', async () => {
  const storeId = 'persona_crashing'
  await push(storeId, ...events(1, 40))
  const order = await orderFor(storeId)
  const desk = deskOf(storeId)
  await quietly(desk, (instance) => instance.start(order))
  let head = 40
  for (;;) {
    const [before] = await desk.moves()
    if (before === undefined || before.step === 'grace') break
    await quietly(desk, (instance) => instance.step(order.moveId, later()))
    // The step was done, and the desk died before it could write that down.
    await runInDurableObject(desk, (_, { storage }) => {
      storage.sql.exec('UPDATE moves SET move = ?', JSON.stringify(before))
    })
    for (const place of [order.from, order.to]) await crash(storeId, place)
    const [after] = await quietly(desk, async (instance) => {
      await instance.step(order.moveId, later())
      return instance.moves()
    })
    expect(after?.why).toBe(null)
    const isFenced = after?.step === 'cutting over' || after?.step === 'handing over'
    const outcome = isFenced ? 'Success' : await push(storeId, event(++head))
    expect(outcome).toBe('Success')
  }
  expect((await pull(storeId)).map(({ seqNum }) => seqNum)).toEqual(events(1, head).map(({ seqNum }) => seqNum))
})

test('[MV6] a copy that differs is never cut over to', async () => {
  const storeId = 'persona_spoilt'
  await push(storeId, ...events(1, 10))
  const order = await orderFor(storeId)
  const desk = deskOf(storeId)
  await quietly(desk, async (instance) => {
    await instance.start(order)
    while (instance.moves()[0]?.step !== 'verifying') await instance.step(order.moveId, later())
  })
  await runInDurableObject(logAt(env, storeId, order.to), (_, { storage }) => {
    storage.sql.exec(`UPDATE "eventlog_7_${storeId}" SET clientId = 'nobody' WHERE seqNum = 5`)
  })
  await quietly(desk, (instance) => instance.run(later()))
  expect(await desk.moves()).toMatchObject([{ step: 'rolled back', why: expect.stringContaining('differ') }])
  expect(await placeOf(env, storeId)).toEqual(order.from)
  expect(await push(storeId, event(11))).toBe('Success')
})

test('[MV7] the tombstone keeps no key at once and no event after a day, and still says where the log went', async () => {
  const storeId = 'persona_grave'
  await push(storeId, event(1))
  await askLog(env, storeId, (log) => log.addKeys([key('a')]))
  const { from, to } = await move(storeId)
  const tables = () =>
    runInDurableObject(logAt(env, storeId, from), (_, { storage }) =>
      storage.sql
        .exec("SELECT name FROM sqlite_schema WHERE name IN ('subjectKeys', 'chain') OR name GLOB 'eventlog*'")
        .toArray()
        .map(({ name }) => name),
    )
  expect(await tables()).not.toContain('subjectKeys')
  expect(await tables()).toContain('chain')
  const day = 25 * 3_600_000
  await quietly(deskOf(storeId), (instance) => instance.run(Date.now() + day))
  expect(await tables()).toEqual([])
  expect(await logAt(env, storeId, from).readLog(0, 1, 'reader')).toEqual({ away: 'moved', to })
})

test('[PL4] a new store is placed once, of two that place it at once the first one counts, and what was there before stays in c1', async () => {
  const places = await Promise.all(
    [1, 2, 3].map(() => {
      forgetPlace('persona_new')
      return placeOf(env, 'persona_new')
    }),
  )
  expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(1)
  const cells = await Promise.all(Array.from({ length: 30 }, (_, n) => placeOf(env, `persona_n${n}`)))
  expect(new Set(cells.map(({ cellId }) => cellId)).size).toBe(4)

  await env.DB.batch([
    env.DB.prepare("INSERT INTO stores VALUES ('persona_older', 'ann', 1)"),
    env.DB.prepare('DELETE FROM milestones'),
  ])
  const { ensureTables: again } = await freshTables()
  await again(env.DB)
  expect(await placeOf(env, 'persona_older')).toEqual({ cellId: 'c1', epoch: 1 })
})

test('[PL6] a cell that is read-only gives out what it holds, and takes no writes', async () => {
  const storeId = 'persona_readonly'
  await push(storeId, event(1))
  const place = await placeOf(env, storeId)
  await runInDurableObject(objectAt(storeId, place), (instance: StoreLog) => {
    Reflect.set(instance, 'env', { ...env, CELLS: `${place.cellId}:read-only c9` })
  })
  expect(await push(storeId, event(2))).toBe('CellReadOnly')
  expect(await logAt(env, storeId, place).addKeys([key('a')])).toBe('CellReadOnly')
  expect(await pull(storeId)).toHaveLength(1)
})

/** As another isolate would run them. */
const freshTables = async () => {
  vi.resetModules()
  return import('#sync-worker/tables.ts')
}

const pageOf = async (storeId: string) => {
  const page = await askLog(env, storeId, (log) => log.readLog(0, 1000, 'reader'))
  if (page === 'TooManyPages') throw new Error(page)
  return page
}

/** What there is to be lost; of checkpoints those that are kept. */
const everything = async (storeId: string) => {
  const place = await placeOf(env, storeId)
  return runInDurableObject(logAt(env, storeId, place), (_, { storage }) =>
    Object.fromEntries(
      [`eventlog_7_${storeId}`, 'context_7', 'chain', 'checkpoints', 'subjectKeys', 'destroyedKeys'].map((table) => [
        table,
        storage.sql.exec(`SELECT rowid, * FROM "${table}" ORDER BY rowid`).toArray(),
      ]),
    ),
  )
}
