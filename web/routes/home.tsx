import { Navigate } from '@tanstack/react-router'
import { lazy } from 'react'
import { directory$, directoryOf$, workspace$ } from '#schema/workspace/queries.ts'
import { Welcome } from '#web/features/personas/welcome.tsx'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { recentPersonaIds } from '#web/services/recent-personas.ts'
import { isJoined } from '#web/services/workspaces.ts'

const Arriving = lazy(() => import('#web/features/personas/arriving.tsx').then((m) => ({ default: m.Arriving })))

/** Goes on where this device left off. */
export default function Home() {
  const store = useWorkspaceStore()
  const recent = store.useQuery(directoryOf$(recentPersonaIds()))
  const others = store.useQuery(directory$({ show: 'active', sort: 'recent' }, 1))
  const workspace = store.useQuery(workspace$)
  const lastUsed = recentPersonaIds().find((id) => recent.some(({ personaId }) => personaId === id))
  const personaId = lastUsed ?? others[0]?.personaId
  if (personaId !== undefined) return <Navigate to="/p/$personaId/chats" params={{ personaId }} replace />
  return isJoined() && workspace === null ? <Arriving /> : <Welcome />
}
