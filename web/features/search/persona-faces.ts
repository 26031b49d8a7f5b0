import { useMemo } from 'react'
import { directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'

export interface PersonaFace {
  readonly name: string
  readonly hue: number
  readonly avatar: string | null
}

/** How personas look, by the ids of their stores; archived ones are found too. */
export const usePersonaFaces = (): ReadonlyMap<string, PersonaFace> => {
  const workspace = useWorkspaceStore()
  const active = workspace.useQuery(directory$({ show: 'active', sort: 'recent' }))
  const archived = workspace.useQuery(directory$({ show: 'archived', sort: 'recent' }))
  return useMemo(
    () => new Map([...archived, ...active].map((face) => [personaStoreId(face.personaId), face])),
    [active, archived],
  )
}
