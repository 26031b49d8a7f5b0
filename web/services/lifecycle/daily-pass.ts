import { dailyPassIdOf, tierMemories } from '#schema/memories/life-commands.ts'
import { memoryPolicy$ } from '#schema/memories/life-queries.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import type { Decision } from '#web/livestore/decision.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import type { reviewUnder } from './lifecycle.ts'

interface PassMeans {
  readonly stamp: Stamp
  readonly review: typeof reviewUnder
  readonly write: (decision: Decision) => Error | undefined
  /** False once the persona was closed. */
  readonly isOpen: () => boolean
  readonly locks: Pick<LockManager, 'request'>
  /** On which day each persona was looked through last, on this device. */
  readonly notes: Pick<Storage, 'getItem' | 'setItem'>
}

/**
 * Moves memories between tiers, once a day for a persona on this device and in one tab. Devices that do it on the same day
 * write the same pass: who comes later finds nothing to change.
 */
export const passDaily = (
  store: PersonaStore,
  personaId: string,
  { stamp, review, write, isOpen, locks, notes }: PassMeans,
): Promise<void> =>
  locks.request(`pjai.tiers.${personaId}`, { ifAvailable: true }, async (lock) => {
    const day = stamp.at.toISOString().slice(0, 10)
    const key = `pjai.tiers.${personaId}`
    if (lock === null || notes.getItem(key) === day) return
    const policy = store.query(memoryPolicy$)
    const { changes } = await review(store, policy, stamp.at).answer
    if (!isOpen()) return // with its next opening
    const refusal = write(tierMemories(personaId, dailyPassIdOf(personaId, stamp.at), policy, changes, stamp))
    if (refusal === undefined) notes.setItem(key, day)
  })
