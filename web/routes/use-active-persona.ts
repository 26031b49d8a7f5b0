import { useLocation } from '@tanstack/react-router'
import { useEffect, useSyncExternalStore } from 'react'
import { type DirectoryEntry, directoryEntry$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { recentPersonaIds, rememberPersona, subscribeToRecentPersonas } from '#web/services/recent-personas.ts'

/** The id of the persona in the address, if it names one. */
export const usePersonaIdInAddress = (): string | undefined =>
  useLocation({ select: ({ pathname }) => personaIdIn(pathname) })

export const personaIdIn = (pathname: string) => /^\/p\/([a-z0-9]{1,40})(\/|$)/.exec(pathname)?.[1]

/** Whose rooms a page shows first, as far as it can tell before the workspace is open. */
export const firstPersonaId = (pathname: string): string | undefined =>
  pathname === '/' ? recentPersonaIds()[0] : personaIdIn(pathname)

/** The persona in the address, or else the one this device used last. Null when there is none, or it was removed. */
export const useActivePersona = (): DirectoryEntry | null => {
  const inAddress = usePersonaIdInAddress()
  const recent = useSyncExternalStore(subscribeToRecentPersonas, recentPersonaIds)
  useEffect(() => {
    if (inAddress !== undefined) rememberPersona(inAddress)
  }, [inAddress])
  const entry = useWorkspaceStore().useQuery(directoryEntry$(inAddress ?? recent[0] ?? ''))
  return entry?.unlistedAt === null ? entry : null
}
