import { dailyPassIdOf, tierMemories } from '#schema/memories/life-commands.ts'
import { memoryPolicy$ } from '#schema/memories/life-queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { type PersonaStore, pool } from '#web/livestore/stores.ts'
import { reviewUnder } from './lifecycle.ts'

/**
 * Moves memories between tiers, once a day for a persona on this device and in one tab. Devices that do it on the same day
 * write the same pass: who comes later finds nothing to change.
 */
export const passDaily = (store: PersonaStore, personaId: string): Promise<void> =>
  navigator.locks.request(`pjai.tiers.${personaId}`, { ifAvailable: true }, async (lock) => {
    const now = stampNow()
    const day = now.at.toISOString().slice(0, 10)
    const key = `pjai.tiers.${personaId}`
    if (lock === null || localStorage.getItem(key) === day) return
    const policy = store.query(memoryPolicy$)
    const { changes } = await reviewUnder(store, policy, now.at).answer
    if (pool.peek(store.storeId) !== store) return // closed meanwhile: with its next opening
    const refusal = execute(store, tierMemories(personaId, dailyPassIdOf(personaId, now.at), policy, changes, now))
    if (refusal === undefined) localStorage.setItem(key, day)
  })
