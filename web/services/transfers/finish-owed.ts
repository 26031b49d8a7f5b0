import { conversationById$ } from '#schema/conversations/queries.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { openWorkspace, type PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { finishConversation, takeConversationBack } from './conversations.ts'
import { finishMemories } from './memories.ts'
import { type OwedConversation, owedTransfers } from './owed-transfers.ts'
import { settle } from './settle.ts'

/** What killed tabs left half done. What fails now stays owed, and waits for the next opening. */
export const finishOwed = async (store: PersonaStore, personaId: string): Promise<void> => {
  await Promise.allSettled(
    owedTransfers(personaId).map((owed) =>
      settle(personaId, owed, async () => {
        if ('memoryIds' in owed) return finishMemories(store, personaId, owed)
        const refusal = await finishConversation(personaId, owed)
        if (!showRefusal(refusal)) await sayMoved(store, personaId, owed)
        return refusal
      }),
    ),
  )
}

/** Whoever began it has seen nothing of its end. */
const sayMoved = async (store: PersonaStore, personaId: string, owed: OwedConversation) => {
  const title = store.query(conversationById$(owed.conversationId))?.title
  const name = (await openWorkspace()).query(directoryEntry$(owed.toPersonaId))?.name ?? 'another persona'
  showUndo(`“${title}” is moved to ${name}.`, () => void takeConversationBack(personaId, owed).then(showRefusal))
}
