import { useCallback, useMemo } from 'react'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { directory$ } from '#schema/workspace/queries.ts'
import { workspaceStoreId } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'

export type NameOf = (storeId: string) => string

/** What a person calls a store; of what is not his there is only the id. */
export const useStoreNames = (): NameOf => {
  const workspace = useWorkspaceStore()
  const active = workspace.useQuery(directory$({ show: 'active', sort: 'name' }))
  const archived = workspace.useQuery(directory$({ show: 'archived', sort: 'name' }))
  const names = useMemo(
    () => new Map([...active, ...archived].map(({ personaId, name }) => [personaStoreId(personaId), name])),
    [active, archived],
  )
  return useCallback((storeId) => names.get(storeId) ?? shortName(storeId), [names])
}

const shortName = (storeId: string): string => {
  if (storeId === workspaceStoreId) return 'Workspace'
  const parsed = parseStoreId(storeId)
  if (parsed instanceof Error) return storeId
  return `${parsed.kind === 'workspace' ? 'Workspace' : 'Persona'} ${parsed.id.slice(0, 6)}…`
}
