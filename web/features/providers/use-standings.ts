import { useCallback, useEffect, useState } from 'react'
import { healthSeenBy$, providerAccounts$ } from '#schema/providers/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { type AccountStanding, accountStandings } from '#web/services/models/accounts.ts'

/** Followed live; but of keys nothing tells, so whoever changes one says so. */
export const useStandings = () => {
  const workspace = useWorkspaceStore()
  const accounts = workspace.useQuery(providerAccounts$)
  const health = workspace.useQuery(healthSeenBy$(session.deviceId))
  const [keysRead, setKeysRead] = useState(0)
  const [standings, setStandings] = useState<readonly AccountStanding[]>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what they tell is read again when they change
  useEffect(() => {
    let isOver = false
    void accountStandings(workspace).then((read) => {
      if (!isOver) setStandings(read)
    })
    return () => {
      isOver = true
    }
  }, [workspace, accounts, health, keysRead])
  const readKeys = useCallback(() => setKeysRead((count) => count + 1), [])
  return { standings, readKeys }
}
