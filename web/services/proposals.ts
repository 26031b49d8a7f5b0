import { proposeFrom } from '#schema/stores/propose-memories.ts'
import { execute } from '#web/livestore/execute.ts'
import { mayWrite, rightTo } from '#web/livestore/rights.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { type PersonaStore, personaStoreId } from '#web/livestore/stores.ts'

/** Looks for what is worth remembering in a conversation that was left. Safe to call at any time, any number of times. */
export const lookThrough = (store: PersonaStore, personaId: string, conversationId: string): Error | undefined =>
  mayWrite(rightTo(personaStoreId(personaId)))
    ? execute(store, proposeFrom(store, { personaId, conversationId }, newId(), stampNow()))
    : undefined
