import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { expect, vi } from 'vitest'
import type { PushedEvent } from '#sync-worker/batch-check.ts'
import type { Env } from '#sync-worker/env.ts'
import { fetchLog } from '#sync-worker/placement/ask-log.ts'
import type { MoveDesk } from '#sync-worker/placement/move-desk.ts'
import { logAt, placeOf } from '#sync-worker/placement/places.ts'
import type { Place } from '#sync-worker/placement.ts'
import { standingHeader } from '#sync-worker/rights/standing.ts'
import type { StoreLog } from '#sync-worker/store-log.ts'
import { event, eventsIn, outcomeOf, pullOf, pushOf } from './rpc.ts'

/** Stores, objects and desks as the tests of moves reach them, inside workerd. */

export const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it
/** As the classes they are made of. */
export const deskOf = (storeId: string) => env.MOVE_DESK.getByName(storeId) as unknown as DurableObjectStub<MoveDesk>
export const objectAt = (storeId: string, place: Place) =>
  logAt(env, storeId, place) as unknown as DurableObjectStub<StoreLog>

export const events = (first: number, count: number) => Array.from({ length: count }, (_, n) => event(first + n))
export const key = (name: string) => ({ keyId: name.repeat(22), wrapped: 'A'.repeat(80) })
export const later = () => Date.now() + 60_000

export const orderFor = async (storeId: string) => {
  const from = await placeOf(env, storeId)
  const cellId = ['c1', 'c2', 'c3', 'c4'].find((id) => id !== from.cellId) ?? ''
  return { moveId: crypto.randomUUID(), storeId, from, to: { cellId, epoch: from.epoch + 1 } }
}

/** A whole move, up to its grace time. */
export const move = async (storeId: string) => {
  const order = await orderFor(storeId)
  const desk = deskOf(storeId)
  await quietly(desk, async (instance) => {
    await instance.start(order)
    await instance.run(later())
  })
  const [done] = await desk.moves()
  expect(done).toMatchObject({ step: 'grace', why: null })
  if (done === undefined) throw new Error('no move')
  return done
}

/** With the test as its alarm. */
export const quietly = <A>(desk: DurableObjectStub<MoveDesk>, run: (instance: MoveDesk) => Promise<A>) =>
  runInDurableObject(desk, async (instance: MoveDesk) => {
    const spy = vi.spyOn(instance, 'resume').mockResolvedValue()
    try {
      return await run(instance)
    } finally {
      spy.mockRestore()
    }
  })

export const crash = (storeId: string, place: Place) =>
  expect(runInDurableObject(logAt(env, storeId, place), (_, state) => state.abort('crash'))).rejects.toThrow('crash')

const owner = { accountId: 'ann', sessionId: 's1', role: 'owner', shareIds: [], until: Number.MAX_SAFE_INTEGER }

export const request = (storeId: string, body: string) =>
  new Request(`https://pjai/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    body,
    headers: { [standingHeader]: JSON.stringify(owner) },
  })

export const push = async (storeId: string, ...batch: readonly PushedEvent[]) =>
  outcomeOf(await fetchLog(env, storeId, request(storeId, pushOf(storeId, batch))))

export const pull = async (storeId: string) => eventsIn(await fetchLog(env, storeId, request(storeId, pullOf(storeId))))

/** To this object, wherever the store is. */
export const rawPush = async (storeId: string, place: Place, ...batch: readonly PushedEvent[]) => {
  const response = await logAt(env, storeId, place).fetch(request(storeId, pushOf(storeId, batch)))
  return response.status === 503 ? 'away' : outcomeOf(response)
}
