import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { PushedEvent } from '#sync-worker/batch-check.ts'
import type { Env } from '#sync-worker/env.ts'
import { objectNameFor } from '#sync-worker/placement.ts'
import { standingHeader } from '#sync-worker/rights/standing.ts'
import { event, outcomeOf, pullOf, pushOf } from './rpc.ts'

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it

test('[SY24] a store is kept in the object that its place names', async () => {
  expect(objectNameFor('persona_placed')).toBe('c1/persona_placed/1')
  expect(await push('persona_placed', event(1), event(2))).toBe('Success')
  expect(await seqNumsIn('persona_placed')).toEqual([1, 2])
})

test('[SY19] a refused push leaves no row behind', async () => {
  await push('persona_rows', event(1))
  expect(await push('persona_rows', event(2), event(4))).toBe('BatchNotContiguous')
  expect(await push('persona_rows', event(3))).toBe('BatchAheadOfLog')
  expect(await push('persona_rows', event(1, 'a fork'))).toBe('ServerAheadError')
  expect(await seqNumsIn('persona_rows')).toEqual([1])
})

test('[SY10] an object that just woke up makes no table for a store that is not its own', async () => {
  const response = await post('persona_fresh', pullOf('persona_other'))
  expect(response.status).toBe(403)
  expect(await tablesIn('persona_fresh')).toEqual([])

  expect(await push('persona_fresh', event(1))).toBe('Success')
  expect(await tablesIn('persona_fresh')).toEqual(['context_7', 'eventlog_7_persona_fresh'])
})

test('[SY30] a head that a crash left behind its log is mended when the object wakes', async () => {
  await push('persona_mended', event(1), event(2))
  await query('persona_mended', 'UPDATE context_7 SET currentHead = 1')
  await restart('persona_mended')
  expect(await push('persona_mended', event(2, 'twice'))).toBe('ServerAheadError')
  expect(await push('persona_mended', event(3))).toBe('Success')
  expect(await seqNumsIn('persona_mended')).toEqual([1, 2, 3])
})

const push = async (storeId: string, ...batch: readonly PushedEvent[]) =>
  outcomeOf(await post(storeId, pushOf(storeId, batch)))

const post = (storeId: string, body: string) =>
  objectOf(storeId).fetch(`https://pjai/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    body,
    headers: { [standingHeader]: JSON.stringify(owner) },
  })

const owner = { accountId: 'a1', sessionId: 's1', role: 'owner', shareIds: [], until: Number.MAX_SAFE_INTEGER }

const seqNumsIn = async (storeId: string) =>
  (await query(storeId, `SELECT seqNum FROM "eventlog_7_${storeId}" ORDER BY seqNum`)).map(({ seqNum }) => seqNum)

const tablesIn = async (storeId: string) =>
  (await query(storeId, "SELECT name FROM sqlite_schema WHERE name GLOB '*_7*' AND type = 'table' ORDER BY name")).map(
    ({ name }) => name,
  )

const query = (storeId: string, sql: string) =>
  runInDurableObject(objectOf(storeId), (_, { storage }) => storage.sql.exec(sql).toArray())

const restart = (storeId: string) =>
  expect(runInDurableObject(objectOf(storeId), (_, state) => state.abort('restart'))).rejects.toThrow('restart')

const objectOf = (storeId: string) => env.STORE_LOG.getByName(objectNameFor(storeId))
