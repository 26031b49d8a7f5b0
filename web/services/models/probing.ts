import { mayMendItself, probeDelay } from '#schema/providers/health.ts'
import { type ProviderAccount, providerAccounts$ } from '#schema/providers/queries.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { askAccount } from './account-setup.ts'
import { readLedger } from './ledger.ts'

/**
 * Asks accounts that failed again, later and later, until they are well: only while somebody looks at the page, and only
 * where it may have mended itself. Returns the end of it.
 */
export const probeFailed = (workspace: WorkspaceStore): (() => void) => {
  const timers = new Map<string, ReturnType<typeof setTimeout>>()
  const tries = new Map<string, number>()
  let isOver = false

  const plan = () => {
    if (isOver || document.visibilityState === 'hidden') return
    for (const account of workspace.query(providerAccounts$)) {
      if (timers.has(account.accountId)) continue
      if (hasFailed(account)) planProbe(account)
      else tries.delete(account.accountId)
    }
  }
  const planProbe = (account: ProviderAccount) => {
    const tried = tries.get(account.accountId) ?? 0
    tries.set(account.accountId, tried + 1)
    const probe = async () => {
      await askAccount(workspace, account)
      timers.delete(account.accountId)
      plan()
    }
    timers.set(
      account.accountId,
      setTimeout(() => void probe(), probeDelay(tried)),
    )
  }
  const onVisibility = () => {
    if (document.visibilityState !== 'hidden') return plan()
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  }

  document.addEventListener('visibilitychange', onVisibility)
  const round = setInterval(plan, 10_000) // a call may have failed meanwhile
  plan()
  return () => {
    isOver = true
    clearInterval(round)
    document.removeEventListener('visibilitychange', onVisibility)
    for (const timer of timers.values()) clearTimeout(timer)
  }
}

const hasFailed = ({ accountId }: ProviderAccount) =>
  mayMendItself(readLedger(accountId, new Date()).outcomes.at(-1)?.failure)
