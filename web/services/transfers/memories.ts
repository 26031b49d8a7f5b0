import { forgetMemories, restoreMemories } from '#schema/memories/commands.ts'
import { memoriesToTransfer$ } from '#schema/memories/life-queries.ts'
import { receiveMemories, transferMemories } from '#schema/memories/transfers.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import type { OwedMemories } from './owed-transfers.ts'
import { settle, withReceiver } from './settle.ts'

/** Gives memories to another persona; at most 2000. Returns why not, or how to take it back. */
export const giveMemories = async (
  store: PersonaStore,
  personaId: string,
  toPersonaId: string,
  memoryIds: readonly string[],
): Promise<Error | (() => Promise<Error | undefined>)> => {
  const owed = { transferId: newId(), toPersonaId, memoryIds }
  const refusal = await settle(personaId, owed, () => finishMemories(store, personaId, owed))
  return refusal ?? (() => takeBack(store, personaId, owed))
}

/** There first: whatever happens between the two, the memories are somewhere, and told again they are there once. */
export const finishMemories = async (
  store: PersonaStore,
  personaId: string,
  { transferId, toPersonaId, memoryIds }: OwedMemories,
) => {
  const memories = store.query(memoriesToTransfer$(memoryIds))
  const ids = memories.map(({ memoryId }) => memoryId)
  if (ids.length === 0) return undefined
  const refusal = await withReceiver(toPersonaId, async (there) =>
    execute(there, receiveMemories(toPersonaId, personaId, memories, transferId, stampNow())),
  )
  return refusal ?? execute(store, transferMemories(personaId, toPersonaId, ids, transferId, stampNow()))
}

const takeBack = async (
  store: PersonaStore,
  personaId: string,
  { transferId, toPersonaId, memoryIds }: OwedMemories,
) => {
  const here = execute(store, restoreMemories(personaId, memoryIds, newId(), stampNow()))
  if (here !== undefined) return here
  const received = memoryIds.map((memoryId) => receivedIdOf(memoryId, transferId))
  return withReceiver(toPersonaId, async (there) =>
    execute(there, forgetMemories(toPersonaId, received, newId(), stampNow())),
  )
}
