import { forgetMemories, restoreMemories } from '#schema/memories/commands.ts'
import { memoriesToTransfer$ } from '#schema/memories/life-queries.ts'
import { receivedIdOf, receiveMemories, transferMemories } from '#schema/memories/transfers.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { withPersona } from '#web/services/import-lookup.ts'
import { forgiveTransfer, type Owed, owedTransfer, oweTransfer } from './owed-transfer.ts'

/** Gives memories to another persona; at most 2000. Returns why not, or how to take it back. */
export const transferTo = async (
  store: PersonaStore,
  personaId: string,
  toPersonaId: string,
  memoryIds: readonly string[],
): Promise<Error | (() => Promise<Error | undefined>)> => {
  const owed = { transferId: newId(), toPersonaId, memoryIds }
  oweTransfer(personaId, owed)
  const refusal = await finish(store, personaId, owed)
  if (refusal !== undefined) return refusal
  return () => takeBack(store, personaId, owed)
}

/** What a killed tab left half done. */
export const finishTransfer = async (store: PersonaStore, personaId: string) => {
  const owed = owedTransfer(personaId)
  if (owed !== undefined) await finish(store, personaId, owed)
}

/** There first: whatever happens between the two, the memories are somewhere, and told again they are there once. */
const finish = (store: PersonaStore, personaId: string, { transferId, toPersonaId, memoryIds }: Owed) =>
  navigator.locks.request(`pjai.transfer.${personaId}`, async () => {
    const memories = store.query(memoriesToTransfer$(memoryIds))
    const ids = memories.map(({ memoryId }) => memoryId)
    const refusal =
      ids.length === 0
        ? undefined
        : ((await withPersona(toPersonaId, async (there) =>
            execute(there, receiveMemories(toPersonaId, personaId, memories, transferId, stampNow())),
          )) ?? execute(store, transferMemories(personaId, toPersonaId, ids, transferId, stampNow())))
    forgiveTransfer(personaId)
    return refusal
  })

const takeBack = async (store: PersonaStore, personaId: string, { transferId, toPersonaId, memoryIds }: Owed) => {
  const here = execute(store, restoreMemories(personaId, memoryIds, newId(), stampNow()))
  if (here !== undefined) return here
  const received = memoryIds.map((memoryId) => receivedIdOf(memoryId, transferId))
  return withPersona(toPersonaId, async (there) =>
    execute(there, forgetMemories(toPersonaId, received, newId(), stampNow())),
  )
}
