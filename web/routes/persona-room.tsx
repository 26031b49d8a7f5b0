import { Button } from '@mantine/core'
import { Link, Outlet, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { isErased$ } from '#schema/shared/erasures.ts'
import { PersonaErasureKeeper } from '#web/features/erasures/erasure-keeper.tsx'
import { PersonaKeeper } from '#web/features/personas/persona-keeper.tsx'
import { PresenceKeeper } from '#web/features/presence/presence-keeper.tsx'
import { PersonaStoreProvider, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { personaRoomAt } from './rooms.ts'

/** Opens the store of the persona in the address for every room of it. */
export default function PersonaRoom() {
  const { personaId } = useParams({ from: '/p/$personaId' })
  const { conversationId } = useParams({ strict: false })
  const { memory }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const room = useLocation({ select: ({ pathname }) => personaRoomAt(pathname).label })
  const isErased = useWorkspaceStore().useQuery(isErased$(personaId))
  if (isErased) return <ErasedPersona />
  return (
    <PersonaStoreProvider personaId={personaId} fallback={<LateSkeleton />}>
      <PersonaKeeper />
      <PersonaErasureKeeper />
      <PresenceKeeper room={room} conversationId={conversationId} memoryId={memory} />
      <Outlet />
    </PersonaStoreProvider>
  )
}

const ErasedPersona = () => (
  <EmptyState
    title="This persona was erased"
    text="Nothing of it is left, here or on the server. The certificate stands in the settings."
    action={
      <Button component={Link} to="/personas" variant="default">
        All personas
      </Button>
    }
  />
)
