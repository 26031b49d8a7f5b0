import { queryDb, Schema } from '@livestore/livestore'
import { AccountLimits, Health, ListedModel, providerKinds } from './events.ts'

const Row = Schema.Struct({
  accountId: Schema.String,
  kind: Schema.Literal(...providerKinds),
  name: Schema.String,
  baseUrl: Schema.String,
  viaProxy: Schema.Number,
  limits: Schema.parseJson(AccountLimits),
  listedModels: Schema.parseJson(Schema.Array(ListedModel)),
  listedAt: Schema.NullOr(Schema.DateFromNumber),
  prices: Schema.parseJson(
    Schema.Array(
      Schema.Struct({
        model: Schema.String,
        promptPrice: Schema.NullOr(Schema.Finite),
        completionPrice: Schema.NullOr(Schema.Finite),
      }),
    ),
  ),
  addedAt: Schema.DateFromNumber,
  removedAt: Schema.NullOr(Schema.DateFromNumber),
})

/** An account as everybody else sees it: its models carry the prices that count. */
export interface ProviderAccount extends Omit<typeof Row.Type, 'prices' | 'viaProxy'> {
  readonly viaProxy: boolean
  readonly models: readonly ListedModel[]
}

const accounts = `select a.accountId, a.kind, a.name, a.baseUrl, a.viaProxy, a.limits, a.addedAt, a.removedAt,
  coalesce(m.models, '[]') as listedModels, m.listedAt,
  (select json_group_array(json_object('model', p.model, 'promptPrice', p.promptPrice, 'completionPrice', p.completionPrice))
     from modelPrices p where p.accountId = a.accountId) as prices
  from providerAccounts a left join providerModels m on m.accountId = a.accountId`

const queriedTables = new Set(['providerAccounts', 'providerModels', 'modelPrices'])

/** Those not removed, in the order they were added; at most 100. */
export const providerAccounts$ = queryDb(
  {
    query: `${accounts} where a.removedAt is null order by a.addedAt, a.accountId limit 100`,
    schema: Schema.Array(Row),
    queriedTables,
  },
  { label: 'providers.accounts', map: (rows) => rows.map(withPrices) },
)

/** Removed or not. */
export const providerAccount$ = (accountId: string) =>
  queryDb(
    { query: `${accounts} where a.accountId = ?`, schema: Schema.Array(Row), bindValues: [accountId], queriedTables },
    { label: 'providers.account', deps: [accountId], map: (rows) => rows.map(withPrices)[0] ?? null },
  )

const withPrices = ({ prices, ...account }: typeof Row.Type): ProviderAccount => {
  const priceOf = new Map(
    prices.map(({ model, ...price }) => [
      model,
      Object.fromEntries(Object.entries(price).filter(([, amount]) => amount !== null)),
    ]),
  )
  return {
    ...account,
    viaProxy: account.viaProxy !== 0,
    models: account.listedModels.map((model) => ({ ...model, ...priceOf.get(model.id) })),
  }
}

const UsageRow = Schema.Struct({
  accountId: Schema.String,
  deviceId: Schema.String,
  requests: Schema.Number,
  promptTokens: Schema.Number,
  completionTokens: Schema.Number,
  cost: Schema.Number,
})

export type Usage = Omit<typeof UsageRow.Type, 'accountId' | 'deviceId'>

/** What each device used of each account on a UTC day. */
export const usageOf$ = (day: string) =>
  queryDb(
    {
      query: `select accountId, deviceId, requests, promptTokens, completionTokens, cost from providerUsage
              where day = ? order by accountId, deviceId limit 10000`,
      schema: Schema.Array(UsageRow),
      bindValues: [day],
      queriedTables: new Set(['providerUsage']),
    },
    { label: 'providers.usage', deps: [day] },
  )

/** What all devices used of each account in these UTC days, both among them; the dearest first. */
export const usageBetween$ = (from: string, to: string) =>
  queryDb(
    {
      query: `select u.accountId, coalesce(a.name, 'An account that is not here') as name, sum(u.requests) as requests,
                sum(u.promptTokens) as promptTokens, sum(u.completionTokens) as completionTokens, sum(u.cost) as cost
              from providerUsage u left join providerAccounts a on a.accountId = u.accountId
              where u.day between ? and ?
              group by u.accountId order by sum(u.cost) desc, sum(u.requests) desc, u.accountId limit 100`,
      schema: Schema.Array(Schema.Struct({ ...UsageRow.omit('deviceId').fields, name: Schema.String })),
      bindValues: [from, to],
      queriedTables: new Set(['providerUsage', 'providerAccounts']),
    },
    { label: 'providers.usageBetween', deps: [from, to] },
  )

/** How each account does, as this device sees it. */
export const healthSeenBy$ = (deviceId: string) =>
  queryDb(
    {
      query: 'select accountId, health, lastError, notedAt from providerHealth where deviceId = ? limit 1000',
      schema: Schema.Array(
        Schema.Struct({
          accountId: Schema.String,
          health: Health,
          lastError: Schema.NullOr(Schema.String),
          notedAt: Schema.DateFromNumber,
        }),
      ),
      bindValues: [deviceId],
      queriedTables: new Set(['providerHealth']),
    },
    { label: 'providers.health', deps: [deviceId] },
  )
