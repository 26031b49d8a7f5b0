import { useEffect, useState } from 'react'
import { conversationById$ } from '#schema/conversations/queries.ts'
import { memoryById$ } from '#schema/memories/queries.ts'
import { workspace$ } from '#schema/workspace/queries.ts'
import { browserOf, platformOf } from '#schema/workspace/user-agent.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { useSyncStatus } from '#web/livestore/sync-status.ts'
import { attend, sayOfSelf } from '#web/services/presence.ts'

interface PresenceKeeperProps {
  readonly room: string
  readonly conversationId: string | undefined
  readonly memoryId: string | undefined
}

/** Tells the others that this persona is open here, and at what, while it is looked at and the server is there. */
export const PresenceKeeper = ({ room, conversationId, memoryId }: PresenceKeeperProps) => {
  const store = usePersonaStore()
  const storeId = personaStoreId(usePersonaId())
  const isConnected = useSyncStatus(storeId)?.connected === true
  const isLookedAt = useLookedAt()
  const name = useWorkspaceStore().useQuery(workspace$)?.name ?? ''
  const conversation = store.useQuery(conversationById$(conversationId ?? ''))
  const memory = store.useQuery(memoryById$(memoryId ?? ''))
  const thingId = conversation?.conversationId ?? memory?.memoryId ?? null
  const title = conversation?.title ?? memory?.preview ?? ''
  useEffect(() => {
    sayOfSelf({ name: name === unnamed ? '' : name, device: thisDevice, where: { room, thingId, title } })
  }, [name, room, thingId, title])
  useEffect(() => (isConnected && isLookedAt ? attend(storeId) : undefined), [storeId, isConnected, isLookedAt])
  return null
}

const thisDevice = `${browserOf(navigator.userAgent)} on ${platformOf(navigator.userAgent)}`

/** What a workspace is called until somebody names it. */
const unnamed = 'My workspace'

/** Going to another tab for a moment is not leaving. */
const useLookedAt = (): boolean => {
  const [lookedAt, setLookedAt] = useState(true)
  useEffect(() => {
    let leaving: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      clearTimeout(leaving)
      if (document.visibilityState === 'visible') setLookedAt(true)
      else leaving = setTimeout(() => setLookedAt(false), 20_000)
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(leaving)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return lookedAt
}
