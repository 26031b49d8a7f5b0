import { runInDurableObject } from 'cloudflare:test'
import { beforeAll, expect, test, vi } from 'vitest'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { logAt } from '#sync-worker/placement/places.ts'
import { addPage, digestOf, pageOf } from '#sync-worker/placement/table-copy.ts'
import type { Place } from '#sync-worker/placement.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { deskOf, env, key, later, move, orderFor, push, quietly } from './movable-stores.ts'
import { event } from './rpc.ts'

vi.setConfig({ testTimeout: 120_000 })

beforeAll(() => ensureTables(env.DB))

test('[MV12] keys go before the fence, and from then on none is destroyed until one object alone holds them, however the move ends', async () => {
  const storeId = 'persona_keys'
  await push(storeId, event(1))
  await askLog(env, storeId, (log) => log.addKeys([key('a'), key('b')]))
  const order = await orderFor(storeId)
  const desk = deskOf(storeId)
  await quietly(desk, async (instance) => {
    await instance.start(order)
    while (instance.moves()[0]?.step !== 'verifying') await instance.step(order.moveId, later())
  })
  expect(await destroyAt(storeId, order.from, 'a')).toMatchObject([{ at: 5 }])
  expect(await keysAt(storeId, order.to)).toBe(0)
  await quietly(desk, (instance) => instance.step(order.moveId, later()))
  expect(await desk.moves()).toMatchObject([{ step: 'fencing' }])
  expect(await keysAt(storeId, order.to)).toBe(2)
  expect(await destroyAt(storeId, order.from, 'b')).toEqual({ away: 'moving' })
  expect(await push(storeId, event(2))).toBe('Success')
  expect(await logAt(env, storeId, order.from).addKeys([key('c')])).toHaveLength(1)
  await quietly(desk, async (instance) => {
    await instance.rollBack(order.moveId)
    await instance.run(later())
  })
  expect(await keysAt(storeId, order.to)).toBe(0)
  expect(await destroyAt(storeId, order.from, 'b')).toMatchObject([{ at: 5 }])

  const { from, to } = await move(storeId)
  expect([await keysAt(storeId, from), await keysAt(storeId, to)]).toEqual([0, 3])
  expect(await destroyAt(storeId, to, 'c')).toMatchObject([{ at: 5 }])
})

test('[MV16] a table of which one page was read can be dropped at once', async () => {
  await inObject('read', (sql) => {
    sql.exec(create)
    for (let n = 1; n <= 9; n++) sql.exec('INSERT INTO texts VALUES (?, ?, ?)', n, 'x'.repeat(1_000_000), n)
    expect(pageOf(sql, 'texts', 0, 9)).toMatchObject({ last: 3, more: true })
    expect(() => sql.exec('DROP TABLE texts')).not.toThrow()
  })
})

test('[MV13] what is copied is the same to the letter, in however many pages', async () => {
  const texts = ['plain', '"quoted" \\ \n\t', 'grüße 👋 \u2028', 'null', '1e3', '', 'x'.repeat(1_500_000)]
  await inObject('source', (sql) => {
    sql.exec(create)
    for (const [n, text] of [...texts, ...texts, ...texts, null].entries())
      sql.exec('INSERT INTO texts VALUES (?, ?, ?)', 3 * n + 1, text, n % 2 === 0 ? null : 2 ** 50 + n)
  })
  await inObject('target', (sql) => void sql.exec(create))
  let pages = 0
  for (let after = 0, more = true; more; pages++) {
    const page = await inObject('source', (sql) => pageOf(sql, 'texts', after, 100))
    await inObject('target', (sql) => addPage(sql, 'texts', page))
    after = page.last
    more = page.more
  }
  expect(pages).toBe(2)
  const all = async (sql: SqlStorage) => ({
    digest: await digestOf(sql, 'texts', 0, 100),
    rows: sql.exec('SELECT n, text, number, typeof(number) AS type FROM texts ORDER BY n').toArray(),
  })
  const source = await inObject('source', all)
  expect(source.digest.rows).toBe(22)
  expect(await inObject('target', all)).toEqual(source)
})

const create = 'CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT, number INTEGER)'

const inObject = <A>(name: string, run: (sql: SqlStorage) => A) =>
  runInDurableObject(env.STORE_LOG.getByName(`c1/persona_${name}/1`), (_, { storage }) => run(storage.sql))

const destroyAt = (storeId: string, place: Place, name: string) =>
  logAt(env, storeId, place).destroyKeys([key(name).keyId], 5)

const keysAt = (storeId: string, place: Place) =>
  runInDurableObject(logAt(env, storeId, place), (_, { storage }) => {
    const isThere = storage.sql.exec("SELECT 1 FROM sqlite_schema WHERE name = 'subjectKeys'").toArray().length > 0
    return isThere ? storage.sql.exec('SELECT * FROM subjectKeys').toArray().length : 0
  })
