import { useEffect, useLayoutEffect } from 'react'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useRight } from '#web/livestore/use-right.ts'
import { handOnNewKeys } from '#web/services/key-rotation.ts'
import { completePersona } from '#web/services/personas.ts'
import { watchSummary } from '#web/services/summaries.ts'

/** While a persona is open: finishes what making it left undone, keeps the workspace's summary of it, and hands on its keys. */
export const PersonaKeeper = () => {
  const workspace = useWorkspaceStore()
  const store = usePersonaStore()
  const personaId = usePersonaId()
  // Before the first paint: a room never shows a persona that this device knows how to complete as missing.
  useLayoutEffect(() => {
    void completePersona(workspace, store, personaId)
  }, [workspace, store, personaId])
  const isEditor = useRight(personaId)?.role === 'editor'
  useEffect(() => {
    if (isEditor) void handOnNewKeys(workspace, personaId).catch(() => undefined) // with the next opening
  }, [workspace, personaId, isEditor])
  useEffect(() => watchSummary(workspace, store, personaId), [workspace, store, personaId])
  return null
}
