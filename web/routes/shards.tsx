import { Navigate, useMatch, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { isShardsView, ShardsRoom } from '#web/features/shards/shards-room.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'

const views = {
  overview: lazy(() => import('#web/features/shards/overview.tsx').then((m) => ({ default: m.Overview }))),
  plan: lazy(() => import('#web/features/shards/plan/plan-view.tsx').then((m) => ({ default: m.PlanView }))),
  moves: lazy(() => import('#web/features/shards/moves/moves-view.tsx').then((m) => ({ default: m.MovesView }))),
  health: lazy(() => import('#web/features/shards/health/health-view.tsx').then((m) => ({ default: m.HealthView }))),
  explore: lazy(() => import('#web/features/sync/shards-page.tsx').then((m) => ({ default: m.ShardsPage }))),
}
const ExplorerRoom = lazy(() =>
  import('#web/features/shard-explorer/explorer-room.tsx').then((m) => ({ default: m.ExplorerRoom })),
)

/** Where stores stand, and what is on this device; or, where the address names a store, what is in it. */
export default function Shards() {
  // Both of what is shown: the location is ahead of it while somebody leaves.
  const name = useMatch({ strict: false, select: ({ pathname }) => pathname.split('/')[2] ?? '' })
  // The route's own parser makes every value a text.
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const view = isShardsView(name) ? name : 'overview'
  const isInside = search.store !== undefined
  // So was the address of what is in a store, before there were other views.
  if (view === 'overview' && isInside) return <Navigate to="/shards/explore" search={search} replace />
  const View = views[view]
  return (
    <Suspense fallback={<LateSkeleton />}>
      {view === 'explore' && isInside ? (
        <ExplorerRoom />
      ) : (
        <ShardsRoom view={view}>
          <Suspense fallback={<LateSkeleton />}>
            <View />
          </Suspense>
        </ShardsRoom>
      )}
    </Suspense>
  )
}
