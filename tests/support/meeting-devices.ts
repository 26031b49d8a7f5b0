import { expect, vi } from 'vitest'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { storeWith } from './stores.ts'
import type { makeSyncLog } from './sync-log.ts'

type SyncLog = ReturnType<typeof makeSyncLog>

/** A device that writes to a persona without a network, until it meets the log. */
export const deviceOf = async (log: SyncLog, deviceId: string) => {
  const network = log.device(deviceId, { online: false })
  return {
    network,
    store: await storeWith(personaSchema, [], { clientId: deviceId, sync: { backend: network.backend } }),
  }
}

/** Brings what it wrote, and takes what others left. The network goes only when all is quiet: LiveStore 0.4.0 may send twice, or wait for ever, what was under way. */
export const meet = async (log: SyncLog, { network, store }: Awaited<ReturnType<typeof deviceOf>>) => {
  await network.setOnline(true)
  await vi.waitFor(
    async () => {
      const { session, leader } = await store._dev.syncStates()
      expect([session.pending.length, leader.pending.length]).toEqual([0, 0])
      expect([session.localHead.global, leader.upstreamHead.global]).toEqual(Array(2).fill(log.events().length))
    },
    { timeout: 60_000, interval: 5 },
  )
  await network.setOnline(false)
}
