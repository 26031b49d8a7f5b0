import { Outlet } from '@tanstack/react-router'
import { WorkspaceStoreProvider } from '#web/livestore/store-views.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'

export const Shell = () => (
  <WorkspaceStoreProvider fallback={<LateSkeleton />}>
    <Outlet />
  </WorkspaceStoreProvider>
)
