import { useParams } from '@tanstack/react-router'
import { AccessLog } from '#web/features/access/access-log.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'

export default function PersonaAccess() {
  const { personaId } = useParams({ from: '/p/$personaId/access' })
  return <AccessLog key={personaId} storeId={personaStoreId(personaId)} of="this persona" />
}
