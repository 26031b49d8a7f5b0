import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { WorkspaceStoreProvider } from '#web/livestore/store-views.tsx'
import { Frame } from '#web/ui/frame.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { ShellBar } from './shell-bar.tsx'
import { ShellHeader } from './shell-header.tsx'
import { ShellRail, ShellRailSketch } from './shell-rail.tsx'

const ShellSheet = lazy(() => import('./shell-sheet.tsx').then(({ ShellSheet }) => ({ default: ShellSheet })))

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
  const [open, setOpen] = useState<'sheet' | 'palette' | 'keys' | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <Frame
        rail={<ShellRail />}
        header={<ShellHeader onFind={() => setOpen('palette')} />}
        bar={<ShellBar onMenu={() => setOpen('sheet')} />}
      >
        <Suspense fallback={<LateSkeleton />}>
          <Outlet />
        </Suspense>
      </Frame>
      <Suspense fallback={null}>{open === 'sheet' && <ShellSheet onClose={close} />}</Suspense>
    </>
  )
}
