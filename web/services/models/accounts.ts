import { isLocalUrl } from '#schema/providers/base-url.ts'
import type { Health } from '#schema/providers/events.ts'
import { healthSeenBy$, type ProviderAccount, providerAccount$, providerAccounts$ } from '#schema/providers/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow, workspaceStoreId } from '#web/livestore/session.ts'
import { pool, type WorkspaceStore } from '#web/livestore/stores.ts'
import { makeCallNotes } from './call-notes.ts'
import { readLedger } from './ledger.ts'
import { staleKeys } from './stale-keys.ts'
import { accountsWithKey, dropKey } from './vault.ts'

/** What choosing among accounts needs to know, as this device sees it. */
export interface AccountStanding {
  readonly account: ProviderAccount
  readonly hasKey: boolean
  /** Providers on the internet do, and servers that said so. */
  readonly needsKey: boolean
  /** What is asked stays on this device or in its own network. */
  readonly isLocal: boolean
  readonly health: Health
  readonly lastError?: string
}

export const accountStandings = async (workspace: WorkspaceStore): Promise<readonly AccountStanding[]> => {
  const withKey = await accountsWithKey()
  const seen = new Map(workspace.query(healthSeenBy$(session.deviceId)).map((row) => [row.accountId, row]))
  return workspace.query(providerAccounts$).map((account) => {
    const { health = 'unknown', lastError = null } = seen.get(account.accountId) ?? {}
    const isLocal = isLocalAccount(account)
    return {
      account,
      hasKey: withKey.has(account.accountId),
      needsKey: account.kind === 'anthropic' || !isLocal || wantsKey(account),
      isLocal,
      health,
      ...(lastError === null ? {} : { lastError }),
    }
  })
}

/** What goes by way of our server leaves the device, wherever it goes then. */
const isLocalAccount = ({ kind, baseUrl, viaProxy }: ProviderAccount): boolean =>
  kind === 'browser' || (isLocalUrl(baseUrl) && !viaProxy)

const wantsKey = ({ accountId }: ProviderAccount) =>
  readLedger(accountId, new Date()).outcomes.at(-1)?.failure === 'noKey'

/** The workspace is open as long as the app is. */
const openStore = () => pool.peek(workspaceStoreId) as WorkspaceStore | undefined

/** One fact for the calls of a quarter of a minute: sums lose nothing by being told late. */
const planTelling = () => {
  telling ??= setTimeout(tell, 15_000)
}

let telling: ReturnType<typeof setTimeout> | undefined

const tell = () => {
  clearTimeout(telling)
  telling = undefined
  const workspace = openStore()
  if (workspace === undefined) return
  tellAllUsage(workspace, new Date())
  void dropStaleKeys(workspace)
}

const dropStaleKeys = async (workspace: WorkspaceStore) => {
  const accountOf = (accountId: string) => workspace.query(providerAccount$(accountId))
  for (const accountId of staleKeys(await accountsWithKey(), accountOf, new Date())) await dropKey(accountId)
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden' && telling !== undefined) tell()
})

const { tellAllUsage, ...notes } = makeCallNotes({
  workspace: openStore,
  write: (fact) => {
    const workspace = openStore()
    if (workspace !== undefined) execute(workspace, fact)
  },
  stamp: (at) => ({ ...stampNow(), at }),
  planTelling,
})

export const { usageToday, admit, noteCall, noteOutcome } = notes

planTelling() // of what a page that was killed did not tell
