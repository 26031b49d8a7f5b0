import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSyncExternalStore } from 'react'
import { dayOf } from '#web/features/dashboard/calendar.ts'
import { Dashboard } from '#web/features/dashboard/dashboard.tsx'

export default function DashboardRoute() {
  const navigate = useNavigate()
  // The route's own parser makes every value a text.
  const { range, top } = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const today = useSyncExternalStore(subscribeToMinutes, () => dayOf(Date.now()))
  return (
    <Dashboard
      today={today}
      range={range}
      top={top === 'messages' ? 'messages' : 'memories'}
      onChange={(change) =>
        void navigate({ to: '/dashboard', search: (search) => ({ ...search, ...change }), replace: true })
      }
    />
  )
}

const subscribeToMinutes = (listener: () => void) => {
  const timer = setInterval(listener, 60_000)
  return () => clearInterval(timer)
}
