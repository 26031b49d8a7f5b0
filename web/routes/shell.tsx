import { useLocation } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { Welcome } from '#web/features/personas/welcome.tsx'
import { workspaceStoreId } from '#web/livestore/session.ts'
import { StoreOpening } from '#web/livestore/store-opening.tsx'
import { Frame } from '#web/ui/frame.tsx'
import { beginsWithWelcome, firstViewSeen, noteFirstViewSeen } from './first-view.ts'
import { ShellRailSketch } from './shell-rail-sketch.tsx'

const OpenShell = lazy(() =>
  firstViewSeen.then(() => import('./open-shell.tsx')).then(({ OpenShell }) => ({ default: OpenShell })),
)

/** The frame of every room. It paints before any store is open, and before there is what opens one. */
export const Shell = () => (
  <Suspense
    fallback={
      <Frame rail={<ShellRailSketch />} header={null} bar={null}>
        <BeforeAnyStore />
      </Frame>
    }
  >
    <OpenShell />
  </Suspense>
)

const BeforeAnyStore = () => {
  useEffect(noteFirstViewSeen, [])
  const isHome = useLocation({ select: ({ pathname }) => pathname === '/' })
  return beginsWithWelcome && isHome ? <Welcome /> : <StoreOpening storeId={workspaceStoreId} />
}
