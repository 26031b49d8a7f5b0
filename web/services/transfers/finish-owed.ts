import type { PersonaStore } from '#web/livestore/stores.ts'
import { finishConversation } from './conversations.ts'
import { finishMemories } from './memories.ts'
import { owedTransfers } from './owed-transfers.ts'
import { settle } from './settle.ts'

/** What killed tabs left half done. What fails now stays owed, and waits for the next opening. */
export const finishOwed = async (store: PersonaStore, personaId: string): Promise<void> => {
  await Promise.allSettled(
    owedTransfers(personaId).map((owed) =>
      settle(personaId, owed, () =>
        'memoryIds' in owed ? finishMemories(store, personaId, owed) : finishConversation(personaId, owed),
      ),
    ),
  )
}
