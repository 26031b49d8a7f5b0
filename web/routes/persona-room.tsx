import { Outlet, useParams } from '@tanstack/react-router'
import { PersonaErasureKeeper } from '#web/features/erasures/erasure-keeper.tsx'
import { PersonaKeeper } from '#web/features/personas/persona-keeper.tsx'
import { PersonaStoreProvider } from '#web/livestore/store-views.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'

/** Opens the store of the persona in the address for every room of it. */
export default function PersonaRoom() {
  const { personaId } = useParams({ from: '/p/$personaId' })
  return (
    <PersonaStoreProvider personaId={personaId} fallback={<LateSkeleton />}>
      <PersonaKeeper />
      <PersonaErasureKeeper />
      <Outlet />
    </PersonaStoreProvider>
  )
}
