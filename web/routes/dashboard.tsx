import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useSyncExternalStore } from 'react'
import { Dashboard } from '#web/features/dashboard/dashboard.tsx'
import { dayOf } from '#web/ui/charts/calendar.ts'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { usePastAddress, usePastMoves } from './use-past-address.ts'

const PastWorkspace = lazy(() =>
  import('#web/features/past/past-rooms.tsx').then((m) => ({ default: m.PastWorkspace })),
)

export default function DashboardRoute() {
  const today = useSyncExternalStore(subscribeToMinutes, () => dayOf(Date.now()))
  const past = usePastAddress()
  const { goToNow } = usePastMoves()
  if (past === undefined) return <DashboardOn today={today} />
  return (
    <Suspense fallback={<LateSkeleton />}>
      <PastWorkspace personaId={past.personaId} onNow={goToNow}>
        {(time) => <DashboardOn today={dayOf(time)} />}
      </PastWorkspace>
    </Suspense>
  )
}

const DashboardOn = ({ today }: { readonly today: string }) => {
  const navigate = useNavigate()
  // The route's own parser makes every value a text.
  const { range, top, persona } = useSearch({ strict: false }) as Readonly<Record<string, string>>
  return (
    <Dashboard
      today={today}
      range={range}
      personaId={persona}
      top={top === 'messages' ? 'messages' : 'memories'}
      onChange={(change) =>
        void navigate({ to: '/dashboard', search: (search) => withoutEmpty({ ...search, ...change }), replace: true })
      }
    />
  )
}

const withoutEmpty = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined))

const subscribeToMinutes = (listener: () => void) => {
  const timer = setInterval(listener, 60_000)
  return () => clearInterval(timer)
}
