import { Alert } from '@mantine/core'
import type { PersonaDraft } from '#schema/personas/commands.ts'
import { revisePersona } from '#schema/personas/commands.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { draftOfPersona } from '#web/services/personas.ts'
import { summarize } from '#web/services/summaries.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { PersonaForm } from './persona-form.tsx'

/** Revises the persona around this view. */
export const EditPersona = ({ onDone }: { readonly onDone?: () => void }) => {
  const workspace = useWorkspaceStore()
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const persona = store.useQuery(persona$)
  const mayWrite = useMayWrite()
  if (!mayWrite)
    return (
      <Alert variant="light" color="gray" title="You can read this persona">
        Its profile, chats and memories are open to you. Its owner can let you change them.
      </Alert>
    )
  if (persona === null) {
    return (
      <Alert variant="light" title="Still arriving">
        This persona is listed, but its log is not on this device yet. It comes as soon as the server can be reached.
      </Alert>
    )
  }
  const before = draftOfPersona(persona)
  const revise = (draft: PersonaDraft) => {
    const refusal = execute(store, revisePersona(store.query(persona$), draft, stampNow()))
    if (refusal === undefined) summarize(workspace, store, personaId)
    return refusal
  }
  return (
    <PersonaForm
      key={personaId}
      initial={before}
      submitLabel="Save"
      onSubmit={(draft) => {
        const refusal = revise(draft)
        if (refusal !== undefined) return refusal
        showUndo(`${draft.name.trim()} is revised`, () => showRefusal(revise(before)))
        onDone?.()
        return undefined
      }}
      {...(onDone === undefined ? {} : { onCancel: onDone })}
    />
  )
}
