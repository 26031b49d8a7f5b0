import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { workspace$ } from '#schema/workspace/queries.ts'
import { WorkspaceErasureKeeper } from '#web/features/erasures/erasure-keeper.tsx'
import { HistoryKeeper } from '#web/features/sync/history-keeper.tsx'
import { useWorkspaceStore, WorkspaceStoreProvider } from '#web/livestore/store-views.tsx'
import { rememberDevice } from '#web/services/devices.ts'
import { intendedPersonaIds } from '#web/services/intended-personas.ts'
import { rememberWorkspace } from '#web/services/workspaces.ts'
import { Frame } from '#web/ui/frame.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { ShellBar } from './shell-bar.tsx'
import { ShellHeader } from './shell-header.tsx'
import { useShellKeys } from './shell-keys.ts'
import { ShellRail, ShellRailSketch } from './shell-rail.tsx'
import { usePastAddress, usePastMoves, useWholePastAddress } from './use-at.ts'

const ShellSheet = lazy(() => import('./shell-sheet.tsx').then(({ ShellSheet }) => ({ default: ShellSheet })))
const ShellPalette = lazy(() => import('./shell-palette.tsx').then(({ ShellPalette }) => ({ default: ShellPalette })))
const PastBar = lazy(() => import('#web/features/past/past-bar.tsx').then(({ PastBar }) => ({ default: PastBar })))
const ShellHelp = lazy(() => import('./shell-help.tsx').then(({ ShellHelp }) => ({ default: ShellHelp })))

/** The frame of every room. It paints before any store is open. */
export const Shell = () => (
  <WorkspaceStoreProvider
    fallback={
      <Frame rail={<ShellRailSketch />} header={null} bar={null}>
        <LateSkeleton />
      </Frame>
    }
  >
    <OpenShell />
  </WorkspaceStoreProvider>
)

const OpenShell = () => {
  const store = useWorkspaceStore()
  const [open, setOpen] = useState<'sheet' | 'palette' | 'help'>()
  const close = () => setOpen(undefined)
  useShellKeys({ openPalette: () => setOpen('palette'), openHelp: () => setOpen('help') })
  const name = store.useQuery(workspace$)?.name
  useWholePastAddress()
  const past = usePastAddress()
  const { goTo, goToNow } = usePastMoves()
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
      <Frame
        rail={<ShellRail />}
        header={<ShellHeader onFind={() => setOpen('palette')} />}
        bar={<ShellBar onMenu={() => setOpen('sheet')} />}
        isTinted={past !== undefined}
        banner={
          <Suspense fallback={null}>
            {past !== undefined && (
              <PastBar key={past.personaId} {...past} onAt={(at) => goTo({ ...past, at })} onNow={goToNow} />
            )}
          </Suspense>
        }
      >
        <Suspense fallback={<LateSkeleton />}>
          <Outlet />
        </Suspense>
      </Frame>
      <Suspense fallback={null}>
        {open === 'sheet' && <ShellSheet onClose={close} />}
        {open === 'palette' && <ShellPalette onClose={close} onHelp={() => setOpen('help')} />}
        {open === 'help' && <ShellHelp onClose={close} />}
      </Suspense>
    </>
  )
}
