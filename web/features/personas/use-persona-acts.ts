import { useNavigate } from '@tanstack/react-router'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import {
  duplicatePersona,
  erasePersona,
  newPersona,
  putBackPersona,
  removePersona,
  setArchived,
} from '#web/services/personas.ts'
import { showDone, showRefusal, showUndo } from '#web/ui/undo.tsx'

type Named = Pick<DirectoryEntry, 'personaId' | 'name'>

/** What can be done with a persona from outside, each act with its way back. */
export const usePersonaActs = () => {
  const workspace = useWorkspaceStore()
  const navigate = useNavigate()

  const duplicate = async ({ personaId, name }: Named, withMemories: boolean) => {
    const made = await duplicatePersona(workspace, personaId, withMemories).catch(asError)
    if (made instanceof Error) return void showRefusal(made)
    showUndo(`${name} is duplicated${withMemories ? ' with its memories' : ''}`, () =>
      showRefusal(removePersona(workspace, made.personaId)),
    )
    showRefusal(await made.completed.then(() => undefined, asError))
  }

  const archive = async (persona: Named, archived: boolean) => {
    const refusal = await setArchived(workspace, persona.personaId, archived).catch(asError)
    if (showRefusal(refusal)) return
    showUndo(`${persona.name} is ${archived ? 'archived' : 'active again'}`, () => void archive(persona, !archived))
  }

  const remove = ({ personaId, name }: Named) => {
    if (showRefusal(removePersona(workspace, personaId))) return
    showUndo(`${name} is removed. It can be put back from the removed ones.`, () =>
      putBackPersona(workspace, personaId),
    )
  }

  const putBack = ({ personaId, name }: Named) => {
    if (!showRefusal(putBackPersona(workspace, personaId))) showDone(`${name} is back`)
  }

  return {
    /** Returns the refusal for its field; on success goes to the new persona. */
    create: (draft: Parameters<typeof newPersona>[1]) => {
      const made = newPersona(workspace, draft)
      if (made instanceof Error) return made
      // Its room opens the same store, and shows what went wrong if that fails.
      made.completed.catch(() => {})
      void navigate({ to: '/p/$personaId/chats', params: { personaId: made.personaId } })
      return undefined
    },
    duplicate,
    archive,
    remove,
    putBack,
    /** There is no way back. The server is told by whoever watches the workspace for it, as soon as it is reached. */
    erase: async ({ personaId, name }: Named) => {
      const isShown = `${location.pathname}/`.startsWith(`/p/${personaId}/`)
      if (isShown) await navigate({ to: '/personas' })
      if (!showRefusal(erasePersona(workspace, personaId))) showDone(`${name} is erased`)
    },
    exportFile: async ({ personaId }: Named) => {
      const { exportPersona } = await import('./export-persona.ts')
      showRefusal(await exportPersona(personaId).catch(asError))
    },
  }
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
