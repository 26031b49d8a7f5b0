import { erasures$ } from '#schema/shared/erasures.ts'
import { isSnapshotOfUse } from '#schema/snapshots/commands.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useSyncStatus } from '#web/livestore/sync-status.ts'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { startMaking, useMaking } from '#web/services/snapshots/makings.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { SnapshotView } from './snapshot-view.tsx'

/** How much a new device has to read before this persona opens there. Nothing of a short log. */
export const SnapshotPanel = () => {
  const personaId = usePersonaId()
  const store = usePersonaStore()
  const workspace = useWorkspaceStore()
  const snapshot = workspace.useQuery(snapshotOf$(personaId))
  const erasures = store.useQuery(erasures$(100))
  const status = useSyncStatus(store.storeId)
  const making = useMaking(personaId)
  const isOwner = useIsOwner()
  const events = status === undefined ? 0 : status.events - status.waiting
  if (!isOwner || !isSnapshotOfUse(events)) return null
  const isClosed = snapshot !== null && erasures.some(({ certifiedAt }) => (certifiedAt ?? 0) > snapshot.madeAt)
  const make = async () => {
    const outcome = await startMaking(workspace, personaId)
    if (outcome instanceof Error) showRefusal(outcome)
    else if (outcome === undefined) showDone('The snapshot is beside the log')
  }
  return (
    <SnapshotView events={events} snapshot={snapshot} isClosed={isClosed} making={making} onMake={() => void make()} />
  )
}
