import { openWorkspace, type PersonaStore } from '#web/livestore/stores.ts'
import { withPersona } from '#web/services/import-lookup.ts'
import { summarize } from '#web/services/summaries.ts'
import { forgiveTransfer, isOwed, type Owed, oweTransfer } from './owed-transfers.ts'

/** Returns why not, or nothing. What is thrown leaves it owed: the next opening of the persona tries again. */
export const settle = (personaId: string, owed: Owed, finish: () => Promise<Error | undefined>) => {
  oweTransfer(personaId, owed)
  return navigator.locks.request(`pjai.transfer.${personaId}`, async () => {
    if (!isOwed(personaId, owed)) return undefined // another tab has finished it
    const refusal = await finish()
    forgiveTransfer(personaId, owed)
    return refusal
  })
}

/** Opens the persona that something comes to, and has what lists show of it follow. */
export const withReceiver = <A>(personaId: string, use: (there: PersonaStore) => Promise<A>): Promise<A> =>
  withPersona(personaId, async (there) => {
    try {
      return await use(there)
    } finally {
      summarize(await openWorkspace(), there, personaId)
    }
  })
