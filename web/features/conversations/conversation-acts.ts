import {
  archiveConversations,
  deleteConversations,
  favourConversation,
  restoreConversations,
  unarchiveConversations,
  unfavourConversation,
} from '#schema/conversations/commands.ts'
import type { Conversation } from '#schema/conversations/state.ts'
import { proposalsWithout$ } from '#schema/proposals/queries.ts'
import { eraseWithProposals } from '#schema/stores/erase-conversations.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showDone, showRefusal, showUndo } from '#web/ui/undo.tsx'

type Named = Pick<Conversation, 'conversationId' | 'personaId' | 'title'>

export const toggleFavourite = (store: PersonaStore, conversation: Conversation) =>
  showRefusal(
    execute(
      store,
      (conversation.favouredAt === null ? favourConversation : unfavourConversation)(conversation, stampNow()),
    ),
  )

export const archive = (store: PersonaStore, conversation: Named) => {
  if (act(store, archiveConversations, conversation)) {
    showUndo(`“${conversation.title}” is archived.`, () => act(store, unarchiveConversations, conversation))
  }
}

export const unarchive = (store: PersonaStore, conversation: Named) => {
  if (act(store, unarchiveConversations, conversation)) {
    showUndo(`“${conversation.title}” is open again.`, () => act(store, archiveConversations, conversation))
  }
}

export const remove = (store: PersonaStore, conversation: Named) => {
  if (act(store, deleteConversations, conversation)) {
    showUndo(`“${conversation.title}” is deleted.`, () => act(store, restoreConversations, conversation))
  }
}

export const restore = (store: PersonaStore, conversation: Named) => {
  if (act(store, restoreConversations, conversation)) {
    showUndo(`“${conversation.title}” is restored.`, () => act(store, deleteConversations, conversation))
  }
}

/** There is no way back. The server is told by whoever watches the store for it, as soon as it is reached. */
export const eraseForGood = (store: PersonaStore, conversation: Named & Pick<Conversation, 'deletedAt'>): boolean => {
  const { personaId, title } = conversation
  const proposedIds = store.query(proposalsWithout$([conversation.conversationId]))
  const erased = eraseWithProposals(personaId, [conversation], proposedIds, [newId(), newId()], stampNow())
  if (showRefusal(execute(store, erased))) return false
  showDone(`“${title}” is erased.`)
  return true
}

const act = (
  store: PersonaStore,
  command:
    | typeof archiveConversations
    | typeof unarchiveConversations
    | typeof deleteConversations
    | typeof restoreConversations,
  { personaId, conversationId }: Named,
): boolean => !showRefusal(execute(store, command(personaId, [conversationId], newId(), stampNow())))
