import { noteHealth, noteUsage } from '#schema/providers/commands.ts'
import { healthOf, tellsOfHealth } from '#schema/providers/health.ts'
import { healthSeenBy$, providerAccount$, providerAccounts$, type Usage, usageOf$ } from '#schema/providers/queries.ts'
import { dayOf, laterUsage, noUsage, type QuotaExceeded, quotaExceeded, sumOfUsage } from '#schema/providers/quotas.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import type { WorkspaceStore } from '#web/livestore/engine-store.ts'
import { enterCall, enterOutcome, enterUsage, readLedger } from './ledger.ts'
import type { ModelFailure } from './model-call.ts'

export interface CallOutcome {
  readonly promptTokens?: number
  readonly completionTokens?: number
  /** US dollars. */
  readonly cost?: number
  /** Milliseconds until the first piece. */
  readonly firstPieceMs?: number
  readonly failure?: ModelFailure
}

type Workspace = Pick<WorkspaceStore, 'query'>
type Fact = ReturnType<typeof noteHealth> | ReturnType<typeof noteUsage>

interface Desk {
  /** The workspace, as long as it is open. */
  readonly workspace: () => Workspace | undefined
  readonly write: (fact: Fact) => void
  readonly stamp: (now: Date) => Stamp
  /** Asks for `tellUsage` in a while. */
  readonly planTelling: () => void
}

/**
 * What this device asked of accounts and how they did. The sums of the day of all devices are in the workspace; what this
 * device did just now, in its ledger, is ahead of them.
 */
export const makeCallNotes = ({ workspace, write, stamp, planTelling }: Desk) => {
  const deviceId = stamp(new Date(0)).deviceId

  const usageToday = (store: Workspace, accountId: string, now: Date): Usage => {
    const rows = store.query(usageOf$(dayOf(now))).filter((row) => row.accountId === accountId)
    const { day, used } = readLedger(accountId, now)
    const told = rows.find((row) => row.deviceId === deviceId) ?? noUsage
    const ours = laterUsage(told, day === dayOf(now) ? used : noUsage)
    return rows.filter((row) => row.deviceId !== deviceId).reduce(sumOfUsage, ours)
  }

  /** Asks whether one more call with so many tokens in its prompt is within the limits, and counts it if it is. */
  const admit = (accountId: string, tokens: number, now: Date): QuotaExceeded | undefined => {
    const store = workspace()
    const limits = store?.query(providerAccount$(accountId))?.limits
    if (store === undefined || limits === undefined) return undefined
    const { lately } = readLedger(accountId, now)
    const today = usageToday(store, accountId, now)
    const exceeded = quotaExceeded({ limits, lately, today, tokens, now })
    if (exceeded === undefined) enterCall(accountId, tokens, now)
    return exceeded
  }

  /** After each call: what it took, and how the provider did. `_model`: for whoever wants to count by it one day. */
  const noteCall = (accountId: string, _model: string, outcome: CallOutcome, now: Date): void => {
    const { promptTokens = 0, completionTokens = 0, cost = 0, failure } = outcome
    const store = workspace()
    if (store !== undefined && readLedger(accountId, now).day !== dayOf(now)) tellUsage(store, accountId, now)
    const requests = failure !== undefined && neverArrived.has(failure.code) ? 0 : 1
    const told = store
      ?.query(usageOf$(dayOf(now)))
      .find((row) => row.accountId === accountId && row.deviceId === deviceId)
    enterUsage(accountId, { requests, promptTokens, completionTokens, cost }, told ?? noUsage, now)
    noteOutcome(accountId, failure, outcome.firstPieceMs, now)
    planTelling()
  }

  /** How a call or a probe went; the workspace hears of it when the account does better or worse. */
  const noteOutcome = (
    accountId: string,
    failure: ModelFailure | undefined,
    ms: number | undefined,
    now: Date,
  ): void => {
    if (!tellsOfHealth(failure?.code)) return
    enterOutcome(
      accountId,
      { ...(failure === undefined ? {} : { failure: failure.code }), ...(ms === undefined ? {} : { ms }) },
      now,
    )
    const seen = workspace()
      ?.query(healthSeenBy$(deviceId))
      .find((row) => row.accountId === accountId)
    const health = healthOf(readLedger(accountId, now).outcomes)
    const lastError = health === 'healthy' ? null : (failure?.detail ?? seen?.lastError ?? null)
    if (seen?.health === health && seen.lastError === lastError) return
    write(noteHealth(accountId, health, lastError, stamp(now)))
  }

  /** What the workspace does not know yet of what this device used; of a page that was killed, too. */
  const tellAllUsage = (store: Workspace, now: Date): void => {
    for (const { accountId } of store.query(providerAccounts$)) tellUsage(store, accountId, now)
  }

  const tellUsage = (store: Workspace, accountId: string, now: Date) => {
    const { day, used } = readLedger(accountId, now)
    const told = store.query(usageOf$(day)).find((row) => row.accountId === accountId && row.deviceId === deviceId)
    if (used.requests > (told?.requests ?? 0)) write(noteUsage(accountId, day, used, stamp(now)))
  }

  return { usageToday, admit, noteCall, noteOutcome, tellAllUsage }
}

const neverArrived = new Set(['offline', 'refused', 'cors', 'noKey'])
