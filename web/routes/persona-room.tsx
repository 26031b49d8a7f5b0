import { Button } from '@mantine/core'
import { Link, Outlet, useLocation, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { hasAttachments$ } from '#schema/attachments/queries.ts'
import { isErased$ } from '#schema/shared/erasures.ts'
import { PersonaErasureKeeper } from '#web/features/erasures/erasure-keeper.tsx'
import { LifeKeeper } from '#web/features/memories/life-keeper.tsx'
import { PersonaKeeper } from '#web/features/personas/persona-keeper.tsx'
import { PresenceKeeper } from '#web/features/presence/presence-keeper.tsx'
import { StoreOpening } from '#web/livestore/store-opening.tsx'
import { PersonaStoreProvider, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId, pool } from '#web/livestore/stores.ts'
import { noteWait } from '#web/livestore/waits.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { lazyExtra } from '#web/ui/lazy-part.ts'
import { personaRoomAt } from './rooms.ts'
import { usePastAddress, usePastMoves } from './use-past-address.ts'

const AttachmentKeeper = lazyExtra(() =>
  import('#web/features/attachments/attachment-keeper.tsx').then((m) => m.AttachmentKeeper),
)

const PastPersona = lazy(() => import('#web/features/past/past-rooms.tsx').then((m) => ({ default: m.PastPersona })))

/** Opens the store of the persona in the address for every room of it. */
export default function PersonaRoom() {
  const { personaId } = useParams({ from: '/p/$personaId' })
  const { conversationId } = useParams({ strict: false })
  const { memory }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const room = useLocation({ select: ({ pathname }) => personaRoomAt(pathname).label })
  const isErased = useWorkspaceStore().useQuery(isErased$(personaId))
  const isPast = usePastAddress() !== undefined
  const { goToNow } = usePastMoves()
  const [chosen, setChosen] = useState(() => chosenNow(personaId))
  if (chosen.personaId !== personaId) setChosen(chosenNow(personaId))
  if (isErased) return <ErasedPersona />
  const opening = <StoreOpening storeId={personaStoreId(personaId)} />
  // What was is kept by nobody: the store of now is open beneath, for its log.
  if (isPast)
    return (
      <PersonaStoreProvider personaId={personaId} fallback={opening}>
        <Suspense fallback={<LateSkeleton />}>
          <PastPersona onNow={goToNow}>
            <Outlet />
          </PastPersona>
        </Suspense>
      </PersonaStoreProvider>
    )
  return (
    <PersonaStoreProvider personaId={personaId} fallback={opening}>
      <PersonaKeeper />
      <PersonaErasureKeeper />
      <FilesKept />
      <LifeKeeper />
      <PresenceKeeper room={room} conversationId={conversationId} memoryId={memory} />
      <ShownNoted key={personaId} chosen={chosen} />
      <Outlet />
    </PersonaStoreProvider>
  )
}

type Chosen = ReturnType<typeof chosenNow>

const chosenNow = (personaId: string) => ({
  personaId,
  at: performance.now(),
  way: pool.stateOf(personaStoreId(personaId)) === 'open' ? ('open' as const) : ('closed' as const),
})

const ShownNoted = ({ chosen: { at, way } }: { readonly chosen: Chosen }) => {
  // Once: its key is the persona.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => noteWait({ name: 'persona shown', way, ms: performance.now() - at }), [])
  return null
}

/** What keeps files is fetched only where there are some. */
const FilesKept = () => {
  const has = usePersonaStore().useQuery(hasAttachments$)
  return <Suspense fallback={null}>{has && <AttachmentKeeper />}</Suspense>
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
