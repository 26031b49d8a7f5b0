import { mayMendItself, probeDelay } from '#schema/providers/health.ts'
import { type ProviderAccount, providerAccounts$ } from '#schema/providers/queries.ts'
import { workspaceStoreId } from '#web/livestore/session.ts'
import { pool, type WorkspaceStore } from '#web/livestore/stores.ts'
import { askAccount } from './account-setup.ts'
import { readLedger, watchLedgers } from './ledger.ts'

/**
 * Asks accounts that failed again, later and later, until they are well: only while somebody looks at the page, and only
 * where it may have mended itself. Begun once, it goes on as long as the page lives.
 */
export const probeFailed = (): void => {
  if (hasBegun) return
  hasBegun = true
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return plan()
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  })
  watchLedgers(plan)
  plan()
}

let hasBegun = false

/** One for each account that is to be asked. */
const timers = new Map<string, ReturnType<typeof setTimeout>>()
const tries = new Map<string, number>()

const plan = () => {
  const workspace = pool.peek(workspaceStoreId) as WorkspaceStore | undefined
  if (workspace === undefined || document.visibilityState === 'hidden') return
  for (const account of workspace.query(providerAccounts$)) {
    if (!hasFailed(account)) tries.delete(account.accountId)
    else if (!timers.has(account.accountId)) planProbe(workspace, account)
  }
}

const planProbe = (workspace: WorkspaceStore, account: ProviderAccount) => {
  const { accountId } = account
  const tried = tries.get(accountId) ?? 0
  tries.set(accountId, tried + 1)
  const probe = () => {
    timers.delete(accountId)
    void askAccount(workspace, account).then(plan)
  }
  timers.set(accountId, setTimeout(probe, probeDelay(tried)))
}

const hasFailed = ({ accountId }: ProviderAccount) =>
  mayMendItself(readLedger(accountId, new Date()).outcomes.at(-1)?.failure)
