import { Schema, State } from '@livestore/livestore'
import { key, number, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { AccountLimits, Health, ListedModel, providerEvents, providerKinds } from './events.ts'

const providerAccounts = State.SQLite.table({
  name: 'providerAccounts',
  columns: {
    accountId: key(),
    kind: State.SQLite.text({ schema: Schema.Literal(...providerKinds) }),
    name: State.SQLite.text(),
    baseUrl: State.SQLite.text(),
    viaProxy: State.SQLite.boolean(),
    limits: State.SQLite.json({ schema: AccountLimits }),
    addedAt: time(),
    removedAt: timeOrNull(),
  },
})

/** Apart from the accounts, because a list of models may be long and comes again each time it is asked for. */
const providerModels = State.SQLite.table({
  name: 'providerModels',
  columns: {
    accountId: key(),
    models: State.SQLite.json({ schema: Schema.Array(ListedModel) }),
    listedAt: time(),
  },
})

const modelPrices = State.SQLite.table({
  name: 'modelPrices',
  columns: {
    accountId: key(),
    model: key(),
    promptPrice: State.SQLite.real({ nullable: true }),
    completionPrice: State.SQLite.real({ nullable: true }),
  },
})

const providerUsage = State.SQLite.table({
  name: 'providerUsage',
  columns: {
    day: key(),
    accountId: key(),
    deviceId: key(),
    requests: number(),
    promptTokens: number(),
    completionTokens: number(),
    cost: number(),
  },
})

const providerHealth = State.SQLite.table({
  name: 'providerHealth',
  columns: {
    accountId: key(),
    deviceId: key(),
    health: State.SQLite.text({ schema: Health }),
    lastError: State.SQLite.text({ nullable: true }),
    notedAt: time(),
  },
})

export const providerTables = { providerAccounts, providerModels, modelPrices, providerUsage, providerHealth }

/** Total and idempotent. */
export const providerMaterializers = State.SQLite.materializers(providerEvents, {
  'v1.ProviderAccountAdded': ({ actorId: _actor, deviceId: _device, ...added }) =>
    providerAccounts.insert(added).onConflict('accountId', 'ignore'),
  'v1.ProviderAccountRevised': ({ accountId, name, baseUrl, viaProxy, limits }) =>
    providerAccounts.update({ name, baseUrl, viaProxy, limits }).where({ accountId }),
  'v1.ProviderAccountRemoved': ({ accountId, removedAt }) =>
    providerAccounts.update({ removedAt }).where({ accountId }),
  'v1.ProviderAccountRestored': ({ accountId }) => providerAccounts.update({ removedAt: null }).where({ accountId }),
  'v1.ProviderModelsListed': ({ accountId, models, listedAt }) =>
    providerModels.insert({ accountId, models, listedAt }).onConflict('accountId', 'replace'),
  'v1.ModelPriced': ({ accountId, model, promptPrice, completionPrice }) =>
    write(
      `insert into modelPrices (accountId, model, promptPrice, completionPrice)
       values ($accountId, $model, $promptPrice, $completionPrice)
       on conflict (accountId, model) do update set
         promptPrice = excluded.promptPrice, completionPrice = excluded.completionPrice`,
      { accountId, model, promptPrice, completionPrice },
      'modelPrices',
    ),
  'v1.ProviderUsageNoted': ({ actorId: _actor, notedAt: _at, ...used }) =>
    write(
      `insert into providerUsage (day, accountId, deviceId, requests, promptTokens, completionTokens, cost)
       values ($day, $accountId, $deviceId, $requests, $promptTokens, $completionTokens, $cost)
       on conflict (day, accountId, deviceId) do update set
         requests = max(requests, excluded.requests), promptTokens = max(promptTokens, excluded.promptTokens),
         completionTokens = max(completionTokens, excluded.completionTokens), cost = max(cost, excluded.cost)`,
      used,
      'providerUsage',
    ),
  'v1.ProviderHealthNoted': ({ accountId, deviceId, health, lastError, notedAt }) =>
    write(
      `insert or replace into providerHealth (accountId, deviceId, health, lastError, notedAt)
       values ($accountId, $deviceId, $health, $lastError, $notedAt)`,
      { accountId, deviceId, health, lastError, notedAt: notedAt.getTime() },
      'providerHealth',
    ),
})
