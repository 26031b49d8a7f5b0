import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { createFileLink } from '#sync-worker/file-links/file-links.ts'
import { placeOf } from '#sync-worker/placement/places.ts'
import { claim } from '#sync-worker/rights/stores.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { makeCaller } from './calls.ts'
import { crash, env, move, objectAt, push } from './movable-stores.ts'
import { event } from './rpc.ts'

vi.setConfig({ testTimeout: 120_000 })

const hour = 3_600_000
const keyId = 'k'.repeat(22)
const asking = makeCaller(env)

const owned = async (storeId: string) => {
  await ensureTables(env.DB)
  await claim(env.DB, storeId, 'ada', 0).run()
  return storeId
}

/** With a chunk of its copy. */
const linkOf = async (storeId: string, expiresAt?: number) => {
  const { status, said } = await asking('ada', createFileLink, {
    params: { storeId },
    body: {
      keyId,
      chunks: 1,
      sealed: 'c2VhbGVk',
      ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    },
  })
  expect(status).toBe(201)
  const { linkId } = said as unknown as { readonly linkId: string } // as it is answered
  await env.BLOBS.put(`${storeId}/${keyId}/link.${linkId}.0`, 'sealed bytes')
  return linkId
}

const keptOf = async (storeId: string) => {
  const { objects } = await env.BLOBS.list({ prefix: `${storeId}/` })
  const { results } = await env.DB.prepare("SELECT linkId FROM fileLinks WHERE storeId = ? AND sealed <> '00000000'")
    .bind(storeId)
    .all()
  return {
    chunks: objects.map(({ key }) => String(key.split('.')[1])).toSorted(),
    cards: results.map((row) => String(row.linkId)).toSorted(),
  }
}

const both = (...linkIds: readonly string[]) => ({ chunks: linkIds.toSorted(), cards: linkIds.toSorted() })

const objectOf = async (storeId: string) => objectAt(storeId, await placeOf(env, storeId))
const alarmOf = async (storeId: string) =>
  runInDurableObject(await objectOf(storeId), (_, state) => state.storage.getAlarm())

/** The alarm of a store's object goes off at a time. */
const ring = async (storeId: string, at: number) => {
  vi.spyOn(Date, 'now').mockReturnValue(at)
  await runDurableObjectAlarm(await objectOf(storeId))
  vi.restoreAllMocks()
}

test('[AT90] what a link gave is taken away when its time is over, though nobody asks; what is not over stays', async () => {
  const storeId = await owned('persona_linked')
  const now = Date.now()
  const [late, early, endless] = [
    await linkOf(storeId, now + 2 * hour),
    await linkOf(storeId, now + hour),
    await linkOf(storeId),
  ]
  expect(await alarmOf(storeId)).toBe(now + hour)
  await ring(storeId, now)
  expect(await keptOf(storeId)).toEqual(both(late, early, endless))
  expect(await alarmOf(storeId)).toBe(now + hour)

  await crash(storeId, await placeOf(env, storeId))
  await ring(storeId, now + hour)
  expect(await keptOf(storeId)).toEqual(both(late, endless))
  expect(await alarmOf(storeId)).toBe(now + 2 * hour)
  await ring(storeId, now + 3 * hour)
  expect(await keptOf(storeId)).toEqual(both(endless))
  expect(await alarmOf(storeId)).toBe(null)
})

test('[AT90] what a link gave is taken away also after its store moved', async () => {
  const storeId = await owned('persona_moved')
  await push(storeId, event(1))
  const now = Date.now()
  await linkOf(storeId, now + hour)
  await move(storeId)
  await ring(storeId, now)
  expect(await alarmOf(storeId)).toBe(now + hour)
  await ring(storeId, now + hour)
  expect(await keptOf(storeId)).toEqual(both())
})
