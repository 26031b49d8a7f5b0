import { expect, test } from 'vitest'
import { devices$ } from '#schema/workspace/queries.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'
import { deviceFact } from '#web/services/device-fact.ts'

const at = (time: string) => ({ at: new Date(time), actorId: 'a', deviceId: 'd' })
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0'

test('[SH8] a device makes itself known at most once a day', async () => {
  const store = await workspaceStoreWith()
  const see = (time: string) => {
    const fact = deviceFact(store.query(devices$), firefox, at(time))
    if (fact !== undefined) commit(store, fact)
    return fact !== undefined
  }
  const days = ['2026-03-01T08:00:00Z', '2026-03-01T23:00:00Z', '2026-03-02T01:00:00Z']
  expect(days.map(see)).toEqual([true, false, true])
  expect(store.query(devices$)).toMatchObject([{ deviceId: 'd', lastSeenAt: new Date('2026-03-02T01:00:00Z') }])
})

test('[SH9] a device is called by its browser and its system', () => {
  const agents = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
    firefox,
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36',
    'curl/8',
  ]
  const names = agents.map((agent) => deviceFact([], agent, at('2026-03-01T08:00:00Z'))?.args)
  expect(names.map((device) => `${device?.browser} on ${device?.platform}`)).toEqual([
    'Edge on Windows',
    'Safari on iOS',
    'Firefox on Linux',
    'Chrome on Android',
    'Unknown on Unknown',
  ])
})
