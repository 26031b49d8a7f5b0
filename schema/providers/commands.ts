import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { characterCount } from '#schema/shared/text.ts'
import { baseUrlFrom, mayPageCall, partsOf } from './base-url.ts'
import { type AccountLimits, type Health, type ListedModel, type ProviderKind, providerEvents } from './events.ts'
import type { ProviderAccount, Usage } from './queries.ts'

/** What a person writes about an account; a key is not among it. */
export interface AccountDraft {
  readonly kind: ProviderKind
  readonly name: string
  readonly baseUrl: string
  readonly viaProxy: boolean
  readonly limits: AccountLimits
}

export const addAccount = (accountId: string, draft: AccountDraft, stamp: Stamp) => {
  const settings = settingsFrom(draft)
  if (settings instanceof Error) return settings
  return providerEvents.providerAccountAdded({
    accountId,
    kind: draft.kind,
    ...settings,
    addedAt: stamp.at,
    ...signature(stamp),
  })
}

/** Nothing, when nothing changed. What kind it is stays. */
export const reviseAccount = (account: ProviderAccount | null, draft: AccountDraft, stamp: Stamp) => {
  if (account === null) return new AccountNotFound()
  const settings = settingsFrom({ ...draft, kind: account.kind })
  if (settings instanceof Error) return settings
  const { accountId, name, baseUrl, viaProxy, limits } = account
  if (sameJson(settings, { name, baseUrl, viaProxy, limits })) return []
  return providerEvents.providerAccountRevised({ accountId, ...settings, revisedAt: stamp.at, ...signature(stamp) })
}

export const removeAccount = (account: ProviderAccount | null, stamp: Stamp) => {
  if (account === null) return new AccountNotFound()
  return providerEvents.providerAccountRemoved({
    accountId: account.accountId,
    removedAt: stamp.at,
    ...signature(stamp),
  })
}

export const restoreAccount = (accountId: string, stamp: Stamp) =>
  providerEvents.providerAccountRestored({ accountId, restoredAt: stamp.at, ...signature(stamp) })

/** What a provider lists, the first `maxModels` of it; nothing, when it is what is known. */
export const listModels = (
  account: { readonly accountId: string; readonly listedModels: readonly ListedModel[] },
  listed: readonly ListedModel[],
  stamp: Stamp,
) => {
  const models = [...new Map(listed.map((model) => [model.id, model])).values()].slice(0, maxModels)
  if (sameJson(models, account.listedModels)) return []
  return providerEvents.providerModelsListed({
    accountId: account.accountId,
    models,
    listedAt: stamp.at,
    ...signature(stamp),
  })
}

/** The largest list known has some hundred. */
const maxModels = 2000

export interface ModelPrice {
  readonly promptPrice: number | null
  readonly completionPrice: number | null
}

/** Dollars for a million tokens. */
export const priceModel = (accountId: string, model: string, price: ModelPrice, stamp: Stamp) => {
  if (Object.values(price).some((amount) => amount !== null && !(amount >= 0 && amount <= 10_000)))
    return new PriceIllegal()
  return providerEvents.modelPriced({ accountId, model, ...price, pricedAt: stamp.at, ...signature(stamp) })
}

export const noteUsage = (accountId: string, day: string, usage: Usage, stamp: Stamp) =>
  providerEvents.providerUsageNoted({ accountId, day, ...usage, notedAt: stamp.at, ...signature(stamp) })

export const noteHealth = (accountId: string, health: Health, lastError: string | null, stamp: Stamp) =>
  providerEvents.providerHealthNoted({ accountId, health, lastError, notedAt: stamp.at, ...signature(stamp) })

const settingsFrom = ({ kind, name, baseUrl, viaProxy, limits }: AccountDraft) => {
  const trimmed = name.trim()
  const length = characterCount(trimmed)
  if (length < 1 || length > 100) return new AccountNameIllegal()
  if (Object.values(limits).some((limit) => limit !== undefined && !(limit > 0 && Number.isFinite(limit))))
    return new LimitIllegal()
  if (kind === 'browser') return { name: trimmed, baseUrl: '', viaProxy: false, limits: setOnly(limits) }
  const url = baseUrlFrom(baseUrl)
  const parts = url === undefined ? undefined : partsOf(url)
  if (url === undefined || parts === undefined) return new BaseUrlIllegal()
  if (!mayPageCall(parts) && !viaProxy) return new BaseUrlUnsafe()
  return { name: trimmed, baseUrl: url, viaProxy, limits: setOnly(limits) }
}

const setOnly = (limits: AccountLimits): AccountLimits =>
  Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined))

/** Whatever the order of the fields. */
const sameJson = (one: unknown, other: unknown) => sortedJson(one) === sortedJson(other)

const sortedJson = (value: unknown) =>
  JSON.stringify(value, (_, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  )

export class AccountNotFound extends Data.TaggedError('AccountNotFound') {
  override readonly message = 'This account is not in this workspace.'
}

export class AccountNameIllegal extends Data.TaggedError('AccountNameIllegal') {
  override readonly message = 'An account’s name has 1–100 characters.'
}

export class BaseUrlIllegal extends Data.TaggedError('BaseUrlIllegal') {
  override readonly message =
    'The address begins with http:// or https:// and has no password and no question mark, such as http://localhost:11434/v1.'
}

export class BaseUrlUnsafe extends Data.TaggedError('BaseUrlUnsafe') {
  override readonly message =
    'A page may call plain http at localhost and 127.0.0.1 only. Use https, or let calls go by way of our server.'
}

export class LimitIllegal extends Data.TaggedError('LimitIllegal') {
  override readonly message = 'A limit is more than zero. Leave it empty for none.'
}

export class PriceIllegal extends Data.TaggedError('PriceIllegal') {
  override readonly message = 'A price is 0–10 000 dollars for a million tokens. Leave it empty when it is not known.'
}
