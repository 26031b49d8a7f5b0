import { useMemo } from 'react'
import { devices$ } from '#schema/workspace/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

/** What to call who wrote an event, and on what. Of other people nothing is known here but that they are others. */
export interface Signers {
  readonly person: (actorId: string) => string
  readonly device: (deviceId: string) => string
}

/** As it begins a sentence or stands alone. */
export const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

export const useSigners = (): Signers => {
  const devices = useWorkspaceStore().useQuery(devices$)
  return useMemo(() => {
    const names = new Map(devices.map(({ deviceId, browser, platform }) => [deviceId, `${browser} on ${platform}`]))
    return {
      person: (actorId) =>
        actorId === ''
          ? 'Nobody named'
          : actorId === session.actorId
            ? 'You'
            : `Another person (${actorId.slice(0, 6)})`,
      device: (deviceId) => {
        if (deviceId === '') return 'no device named'
        if (deviceId === session.deviceId) return 'this device'
        return names.get(deviceId) ?? `another device (${deviceId.slice(0, 6)})`
      },
    }
  }, [devices])
}
