import { revisePolicy, tierMemories, untierMemories } from '#schema/memories/life-commands.ts'
import { memoryPolicy$, tiersAmong$ } from '#schema/memories/life-queries.ts'
import type { MemoryPolicy } from '#schema/memories/policy.ts'
import type { TierReview } from '#schema/memories/tiers.ts'
import { together } from '#web/livestore/decision.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { counted } from './bulk-acts.ts'

/** The policy and the pass under it: one act, one undo. Returns the refusal of the policy. */
export const adopt = (store: PersonaStore, personaId: string, policy: MemoryPolicy, { changes }: TierReview) => {
  const current = store.query(memoryPolicy$)
  const ids = changes.map(({ memoryId }) => memoryId)
  const before = store.query(tiersAmong$(ids))
  const stamp = stampNow()
  const refusal = execute(
    store,
    together([
      revisePolicy(personaId, current, policy, stamp),
      tierMemories(personaId, newId(), policy, changes, stamp),
    ]),
  )
  if (refusal !== undefined) return refusal
  showUndo(ids.length === 0 ? 'Policy adopted' : `${counted(ids)} in another tier`, () => {
    const at = stampNow()
    const undone = together([
      untierMemories(personaId, current, ids, before, newId(), at),
      revisePolicy(personaId, store.query(memoryPolicy$), current, at),
    ])
    showRefusal(execute(store, undone))
  })
  return undefined
}
