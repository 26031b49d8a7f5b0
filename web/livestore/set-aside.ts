import { type EncodedFact, put } from './device-db.ts'
import { newId } from './session.ts'

/** Keeps facts that a shard cannot keep, until the person offers them again or lets them go. */
export const setAside = async (storeId: string, reason: string, facts: readonly EncodedFact[]) => {
  if (facts.length > 0) await put('setAside', { id: newId(), storeId, reason, at: new Date(), facts })
}
