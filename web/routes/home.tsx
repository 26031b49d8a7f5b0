import { Navigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { directory$, directoryOf$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { recentPersonaIds } from '#web/services/recent-personas.ts'

const fetchWelcome = () => import('#web/features/personas/welcome.tsx').then(({ Welcome }) => ({ default: Welcome }))
const Welcome = lazy(fetchWelcome)

// A new device shows it next: it comes while the store opens. Where it does not come, it is asked for again.
if (recentPersonaIds().length === 0) fetchWelcome().catch(() => undefined)

/** Goes on where this device left off. */
export default function Home() {
  const store = useWorkspaceStore()
  const recent = store.useQuery(directoryOf$(recentPersonaIds()))
  const others = store.useQuery(directory$({ show: 'active', sort: 'recent' }, 1))
  const lastUsed = recentPersonaIds().find((id) => recent.some(({ personaId }) => personaId === id))
  const personaId = lastUsed ?? others[0]?.personaId
  if (personaId === undefined) return <Welcome />
  return <Navigate to="/p/$personaId/chats" params={{ personaId }} replace />
}
