import { isLocalUrl } from '#schema/providers/base-url.ts'
import { noteHealth, noteUsage } from '#schema/providers/commands.ts'
import type { Health } from '#schema/providers/events.ts'
import { healthOf, tellsOfHealth } from '#schema/providers/health.ts'
import {
  healthSeenBy$,
  type ProviderAccount,
  providerAccount$,
  providerAccounts$,
  type Usage,
  usageOf$,
} from '#schema/providers/queries.ts'
import { dayOf, laterUsage, noUsage, type QuotaExceeded, quotaExceeded, sumOfUsage } from '#schema/providers/quotas.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { pool, type WorkspaceStore, workspaceStoreId } from '#web/livestore/stores.ts'
import { enterCall, enterKnown, enterOutcome, enterUsage, readLedger } from './ledger.ts'
import type { ModelFailure } from './model-call.ts'
import { accountsWithKey } from './vault.ts'

/** What choosing among accounts needs to know, as this device sees it. */
export interface AccountStanding {
  readonly account: ProviderAccount
  readonly hasKey: boolean
  /** Providers on the internet do; who calls one without a key is told so. */
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
      needsKey: account.kind === 'anthropic' || !isLocal,
      isLocal,
      health,
      ...(lastError === null ? {} : { lastError }),
    }
  })
}

/** What goes by way of our server leaves the device, wherever it goes then. */
export const isLocalAccount = ({ kind, baseUrl, viaProxy }: ProviderAccount): boolean =>
  kind === 'browser' || (isLocalUrl(baseUrl) && !viaProxy)

/** Asks whether one more call with so many tokens in its prompt is within the limits, and counts it if it is. */
export const admit = (accountId: string, tokens: number, now: Date): QuotaExceeded | undefined => {
  const workspace = openStore()
  const account = workspace?.query(providerAccount$(accountId)) ?? null
  if (workspace === undefined || account === null) return undefined
  const { lately } = readLedger(accountId, now)
  const today = usageToday(workspace, accountId, now)
  const exceeded = quotaExceeded({ limits: account.limits, lately, today, tokens, now })
  if (exceeded === undefined) enterCall(accountId, tokens, now)
  return exceeded
}

/** Of all devices; of this one as it knows it itself. */
export const usageToday = (workspace: WorkspaceStore, accountId: string, now: Date): Usage => {
  const rows = workspace.query(usageOf$(dayOf(now))).filter((row) => row.accountId === accountId)
  const { day, used } = readLedger(accountId, now)
  const ours = day === dayOf(now) ? used : noUsage
  const others = rows.filter(({ deviceId }) => deviceId !== session.deviceId).reduce(sumOfUsage, noUsage)
  return sumOfUsage(others, laterUsage(ours, rows.find(({ deviceId }) => deviceId === session.deviceId) ?? noUsage))
}

export interface CallOutcome {
  readonly promptTokens?: number
  readonly completionTokens?: number
  /** US dollars. */
  readonly cost?: number
  /** Milliseconds until the first piece. */
  readonly firstPieceMs?: number
  readonly failure?: ModelFailure
}

/** After each call: what it took, and how the provider did. */
export const noteCall = (accountId: string, _model: string, outcome: CallOutcome, now: Date): void => {
  const { promptTokens = 0, completionTokens = 0, cost = 0, failure } = outcome
  const workspace = openStore()
  const isNewDay = readLedger(accountId, now).day !== dayOf(now)
  if (workspace !== undefined && isNewDay) tellUsage(workspace, accountId, now)
  const requests = failure !== undefined && neverArrived.has(failure.code) ? 0 : 1
  enterUsage(accountId, { requests, promptTokens, completionTokens, cost }, now)
  noteOutcome(accountId, failure, outcome.firstPieceMs, now)
  planTelling()
}

const neverArrived = new Set(['offline', 'refused', 'cors', 'noKey'])

/** How a call or a probe went; the workspace hears of it when the account does better or worse. */
export const noteOutcome = (
  accountId: string,
  failure: ModelFailure | undefined,
  ms: number | undefined,
  now: Date,
) => {
  if (!tellsOfHealth(failure?.code)) return
  enterOutcome(
    accountId,
    { ...(failure === undefined ? {} : { failure: failure.code }), ...(ms === undefined ? {} : { ms }) },
    now,
  )
  const workspace = openStore()
  if (workspace === undefined) return
  const health = healthOf(readLedger(accountId, now).outcomes)
  const lastError = health === 'healthy' ? null : (failure?.detail ?? seenOf(workspace, accountId)?.lastError ?? null)
  const seen = seenOf(workspace, accountId)
  if (seen?.health === health && seen.lastError === lastError) return
  execute(workspace, noteHealth(accountId, health, lastError, stampNow()))
}

const seenOf = (workspace: WorkspaceStore, accountId: string) =>
  workspace.query(healthSeenBy$(session.deviceId)).find((row) => row.accountId === accountId)

/** One fact for the calls of a quarter of a minute: sums lose nothing by being told late. */
const planTelling = () => {
  telling ??= setTimeout(tell, 15_000)
}

let telling: ReturnType<typeof setTimeout> | undefined

const tell = () => {
  clearTimeout(telling)
  telling = undefined
  const workspace = openStore()
  if (workspace !== undefined) tellAllUsage(workspace)
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden' && telling !== undefined) tell()
})

/** What the workspace does not know yet of what this device used; of a page that was killed, too. */
export const tellAllUsage = (workspace: WorkspaceStore) => {
  const now = new Date()
  for (const { accountId } of workspace.query(providerAccounts$)) tellUsage(workspace, accountId, now)
}

const tellUsage = (workspace: WorkspaceStore, accountId: string, now: Date) => {
  const { day, used } = readLedger(accountId, now)
  const known = workspace
    .query(usageOf$(day))
    .find((row) => row.accountId === accountId && row.deviceId === session.deviceId)
  if (known !== undefined) enterKnown(accountId, day, known, now)
  const later = laterUsage(used, known ?? noUsage)
  const isNews = later.requests > (known?.requests ?? 0)
  if (isNews) execute(workspace, noteUsage(accountId, day, later, stampNow()))
}

/** The workspace is open as long as the app is. */
const openStore = () => pool.peek(workspaceStoreId) as WorkspaceStore | undefined
