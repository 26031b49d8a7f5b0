import { Data } from 'effect'
import type { AccountLimits, ListedModel } from './events.ts'
import type { Usage } from './queries.ts'

/** What an account was asked at a time, in milliseconds since 1970. */
export interface Asked {
  readonly at: number
  readonly requests: number
  readonly tokens: number
}

/** `lately`: the last minute, on this device. `today`: since the UTC day began, on all. `tokens`: of the prompt to come. */
interface Asking {
  readonly limits: AccountLimits
  readonly lately: readonly Asked[]
  readonly today: Usage
  readonly tokens: number
  readonly now: Date
}

/** Which limit one more call would break. A call that is alone in its minute is let through, however large it is. */
export const quotaExceeded = ({ limits, lately, today, tokens, now }: Asking): QuotaExceeded | undefined => {
  const within = lately.filter(({ at }) => at > now.getTime() - minute)
  const ofMinute = (quota: 'requestsPerMinute' | 'tokensPerMinute', wanted: number, of: (asked: Asked) => number) => {
    const limit = limits[quota]
    if (limit === undefined || within.length === 0) return undefined
    const until = whenRoom(within, limit - wanted, of)
    return until === undefined ? undefined : new QuotaExceeded({ quota, limit, until: new Date(until) })
  }
  const ofDay = (quota: 'requestsPerDay' | 'tokensPerDay' | 'moneyPerDay', isOver: (limit: number) => boolean) => {
    const limit = limits[quota]
    return limit === undefined || !isOver(limit) ? undefined : new QuotaExceeded({ quota, limit, until: nextDay(now) })
  }
  return (
    ofDay('requestsPerDay', (limit) => today.requests + 1 > limit) ??
    ofDay('tokensPerDay', (limit) => today.promptTokens + today.completionTokens + tokens > limit) ??
    // What a call will cost nobody knows before: the last one may go beyond.
    ofDay('moneyPerDay', (limit) => today.cost >= limit) ??
    ofMinute('requestsPerMinute', 1, ({ requests }) => requests) ??
    ofMinute('tokensPerMinute', tokens, (asked) => asked.tokens)
  )
}

/** When at most `room` of the minute is left; undefined when that is now. */
const whenRoom = (within: readonly Asked[], room: number, of: (asked: Asked) => number): number | undefined => {
  let sum = within.reduce((total, asked) => total + of(asked), 0)
  if (sum <= room) return undefined
  for (const asked of within.toSorted((a, b) => a.at - b.at)) {
    sum -= of(asked)
    if (sum <= Math.max(0, room)) return asked.at + minute
  }
  return undefined
}

const minute = 60_000
const day = 86_400_000

/** `2026-03-01`, in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

const nextDay = (now: Date) => new Date((Math.floor(now.getTime() / day) + 1) * day)

export class QuotaExceeded extends Data.TaggedError('QuotaExceeded')<{
  readonly quota: keyof AccountLimits
  readonly limit: number
  readonly until: Date
}> {
  override get message() {
    return `Your limit of ${this.limit} ${quotaNames[this.quota]} is reached until ${this.until.toISOString().slice(11, 16)} UTC. Wait, choose another model, or raise it in Settings → Models.`
  }
}

const quotaNames: Readonly<Record<keyof AccountLimits, string>> = {
  requestsPerMinute: 'requests a minute',
  tokensPerMinute: 'tokens a minute',
  requestsPerDay: 'requests a day',
  tokensPerDay: 'tokens a day',
  moneyPerDay: 'dollars a day',
}

export const noUsage: Usage = { requests: 0, promptTokens: 0, completionTokens: 0, cost: 0 }

export const sumOfUsage = (one: Usage, other: Usage): Usage => ({
  requests: one.requests + other.requests,
  promptTokens: one.promptTokens + other.promptTokens,
  completionTokens: one.completionTokens + other.completionTokens,
  cost: one.cost + other.cost,
})

/** The larger of each: both tell of one device and day, and neither goes down. */
export const laterUsage = (one: Usage, other: Usage): Usage => ({
  requests: Math.max(one.requests, other.requests),
  promptTokens: Math.max(one.promptTokens, other.promptTokens),
  completionTokens: Math.max(one.completionTokens, other.completionTokens),
  cost: Math.max(one.cost, other.cost),
})

/** In US dollars; undefined where a price is not known. */
export const costOf = (model: ListedModel | undefined, promptTokens: number, completionTokens: number) =>
  model?.promptPrice === undefined || model.completionPrice === undefined
    ? undefined
    : (promptTokens * model.promptPrice + completionTokens * model.completionPrice) / 1_000_000
