import { lazy, Suspense } from 'react'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { usePreparation } from './hydration/preparations.ts'

const PreparationView = lazy(() =>
  import('./hydration/preparation-view.tsx').then((m) => ({ default: m.PreparationView })),
)

/** A store that is being opened: a sketch, or how far its log is fetched when there is much of it. */
export const StoreOpening = ({ storeId }: { readonly storeId: string }) => {
  const preparation = usePreparation(storeId)
  if (preparation === undefined) return <LateSkeleton />
  return (
    <Suspense fallback={<LateSkeleton />}>
      <PreparationView storeId={storeId} {...preparation} />
    </Suspense>
  )
}
