import { branchEnds$ } from '#schema/conversations/queries.ts'
import type { Message } from '#schema/conversations/state.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'

/** The end of the newest branch that goes through a message: the message itself, if nothing follows it. */
export const endOfBranchWith = (
  store: PersonaStore,
  { conversationId, messageId }: Pick<Message, 'conversationId' | 'messageId'>,
): string =>
  store.query(branchEnds$(conversationId, messageId)).toSorted((a, b) => b.sentAt.getTime() - a.sentAt.getTime())[0]
    ?.endId ?? messageId
