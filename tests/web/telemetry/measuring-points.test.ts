import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { preferModels } from '#schema/tasks/commands.ts'
import { workspaceStoreWith } from '#tests/support/stores.ts'
import { engineSetting, facts, model, saying, stamp, wish } from '#tests/web/tasks/engine-setting.ts'
import type { LineStatus } from '#web/livestore/mended-sync.ts'
import type { SyncMessage } from '#web/livestore/sync-channel.ts'
import { forgetSync, learnLocal, syncStatusOf } from '#web/livestore/sync-status.ts'
import { followWaits, type NotedWait } from '#web/livestore/waits.ts'
import { ModelFailure } from '#web/services/models/model-call.ts'
import { startTelemetry } from '#web/services/telemetry/telemetry.ts'

let noted: NotedWait[] = []

beforeEach(() => {
  localStorage.clear()
  noted = []
  followWaits((wait) => noted.push(wait))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const storeId = 'persona_ada'

test('[HE35] who commits waits once until it is saved, once until it is synced, and is told once that it is refused', async () => {
  const worker = new BroadcastChannel('pjai-sync')
  const tell = async (status: LineStatus) => {
    worker.postMessage({ type: 'status', storeId, status } satisfies SyncMessage)
    const { confirmed, ...rest } = status
    const waiting = (syncStatusOf(storeId)?.events ?? 0) - confirmed
    await vi.waitFor(() => expect(syncStatusOf(storeId)).toMatchObject({ ...rest, waiting }))
  }
  learnLocal(storeId, 1, 1)
  learnLocal(storeId, 1, 0)
  expect(noted).toEqual([{ name: 'saved', ms: expect.any(Number) }])
  await tell({ connected: true, confirmed: 1, refusal: null })
  expect(noted).toHaveLength(1) // it waited for the network

  learnLocal(storeId, 2, 1)
  learnLocal(storeId, 3, 2) // the same wait goes on
  learnLocal(storeId, 3, 0)
  await tell({ connected: true, confirmed: 2, refusal: null })
  await tell({ connected: true, confirmed: 3, refusal: null })
  expect(noted.map(({ name }) => name)).toEqual(['saved', 'saved', 'synced'])

  const refusal = { code: 'TooLarge', message: 'It is too large.' }
  for (const connected of [true, false]) await tell({ connected, confirmed: 3, refusal })
  expect(noted.slice(3)).toEqual([{ name: 'error', kind: 'sync refused', ms: 0 }])
  forgetSync(storeId)
  worker.close()
})

test('[HE35] who asks a model waits once for the first of its answer; one that fails is told once', async () => {
  const order = preferModels('p1', [{ accountId: 'a1', model: 'quick' }], {}, stamp)
  const setting = await engineSetting([...facts, order, wish('t1')])
  setting.world.candidates = [model()]
  setting.world.call = async (request) => {
    setting.world.time += 250
    return saying('Green ', 'tea.')(request)
  }
  setting.tab()
  await vi.waitFor(() => expect(setting.task('t1')?.status).toBe('succeeded'))
  expect(noted).toEqual([{ name: 'first token', ms: 250 }])

  setting.world.call = async () => new ModelFailure({ code: 'wrongKey', detail: 'The key is wrong.' })
  setting.commit(wish('t2'))
  await vi.waitFor(() => expect(setting.task('t2')?.status).toBe('failed'))
  expect(noted.slice(1)).toEqual([{ name: 'error', kind: 'model', ms: 0 }])
})

test('[HE35] a page starts once, and only one that somebody looks at', async () => {
  const start = async (hidden: boolean) => {
    vi.resetModules()
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden)
    const waits = await import('#web/livestore/waits.ts')
    const told: NotedWait[] = []
    waits.followWaits((wait) => told.push(wait))
    waits.noteStarted()
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(false)
    waits.noteStarted()
    return told
  }
  expect(await start(false)).toEqual([{ name: 'start', ms: expect.any(Number) }])
  expect(await start(true)).toEqual([])
})

test('[HE35] a script that fails is told once', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ isWanted: true }))
  const stop = await startTelemetry(await workspaceStoreWith())
  followWaits((wait) => noted.push(wait))
  dispatchEvent(new Event('error'))
  dispatchEvent(new Event('unhandledrejection'))
  stop()
  followWaits((wait) => noted.push(wait))
  dispatchEvent(new Event('error'))
  expect(noted).toEqual(Array.from({ length: 2 }, () => ({ name: 'error', kind: 'script', ms: 0 })))
})
