import { lookThrough } from '#schema/stores/look.ts'
import { execute } from '#web/livestore/execute.ts'
import { mayWrite, rightTo } from '#web/livestore/rights.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { type PersonaStore, personaStoreId } from '#web/livestore/stores.ts'

/** Looks for what is worth remembering in a conversation that was left. Safe to call at any time, any number of times. */
export const leaveConversation = (
  store: PersonaStore,
  personaId: string,
  conversationId: string,
  hasModels: boolean,
): Error | undefined =>
  mayWrite(rightTo(personaStoreId(personaId)))
    ? execute(store, lookThrough(store, { personaId, conversationId }, hasModels, newId(), stampNow()))
    : undefined
