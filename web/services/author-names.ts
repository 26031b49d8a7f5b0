import { devices$ } from '#schema/workspace/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

interface Author {
  readonly actorId: string
  readonly deviceId: string
}

/** What to call who wrote something. Of other people nothing is known here but that they are others. */
export const useAuthorNames = (): ((author: Author | null) => string) => {
  const devices = useWorkspaceStore().useQuery(devices$)
  return (author) => {
    if (author === null) return 'As it was first'
    if (author.actorId !== session.actorId) return 'Somebody else'
    if (author.deviceId === session.deviceId) return 'You, on this device'
    const device = devices.find(({ deviceId }) => deviceId === author.deviceId)
    return device === undefined ? 'You, on another device' : `You, on ${device.browser} on ${device.platform}`
  }
}
