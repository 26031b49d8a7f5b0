import { useEffect } from 'react'
import { erasures$ } from '#schema/shared/erasures.ts'
import { erasuresByPersona$ } from '#schema/workspace/queries.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { AnyStore } from '#web/livestore/stores.ts'

/** While a store is open: sees to it that what was erased is gone, on the server and on this device. */
const useErasureKeeper = (store: AnyStore, personaId?: string) => {
  const isNeeded = store.useQuery(erasures$(1)).length > 0
  useEffect(() => {
    if (!isNeeded) return
    let stop = () => {}
    let isOver = false
    void import('#web/services/erasing.ts').then(({ watchErasures }) => {
      if (!isOver) stop = watchErasures(store, personaId)
    })
    return () => {
      isOver = true
      stop()
    }
  }, [store, personaId, isNeeded])
}

export const PersonaErasureKeeper = () => {
  useErasureKeeper(usePersonaStore(), usePersonaId())
  return null
}

/** For the workspace, and for the shards that nobody opens: soon after the start, and whenever more was erased in one. */
export const WorkspaceErasureKeeper = () => {
  const workspace = useWorkspaceStore()
  useErasureKeeper(workspace)
  const erasures = workspace.useQuery(erasuresByPersona$)
  useEffect(() => {
    if (erasures.length === 0) return
    const timer = setTimeout(() => {
      void import('#web/services/erasing.ts').then(({ finishErasures }) => finishErasures(workspace))
    }, 5000)
    return () => clearTimeout(timer)
  }, [workspace, erasures])
  return null
}
