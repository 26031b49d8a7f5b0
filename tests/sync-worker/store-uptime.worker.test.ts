import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { Schema } from 'effect'
import { expect, test } from 'vitest'
import { noTimes } from '#schema/health/histogram.ts'
import { StoreHealths } from '#schema/health/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { listStoreHealth } from '#sync-worker/health/health-calls.ts'
import type { HealthDesk } from '#sync-worker/health/health-desk.ts'
import { report } from '#sync-worker/health/report.ts'
import { logAt, placeOf } from '#sync-worker/placement/places.ts'
import { claim } from '#sync-worker/rights/stores.ts'
import type { StoreLog } from '#sync-worker/store-log.ts'
import { ensureTables } from '#sync-worker/tables.ts'

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it
const minute = 60_000
const day = 1440 * minute
const storeId = 'persona_watched'
/** On the day after, when no alarm of this test rings. */
const start = (Math.floor(Date.now() / day) + 2) * day

test('[HE33] of a store, uptime is the share in which it answered, of those five minutes of 24 hours in which it reported or was asked; without any it is not known', async () => {
  await ensureTables(env.DB)
  await claim(env.DB, storeId, 'ben', 0).run()
  await onDesk((_, { storage }) => storage.setAlarm(start + 9 * day)) // it looks when told so
  const { cellId } = await placeOf(env, storeId)
  expect(await uptimeAt(0)).toBeUndefined()

  await reportAt(cellId, 0)
  await reportAt(cellId, 1) // in the same five minutes
  expect(await uptimeAt(1)).toBe(1)
  await lookAt(5)
  await inLog('ALTER TABLE chain RENAME TO lost')
  await lookAt(10)
  expect(await uptimeAt(10)).toBeCloseTo(2 / 3)
  await reportAt(cellId, 12) // heard once is heard
  expect(await uptimeAt(12)).toBe(1)
  await lookAt(15)
  await lookAt(45)
  expect(await uptimeAt(45)).toBeCloseTo(3 / 5) // of what was in between nothing is known

  await inLog('ALTER TABLE lost RENAME TO chain')
  expect(await uptimeAt(1440 + 12)).toBe(0) // the first three are older
  expect(await uptimeAt(1440 + 50)).toBeNull()
  await lookAt(2000)
  expect(await uptimeAt(2000)).toBe(1)
})

test('[HE33] what an earlier version wrote says nothing of it', async () => {
  await env.DB.prepare("UPDATE store_health SET known = '', knownUpTo = 0").run()
  expect(await uptimeAt(2000)).toBeNull()
  await lookAt(2005)
  expect(await uptimeAt(2005)).toBe(1)
})

const at = (minutes: number) => start + minutes * minute

const reportAt = (cellId: string, minutes: number) =>
  report(env, {
    storeId,
    cellId,
    epoch: 1,
    at: at(minutes),
    records: 1,
    bytes: 100,
    connections: 0,
    push: noTimes,
    pull: noTimes,
    errors: 0,
    lastError: null,
  })

const onDesk = (act: (desk: HealthDesk, state: DurableObjectState) => Promise<void>) =>
  runInDurableObject(env.HEALTH_DESK.getByName('desk') as unknown as DurableObjectStub<HealthDesk>, act) // its class

const lookAt = (minutes: number) => onDesk((desk) => desk.look(at(minutes)))

const inLog = async (sql: string) => {
  const log = logAt(env, storeId, await placeOf(env, storeId)) as unknown as DurableObjectStub<StoreLog> // its class
  await runInDurableObject(log, (_, { storage }) => void storage.sql.exec(sql))
}

/** As its owner sees it; undefined of a store that nothing is known of. */
const uptimeAt = async (minutes: number) => {
  const session = { accountId: 'ben', sessionId: 'ben', isAnonymous: false, expiresAt: 0 }
  const request = new Request('https://pjai/api')
  const call = { request, env, session, params: {}, now: at(minutes), newId: () => 'id', waitUntil: () => undefined }
  const said: unknown = await (await listStoreHealth(call)).json()
  return Schema.decodeUnknownSync(StoreHealths)(said).stores.find((store) => store.storeId === storeId)?.uptime
}
