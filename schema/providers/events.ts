import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

const accountId = Schema.String

/** `browser`: the model that a browser brings along. It has no address. */
export const providerKinds = ['openai-compatible', 'anthropic', 'browser'] as const
const Kind = Schema.Literal(...providerKinds)
export type ProviderKind = typeof Kind.Type

/** What the person allows itself; money in US dollars. What is left out has no limit. */
export const AccountLimits = Schema.Struct({
  requestsPerMinute: Schema.optional(Schema.Finite),
  tokensPerMinute: Schema.optional(Schema.Finite),
  requestsPerDay: Schema.optional(Schema.Finite),
  tokensPerDay: Schema.optional(Schema.Finite),
  moneyPerDay: Schema.optional(Schema.Finite),
})
export type AccountLimits = typeof AccountLimits.Type

/** Prices in US dollars for a million tokens. */
export const ListedModel = Schema.Struct({
  id: Schema.String,
  contextTokens: Schema.optional(Schema.Finite),
  promptPrice: Schema.optional(Schema.Finite),
  completionPrice: Schema.optional(Schema.Finite),
})
export type ListedModel = typeof ListedModel.Type

export const Health = Schema.Literal('unknown', 'healthy', 'degraded', 'down')
export type Health = typeof Health.Type

const settings = {
  name: Schema.String,
  baseUrl: Schema.String,
  /** Whether calls go by way of our server, for providers that answer no browser. */
  viaProxy: Schema.Boolean,
  limits: AccountLimits,
}

/** Where models answer. A key is never among it: each device keeps its own in its vault. */
export const providerEvents = {
  providerAccountAdded: Events.synced({
    name: 'v1.ProviderAccountAdded',
    schema: Schema.Struct({ accountId, kind: Kind, ...settings, addedAt: Schema.Date, ...stamped }),
  }),
  providerAccountRevised: Events.synced({
    name: 'v1.ProviderAccountRevised',
    schema: Schema.Struct({ accountId, ...settings, revisedAt: Schema.Date, ...stamped }),
  }),
  providerAccountRemoved: Events.synced({
    name: 'v1.ProviderAccountRemoved',
    schema: Schema.Struct({ accountId, removedAt: Schema.Date, ...stamped }),
  }),
  providerAccountRestored: Events.synced({
    name: 'v1.ProviderAccountRestored',
    schema: Schema.Struct({ accountId, restoredAt: Schema.Date, ...stamped }),
  }),
  /** What the provider said it has: all of it, in the place of what it said before. */
  providerModelsListed: Events.synced({
    name: 'v1.ProviderModelsListed',
    schema: Schema.Struct({ accountId, models: Schema.Array(ListedModel), listedAt: Schema.Date, ...stamped }),
  }),
  /** What the person says a model costs. It counts more than what the provider says; null takes it back. */
  modelPriced: Events.synced({
    name: 'v1.ModelPriced',
    schema: Schema.Struct({
      accountId,
      model: Schema.String,
      promptPrice: Schema.NullOr(Schema.Finite),
      completionPrice: Schema.NullOr(Schema.Finite),
      pricedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** Of the device in the stamp, from the beginning of a UTC day (`2026-03-01`) on: the larger of two numbers is the newer. */
  providerUsageNoted: Events.synced({
    name: 'v1.ProviderUsageNoted',
    schema: Schema.Struct({
      accountId,
      day: Schema.String,
      requests: Schema.Finite,
      promptTokens: Schema.Finite,
      completionTokens: Schema.Finite,
      /** US dollars, as far as prices are known. */
      cost: Schema.Finite,
      notedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** How the account does as seen from the device in the stamp; told when that changes. */
  providerHealthNoted: Events.synced({
    name: 'v1.ProviderHealthNoted',
    schema: Schema.Struct({
      accountId,
      health: Health,
      /** A sentence for a person. */
      lastError: Schema.NullOr(Schema.String),
      notedAt: Schema.Date,
      ...stamped,
    }),
  }),
}
