import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { openDevice } from './device.ts'
import { pullAs } from './http.ts'
import { type Person, signIn } from './people.ts'
import { eventsIn } from './rpc.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-moving-'))
let server: TestServer
let ann: Person
let stranger: Person

beforeAll(async () => {
  server = await startServer({ dataDir })
  ann = await signIn(server.url)
  stranger = await signIn(server.url)
})

afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

test('[MV9] devices that write during moves lose nothing, and meet in the state of one log', async () => {
  const storeId = 'persona_busy'
  const laptop = await openDevice(server.url, storeId, 'laptop', ann.cookie, true)
  const phone = await openDevice(server.url, storeId, 'phone', ann.cookie, true)
  let written = 0
  const writeMore = () => {
    laptop.write(`l${written}`)
    phone.write(`p${written}`)
    written++
  }
  for (let n = 0; n < 20; n++) writeMore()
  await expect.poll(async () => (await eventsIn(await pullAs(ann, storeId))).length).toBeGreaterThan(20)
  for (let n = 0; n < 3; n++) {
    const to = await elsewhere(storeId)
    await startMove(storeId, to)
    const stepWhileWriting = async () => {
      writeMore()
      return (await moves(storeId))[0]?.step
    }
    await expect.poll(stepWhileWriting).toBe('grace')
    expect(await cellOf(storeId)).toBe(to)
  }
  writeMore()
  await expect.poll(() => laptop.notes()).toHaveLength(2 * written)
  await expect.poll(() => phone.notes()).toEqual(laptop.notes())
  const log = await eventsIn(await pullAs(ann, storeId))
  expect(log.map(({ seqNum }) => seqNum)).toEqual(Array.from({ length: 2 * written }, (_, n) => n + 1))
  for (const { why, events, copied } of await moves(storeId)) expect([why, copied]).toEqual([null, events])
  await Promise.all([laptop.close(), phone.close()])
}, 180_000)

test('[MV10] a server killed in the middle of a move goes on with it when it starts again', async () => {
  const storeId = 'persona_killed'
  const laptop = await openDevice(server.url, storeId, 'laptop', ann.cookie, true)
  for (let n = 0; n < 30; n++) laptop.write(`n${n}`)
  await expect.poll(async () => (await eventsIn(await pullAs(ann, storeId))).length).toBe(30)
  for (let n = 0; n < 3; n++) {
    const to = await elsewhere(storeId)
    await startMove(storeId, to)
    await server.kill9()
    server = await startServer({ dataDir, port: server.port })
    await expect.poll(async () => (await moves(storeId))[0]?.step).toBe('grace')
    expect(await cellOf(storeId)).toBe(to)
    laptop.write(`after${n}`)
    await expect.poll(async () => (await eventsIn(await pullAs(ann, storeId))).length).toBe(31 + n)
  }
  await laptop.close()
}, 180_000)

test('[MV11] only the owner sees and changes where a store stands; a dry run moves nothing, and what cannot be is refused', async () => {
  const storeId = 'persona_placed'
  const path = `/api/stores/${storeId}`
  const here = await cellOf(storeId)
  const to = await elsewhere(storeId)
  const dryRun = await ann.api('POST', `${path}/moves`, { to, dryRun: true })
  expect([dryRun.status, dryRun.body]).toMatchObject([200, { from: here, to, events: 0 }])
  expect(await moves(storeId)).toEqual([])
  const codes = async (...asked: readonly [Person, string, string, unknown?][]) =>
    Promise.all(asked.map(async ([who, method, at, body]) => (await who.api(method, path + at, body)).code))
  expect(
    await codes(
      [ann, 'POST', '/moves', { to: 'c9' }],
      [ann, 'POST', '/moves', { to: here }],
      [ann, 'DELETE', '/moves/none'],
      [stranger, 'GET', '/placement'],
      [stranger, 'GET', '/moves'],
      [stranger, 'POST', '/moves', { to }],
    ),
  ).toEqual(['CellNotFound', 'StoreIsThere', 'MoveNotFound', 'NoRight', 'NoRight', 'NoRight'])
  const { token } = (await ann.api('POST', `${path}/shares`, { role: 'editor' })).body
  await stranger.api('POST', '/api/shares/open', { token })
  expect(await codes([stranger, 'GET', '/placement'], [stranger, 'POST', '/moves', { to }])).toEqual([
    'MayNotMove',
    'MayNotMove',
  ])
})

test('[PL5] an account is told the cells, and how many of its stores each holds', async () => {
  const before = await cells()
  const cellId = await cellOf('persona_counted')
  const after = await cells()
  expect(
    after.map((cell) => cell.stores - (before.find((known) => known.cellId === cell.cellId)?.stores ?? 0)),
  ).toEqual(after.map((cell) => (cell.cellId === cellId ? 1 : 0)))
  expect(after.map((cell) => cell.cellId)).toEqual(['c1', 'c2', 'c3', 'c4'])
})

interface Said {
  readonly cellId: string
  readonly cells: readonly { readonly cellId: string; readonly stores: number }[]
  readonly moves: readonly {
    readonly step: string
    readonly why: string | null
    readonly events: number
    readonly copied: number
    readonly fenceMs: number | null
  }[]
}

const ask = async (path: string) => (await ann.api('GET', path)).body as unknown as Said // as `move-calls.ts` answers
const cells = async () => (await ask('/api/cells')).cells
const cellOf = async (storeId: string) => (await ask(`/api/stores/${storeId}/placement`)).cellId
const moves = async (storeId: string) => (await ask(`/api/stores/${storeId}/moves`)).moves

const elsewhere = async (storeId: string) => {
  const here = await cellOf(storeId)
  return ['c1', 'c2', 'c3'].find((cellId) => cellId !== here) ?? ''
}

const startMove = async (storeId: string, to: string) =>
  expect(await ann.api('POST', `/api/stores/${storeId}/moves`, { to })).toMatchObject({ status: 202 })
