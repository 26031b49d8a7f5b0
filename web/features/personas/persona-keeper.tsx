import { useEffect, useLayoutEffect } from 'react'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { completePersona } from '#web/services/personas.ts'
import { watchSummary } from '#web/services/summaries.ts'

/** While a persona is open: finishes what making it left undone, and keeps the workspace's summary of it. */
export const PersonaKeeper = () => {
  const workspace = useWorkspaceStore()
  const store = usePersonaStore()
  const personaId = usePersonaId()
  // Before the first paint: a room never shows a persona that this device knows how to complete as missing.
  useLayoutEffect(() => {
    void completePersona(workspace, store, personaId)
  }, [workspace, store, personaId])
  useEffect(() => watchSummary(workspace, store, personaId), [workspace, store, personaId])
  return null
}
