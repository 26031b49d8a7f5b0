import { Either, Schema } from 'effect'
import { rememberedOutcomes } from '#schema/providers/health.ts'
import { dayOf, laterUsage, noUsage, sumOfUsage } from '#schema/providers/quotas.ts'

/**
 * What this device asked of an account lately, in localStorage: there all its tabs see it at once, which a log does not
 * give. The sums of the day are told to the workspace from here; the rest is nobody else's.
 */
const Ledger = Schema.Struct({
  lately: Schema.Array(Schema.Struct({ at: Schema.Finite, requests: Schema.Finite, tokens: Schema.Finite })),
  day: Schema.String,
  used: Schema.Struct({
    requests: Schema.Finite,
    promptTokens: Schema.Finite,
    completionTokens: Schema.Finite,
    cost: Schema.Finite,
  }),
  outcomes: Schema.Array(
    Schema.Struct({
      failure: Schema.optionalWith(Schema.String, { exact: true }),
      ms: Schema.optionalWith(Schema.Finite, { exact: true }),
    }),
  ),
})
export type Ledger = typeof Ledger.Type

const decode = Schema.decodeUnknownEither(Schema.parseJson(Ledger))

export const readLedger = (accountId: string, now: Date): Ledger => {
  const read = decode(localStorage.getItem(keyOf(accountId)) ?? '')
  return Either.isRight(read) ? read.right : { lately: [], day: dayOf(now), used: noUsage, outcomes: [] }
}

/** That a call begins; `tokens` of its prompt. */
export const enterCall = (accountId: string, tokens: number, now: Date): void =>
  enter(accountId, now, (ledger) => ({ ...ledger, lately: [...ledger.lately, askedAt(now, 1, tokens)] }))

interface Used {
  readonly requests: number
  readonly promptTokens: number
  readonly completionTokens: number
  readonly cost: number
}

/** What a call took. On a new day the sums begin anew; `told`: what the workspace knows, which is more in an emptied browser. */
export const enterUsage = (accountId: string, used: Used, told: Used, now: Date): void =>
  enter(accountId, now, (ledger) => ({
    ...ledger,
    lately: used.completionTokens === 0 ? ledger.lately : [...ledger.lately, askedAt(now, 0, used.completionTokens)],
    day: dayOf(now),
    used: sumOfUsage(ledger.day === dayOf(now) ? laterUsage(ledger.used, told) : told, used),
  }))

export const enterOutcome = (accountId: string, outcome: Ledger['outcomes'][number], now: Date): void =>
  enter(accountId, now, (ledger) => ({
    ...ledger,
    outcomes: [...ledger.outcomes, outcome].slice(-rememberedOutcomes),
  }))

/** Calls back whenever a tab of this device entered something. Returns the end of it. */
export const watchLedgers = (listener: () => void): (() => void) => {
  const onStorage = ({ key }: StorageEvent) => {
    if (key?.startsWith(prefix) === true) listener()
  }
  listeners.add(listener)
  addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', onStorage)
  }
}

const listeners = new Set<() => void>()

const enter = (accountId: string, now: Date, change: (ledger: Ledger) => Ledger) => {
  const ledger = change(readLedger(accountId, now))
  const lately = ledger.lately.filter(({ at }) => at > now.getTime() - 60_000)
  try {
    localStorage.setItem(keyOf(accountId), JSON.stringify({ ...ledger, lately }))
  } catch {
    // No room: a limit is then counted from what is there.
  }
  for (const listener of listeners) listener()
}

const askedAt = (now: Date, requests: number, tokens: number) => ({ at: now.getTime(), requests, tokens })

const prefix = 'pjai.calls.'

const keyOf = (accountId: string) => prefix + accountId
