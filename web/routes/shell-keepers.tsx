import { useEffect } from 'react'
import { WorkspaceErasureKeeper } from '#web/features/erasures/erasure-keeper.tsx'
import { HistoryKeeper } from '#web/features/sync/history-keeper.tsx'
import { whenQuiet } from '#web/livestore/hydration/preparations.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { workOffline } from '#web/offline.ts'
import { intendedPersonaIds } from '#web/services/intended-personas.ts'
import { joinSearchLater } from '#web/services/search/join-search.ts'

/** What is seen to while the app is open, in whichever room. */
export const ShellKeepers = () => {
  const store = useWorkspaceStore()
  useEffect(() => {
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
  useEffect(joinSearchLater, [])
  useEffect(() => {
    let stop = () => {}
    const start = async () => {
      const { startTelemetry } = await import('#web/services/telemetry/telemetry.ts')
      const end = await startTelemetry(store)
      stop = end
    }
    const timer = setTimeout(() => void start().catch(() => undefined), 2000)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [store])
  useEffect(() => {
    // It fetches all of the app, which would keep a new device from opening its first rooms.
    return whenQuiet(() => void workOffline())
  }, [])
  useEffect(() => {
    // Who opens it types at once.
    const timer = setTimeout(() => void import('./shell-palette.tsx').catch(() => undefined), 2000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <>
      <WorkspaceErasureKeeper />
      <HistoryKeeper />
    </>
  )
}
