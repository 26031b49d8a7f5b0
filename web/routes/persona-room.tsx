import { Outlet, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { PersonaKeeper } from '#web/features/personas/persona-keeper.tsx'
import { PresenceKeeper } from '#web/features/presence/presence-keeper.tsx'
import { PersonaStoreProvider } from '#web/livestore/store-views.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { personaRoomAt } from './rooms.ts'

/** Opens the store of the persona in the address for every room of it. */
export default function PersonaRoom() {
  const { personaId } = useParams({ from: '/p/$personaId' })
  const { conversationId } = useParams({ strict: false })
  const { memory }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const room = useLocation({ select: ({ pathname }) => personaRoomAt(pathname).label })
  return (
    <PersonaStoreProvider personaId={personaId} fallback={<LateSkeleton />}>
      <PersonaKeeper />
      <PresenceKeeper room={room} conversationId={conversationId} memoryId={memory} />
      <Outlet />
    </PersonaStoreProvider>
  )
}
