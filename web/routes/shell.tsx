import { useLocation } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { Welcome } from '#web/features/personas/welcome.tsx'
import { workspaceStoreId } from '#web/livestore/session.ts'
import { StoreOpening } from '#web/livestore/store-opening.tsx'
import { Frame } from '#web/ui/frame.tsx'
import { Unfetched } from '#web/ui/unfetched.tsx'
import { beginsWithWelcome, firstViewSeen, noteFirstViewSeen } from './first-view.ts'
import { ShellRailSketch } from './shell-rail-sketch.tsx'

const OpenShell = lazy(async () => {
  await firstViewSeen
  try {
    return { default: (await import('./open-shell.tsx')).OpenShell }
  } catch {
    return { default: UnfetchedShell }
  }
})

/** The frame of every room. It paints before any store is open, and before there is what opens one. */
export const Shell = () => (
  <Suspense
    fallback={
      <SketchedFrame>
        <BeforeAnyStore />
      </SketchedFrame>
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

const UnfetchedShell = () => (
  <SketchedFrame>
    <Unfetched />
  </SketchedFrame>
)

const SketchedFrame = ({ children }: { readonly children: ReactNode }) => (
  <Frame rail={<ShellRailSketch />} header={null} bar={null}>
    {children}
  </Frame>
)
