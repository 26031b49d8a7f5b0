import { memo, useState } from 'react'
import type { MemoryDraft } from '#schema/memories/commands.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { DetailPane } from '#web/ui/detail-pane.tsx'
import { dropDraft, keepDraft, keptDraft } from './kept-draft.ts'
import { add } from './memory-acts.ts'
import { MemoryForm } from './memory-form.tsx'

interface NewMemoryProps {
  readonly onAdded: (memoryId: string) => void
  readonly onClose: () => void
}

/** Closing keeps what was begun; saving clears it. */
export const NewMemory = memo(function NewMemory({ onAdded, onClose }: NewMemoryProps) {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const [initial] = useState(() => keptDraft(personaId) ?? emptyDraft())
  const submit = (draft: MemoryDraft) => {
    const added = add(store, personaId, draft)
    if (added instanceof Error) return added
    dropDraft(personaId)
    // A field that is removed while it has the focus costs a layout in the midst of the rendering.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    onAdded(added)
    return undefined
  }
  return (
    <DetailPane title="New memory" onClose={onClose}>
      <MemoryForm
        initial={initial}
        submitLabel="Add memory"
        withTime
        onSubmit={submit}
        onCancel={onClose}
        onChange={(draft) => keepDraft(personaId, draft)}
      />
    </DetailPane>
  )
})

const emptyDraft = (): MemoryDraft => ({ content: '', importance: 0.5, kind: 'fact', tags: [], occurredAt: new Date() })
