import { useEffect } from 'react'
import { workspace$ } from '#schema/workspace/queries.ts'
import { WorkspaceErasureKeeper } from '#web/features/erasures/erasure-keeper.tsx'
import { HistoryKeeper } from '#web/features/sync/history-keeper.tsx'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { rememberDevice } from '#web/services/devices.ts'
import { intendedPersonaIds } from '#web/services/intended-personas.ts'
import { rememberWorkspace } from '#web/services/workspaces.ts'

/** What is seen to while the app is open, in whichever room. */
export const ShellKeepers = () => {
  const store = useWorkspaceStore()
  const name = store.useQuery(workspace$)?.name
  // Again when the name changes, here or elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => rememberWorkspace(store), [store, name])
  useEffect(() => {
    rememberDevice(store)
    if (intendedPersonaIds().length === 0) return
    import('#web/services/personas.ts')
      .then(({ completeIntended }) => completeIntended(store))
      .catch(() => {
        // Whoever opens that persona sees the error.
      })
  }, [store])
  useEffect(() => {
    let stop = () => {}
    const start = async () => {
      const { followOwnerSecret } = await import('#web/services/owner-secret.ts')
      const end = await followOwnerSecret(store)
      stop = end
    }
    const timer = setTimeout(() => void start().catch(() => undefined), 2000) // nobody waits for it; offline: with the next start
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store])
  return (
    <>
      <WorkspaceErasureKeeper />
      <HistoryKeeper />
    </>
  )
}
