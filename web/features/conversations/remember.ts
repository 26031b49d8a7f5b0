import { textOfParts } from '#schema/conversations/parts.ts'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { addMemory, forgetMemories } from '#schema/memories/commands.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'

/** Makes a memory of what a message says; the memory leads back to the message. */
export const rememberMessage = (store: PersonaStore, { messageId, personaId, parts, sentAt }: MessageRow) => {
  const memoryId = newId()
  const draft = { content: textOfParts(parts), importance: 0.5, kind: 'fact', tags: [], occurredAt: sentAt }
  if (showRefusal(execute(store, addMemory(personaId, memoryId, draft, stampNow(), [messageId])))) return
  showUndo('This is remembered.', () => {
    showRefusal(execute(store, forgetMemories(personaId, [memoryId], newId(), stampNow())))
  })
}
