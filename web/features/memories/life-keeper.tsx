import { useEffect } from 'react'
import type { Decision } from '#web/livestore/decision.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { pool } from '#web/livestore/stores.ts'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { owedTransfers } from '#web/services/transfers/owed-transfers.ts'

/** Milliseconds a persona is open before its memories are looked through: who only passes by is not kept waiting for it. */
const patience = 60_000

/** While a persona is open: lets its memories age, once a day, and ends transfers that were cut short. */
export const LifeKeeper = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const mayWrite = useMayWrite()
  useEffect(() => {
    if (!mayWrite) return
    const pass = async () => {
      const [{ passDaily }, { reviewUnder }] = await Promise.all([
        import('#web/services/lifecycle/daily-pass.ts'),
        import('#web/services/lifecycle/lifecycle.ts'),
      ])
      const write = (decision: Decision) => execute(store, decision)
      const isOpen = () => pool.peek(store.storeId) === store
      const [stamp, locks, notes] = [stampNow(), navigator.locks, localStorage]
      await passDaily(store, personaId, { stamp, review: reviewUnder, write, isOpen, locks, notes })
    }
    const finish = () => {
      if (owedTransfers(personaId).length > 0)
        void import('#web/services/transfers/finish-owed.ts')
          .then(({ finishOwed }) => finishOwed(store, personaId))
          .catch(() => undefined) // with the next opening
    }
    finish()
    window.addEventListener('online', finish)
    const timer = setTimeout(() => void pass().catch(() => undefined), patience) // with the next opening
    return () => {
      clearTimeout(timer)
      window.removeEventListener('online', finish)
    }
  }, [store, personaId, mayWrite])
  return null
}
