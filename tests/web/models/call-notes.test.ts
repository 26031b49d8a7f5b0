import { beforeEach, expect, test, vi } from 'vitest'
import { addAccount, noteUsage } from '#schema/providers/commands.ts'
import { healthSeenBy$, usageOf$ } from '#schema/providers/queries.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'
import { makeCallNotes } from '#web/services/models/call-notes.ts'
import { ModelFailure } from '#web/services/models/model-call.ts'

const noon = new Date('2026-03-01T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const stampOn = (deviceId: string) => (at: Date) => ({ at, actorId: 'ada', deviceId })
const refused = new ModelFailure({ code: 'refused', detail: 'Nobody answers.' })
const broken = new ModelFailure({ code: 'server', detail: 'It fell over.' })

beforeEach(() => localStorage.clear())

/** A tab on a laptop, with one account of such limits. */
const tabWith = async (limits: object) => {
  const draft = { kind: 'openai-compatible', name: 'A', baseUrl: 'https://a.example/v1', viaProxy: false } as const
  const store = await workspaceStoreWith(addAccount('a', { ...draft, limits }, stampOn('laptop')(noon)))
  const planTelling = vi.fn<() => void>()
  const newTab = () =>
    makeCallNotes({
      workspace: () => store,
      write: (fact) => commit(store, fact),
      stamp: stampOn('laptop'),
      planTelling,
    })
  return { store, newTab, planTelling, ...newTab() }
}

test('[PV8] the tabs of a device share the limits of a minute', async () => {
  const { admit, newTab } = await tabWith({ requestsPerMinute: 2 })
  const other = newTab()
  expect(admit('a', 10, noon)).toBeUndefined()
  expect(other.admit('a', 10, after(10))).toBeUndefined()
  expect(admit('a', 10, after(20))).toMatchObject({ quota: 'requestsPerMinute', until: after(60) })
  expect(other.admit('a', 10, after(61))).toBeUndefined()
})

test('[PV8] what was answered counts into the tokens of the minute', async () => {
  const { admit, noteCall } = await tabWith({ tokensPerMinute: 500 })
  expect(admit('a', 100, noon)).toBeUndefined()
  noteCall('a', 'm', { promptTokens: 100, completionTokens: 350 }, after(5))
  expect(admit('a', 100, after(6))).toMatchObject({ quota: 'tokensPerMinute', until: after(60) })
  expect(admit('a', 50, after(6))).toBeUndefined()
})

test('[PV9] the limits of a day are of all devices together, and of what no log knows yet', async () => {
  const { store, admit, noteCall, tellAllUsage } = await tabWith({ requestsPerDay: 4 })
  const day = '2026-03-01'
  const ofPhone = { requests: 2, promptTokens: 0, completionTokens: 0, cost: 0 }
  commit(store, noteUsage('a', day, ofPhone, stampOn('phone')(noon)))
  noteCall('a', 'm', { promptTokens: 5, completionTokens: 5, cost: 0.5 }, noon)
  expect(admit('a', 1, noon)).toBeUndefined()
  noteCall('a', 'm', {}, noon)
  expect(admit('a', 1, noon)).toMatchObject({ quota: 'requestsPerDay', until: new Date('2026-03-02T00:00:00Z') })
  expect(store.query(usageOf$(day))).toHaveLength(1)
  tellAllUsage(store, noon)
  tellAllUsage(store, noon)
  const laptop = store.query(usageOf$(day)).find(({ deviceId }) => deviceId === 'laptop')
  expect(laptop).toMatchObject({ requests: 2, promptTokens: 5, completionTokens: 5, cost: 0.5 })
  expect(admit('a', 1, new Date('2026-03-02T00:00:01Z'))).toBeUndefined()
})

test('[PV9] a day that ends untold is told before the next begins; an emptied browser goes on from what was told', async () => {
  const { store, noteCall, tellAllUsage } = await tabWith({})
  noteCall('a', 'm', {}, noon)
  const tomorrow = new Date('2026-03-02T09:00:00Z')
  noteCall('a', 'm', {}, tomorrow)
  expect(store.query(usageOf$('2026-03-01'))).toMatchObject([{ requests: 1 }])
  tellAllUsage(store, tomorrow)
  localStorage.clear()
  noteCall('a', 'm', {}, tomorrow)
  tellAllUsage(store, tomorrow)
  expect(store.query(usageOf$('2026-03-02'))).toMatchObject([{ requests: 2 }])
})

test('[PV6] the workspace hears of an account’s health when it changes, and of no call besides', async () => {
  const { store, noteCall } = await tabWith({})
  const view = () => store.query(healthSeenBy$('laptop'))
  noteCall('a', 'm', {}, noon)
  const first = view()
  expect(first).toMatchObject([{ health: 'healthy', lastError: null, notedAt: noon }])
  noteCall('a', 'm', {}, after(1))
  expect(view()).toEqual(first)
  noteCall('a', 'm', { failure: broken }, after(2))
  expect(view()).toMatchObject([{ health: 'degraded', lastError: 'It fell over.' }])
  noteCall('a', 'm', { failure: refused }, after(3))
  expect(view()).toMatchObject([{ health: 'down', lastError: 'Nobody answers.', notedAt: after(3) }])
  noteCall('a', 'm', { failure: new ModelFailure({ code: 'stopped', detail: 'You stopped it.' }) }, after(4))
  expect(view()).toMatchObject([{ health: 'down', notedAt: after(3) }])
})

test('[PV9] a call that never arrived is no request', async () => {
  const { store, noteCall, usageToday } = await tabWith({})
  noteCall('a', 'm', { failure: refused }, noon)
  expect(usageToday(store, 'a', noon).requests).toBe(0)
  noteCall('a', 'm', { failure: broken }, noon)
  expect(usageToday(store, 'a', noon).requests).toBe(1)
})
