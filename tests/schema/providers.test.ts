import { expect, test } from 'vitest'
import { baseUrlFrom, isLocalUrl } from '#schema/providers/base-url.ts'
import {
  type AccountDraft,
  AccountNameIllegal,
  AccountNotFound,
  addAccount,
  BaseUrlIllegal,
  BaseUrlUnsafe,
  LimitIllegal,
  listModels,
  noteHealth,
  noteUsage,
  PriceIllegal,
  priceModel,
  removeAccount,
  restoreAccount,
  reviseAccount,
} from '#schema/providers/commands.ts'
import type { AccountLimits } from '#schema/providers/events.ts'
import { healthOf, mayMendItself, probeDelay, tellsOfHealth } from '#schema/providers/health.ts'
import {
  healthSeenBy$,
  providerAccount$,
  providerAccounts$,
  usageBetween$,
  usageOf$,
} from '#schema/providers/queries.ts'
import { costOf, noUsage, quotaExceeded } from '#schema/providers/quotas.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

const at = new Date('2026-03-01T10:00:00Z')
const stamp = { at, actorId: 'ada', deviceId: 'laptop' }
const phone = { ...stamp, deviceId: 'phone' }
const ollama: AccountDraft = {
  kind: 'openai-compatible',
  name: 'Ollama',
  baseUrl: 'http://localhost:11434/v1',
  viaProxy: false,
  limits: {},
}
const later = (seconds: number) => ({ ...stamp, at: new Date(at.getTime() + seconds * 1000) })

test('[PV1] accounts are listed in the order they were added; a removed one is not, and comes back as it was', async () => {
  const store = await workspaceStoreWith(
    addAccount('b', ollama, stamp),
    addAccount(
      'a',
      { ...ollama, name: ' Anthropic ', kind: 'anthropic', baseUrl: 'https://api.anthropic.com/v1/' },
      later(1),
    ),
  )
  const names = () => store.query(providerAccounts$).map(({ name }) => name)
  expect(names()).toEqual(['Ollama', 'Anthropic'])
  expect(store.query(providerAccounts$)[1]?.baseUrl).toBe('https://api.anthropic.com/v1')
  commit(store, removeAccount(store.query(providerAccount$('b')), later(2)))
  expect(names()).toEqual(['Anthropic'])
  expect(store.query(providerAccount$('b'))?.removedAt).toEqual(later(2).at)
  commit(store, restoreAccount('b', later(3)))
  expect(names()).toEqual(['Ollama', 'Anthropic'])
})

test('[PV1] an account is changed in all but its kind; what changes nothing is no fact', async () => {
  const store = await workspaceStoreWith(addAccount('a', ollama, stamp))
  const account = store.query(providerAccount$('a'))
  expect(reviseAccount(account, ollama, stamp)).toEqual([])
  commit(
    store,
    reviseAccount(account, { ...ollama, kind: 'anthropic', name: 'Here', limits: { requestsPerDay: 5 } }, stamp),
  )
  expect(store.query(providerAccount$('a'))).toMatchObject({
    kind: 'openai-compatible',
    name: 'Here',
    limits: { requestsPerDay: 5 },
  })
  expect(reviseAccount(null, ollama, stamp)).toBeInstanceOf(AccountNotFound)
  expect(removeAccount(null, stamp)).toBeInstanceOf(AccountNotFound)
})

test('[PV2] a name, an address or a limit that cannot be is refused', () => {
  const refusalOf = (draft: Partial<AccountDraft>) => addAccount('a', { ...ollama, ...draft }, stamp)
  expect(refusalOf({ name: '  ' })).toBeInstanceOf(AccountNameIllegal)
  for (const baseUrl of [
    '',
    'localhost:11434',
    'ftp://x',
    'https://',
    'https://me:secret@api.example/v1',
    'https://x/v1?key=secret',
    'javascript:alert(1)',
  ])
    expect(refusalOf({ baseUrl }), baseUrl).toBeInstanceOf(BaseUrlIllegal)
  expect(refusalOf({ baseUrl: 'http://192.168.1.5:8080/v1' })).toBeInstanceOf(BaseUrlUnsafe)
  expect(refusalOf({ baseUrl: 'http://192.168.1.5:8080/v1', viaProxy: true })).not.toBeInstanceOf(Error)
  expect(refusalOf({ baseUrl: 'http://[::1]:8080/v1' })).toBeInstanceOf(BaseUrlUnsafe)
  for (const requestsPerDay of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
    expect(refusalOf({ limits: { requestsPerDay } })).toBeInstanceOf(LimitIllegal)
})

test('[PV2] the address of one call is cut back to where the API begins', () => {
  for (const tail of ['', '/', '/chat/completions', '/models', '/messages/'])
    expect(baseUrlFrom(` https://api.example/v1${tail} `)).toBe('https://api.example/v1')
})

test('[PV3] what a provider lists takes the place of what it listed; what the person says of a price counts more', async () => {
  const store = await workspaceStoreWith(addAccount('a', ollama, stamp))
  const account = () => store.query(providerAccount$('a'))!
  commit(store, listModels(account(), [{ id: 'old' }], stamp))
  const listed = [
    { id: 'small', contextTokens: 8192 },
    { id: 'large', promptPrice: 2, completionPrice: 8 },
    { id: 'small' },
  ]
  commit(store, listModels(account(), listed, stamp))
  commit(store, priceModel('a', 'large', { promptPrice: 1, completionPrice: null }, stamp))
  expect(account().models).toEqual([{ id: 'small' }, { id: 'large', promptPrice: 1, completionPrice: 8 }])
  expect(listModels(account(), [{ id: 'small' }, { completionPrice: 8, promptPrice: 2, id: 'large' }], stamp)).toEqual(
    [],
  )
  commit(store, priceModel('a', 'large', { promptPrice: null, completionPrice: null }, stamp))
  expect(account().models[1]).toEqual({ id: 'large', promptPrice: 2, completionPrice: 8 })
  expect(priceModel('a', 'large', { promptPrice: -1, completionPrice: 0 }, stamp)).toBeInstanceOf(PriceIllegal)
})

test('[PV3] what a call costs is known where both prices are', () => {
  expect(costOf({ id: 'm', promptPrice: 2, completionPrice: 8 }, 1000, 500)).toBeCloseTo(0.006)
  expect(costOf({ id: 'm', promptPrice: 2 }, 1000, 500)).toBeUndefined()
  expect(costOf(undefined, 1, 1)).toBeUndefined()
})

test('[PV4] of the sums of one device and day the larger counts, whatever order they come in; devices are apart', async () => {
  const used = (requests: number) => ({
    requests,
    promptTokens: requests * 10,
    completionTokens: requests,
    cost: requests / 100,
  })
  const store = await workspaceStoreWith(
    noteUsage('a', '2026-03-01', used(3), stamp),
    noteUsage('a', '2026-03-01', used(2), stamp),
    noteUsage('a', '2026-03-01', used(5), phone),
    noteUsage('a', '2026-03-02', used(9), stamp),
  )
  expect(store.query(usageOf$('2026-03-01'))).toEqual([
    { accountId: 'a', deviceId: 'laptop', ...used(3) },
    { accountId: 'a', deviceId: 'phone', ...used(5) },
  ])
})

test('[SX18] what all devices used of each account in some days is added up, the dearest first', async () => {
  const used = (requests: number) => ({ requests, promptTokens: 10, completionTokens: 1, cost: requests / 100 })
  const store = await workspaceStoreWith(
    noteUsage('a', '2026-03-01', used(3), stamp),
    noteUsage('a', '2026-03-02', used(5), phone),
    noteUsage('b', '2026-03-02', used(9), stamp),
    noteUsage('b', '2026-03-09', used(100), stamp),
  )
  expect(store.query(usageBetween$('2026-03-01', '2026-03-02'))).toMatchObject([
    { accountId: 'b', requests: 9, cost: 0.09 },
    { accountId: 'a', requests: 8, promptTokens: 20, completionTokens: 2, cost: 0.08 },
  ])
  expect(store.query(usageBetween$('2026-04-01', '2026-04-02'))).toEqual([])
})

const exceeded = (limits: AccountLimits, over: Partial<Parameters<typeof quotaExceeded>[0]> = {}) =>
  quotaExceeded({ limits, lately: [], today: noUsage, tokens: 100, now: at, ...over })

const asked = (secondsAgo: number, tokens = 0) => ({ at: at.getTime() - secondsAgo * 1000, requests: 1, tokens })

test('[PV5] a call beyond the limit of a day is not admitted until the next day begins', () => {
  const today = { requests: 5, promptTokens: 600, completionTokens: 300, cost: 2 }
  const until = new Date('2026-03-02T00:00:00Z')
  expect(exceeded({ requestsPerDay: 5 }, { today })).toMatchObject({ quota: 'requestsPerDay', limit: 5, until })
  expect(exceeded({ requestsPerDay: 6 }, { today })).toBeUndefined()
  expect(exceeded({ tokensPerDay: 999 }, { today })).toMatchObject({ quota: 'tokensPerDay', until })
  expect(exceeded({ tokensPerDay: 1000 }, { today })).toBeUndefined()
  expect(exceeded({ moneyPerDay: 2 }, { today })).toMatchObject({ quota: 'moneyPerDay', until })
  expect(exceeded({ moneyPerDay: 2.01 }, { today })).toBeUndefined()
  expect(exceeded({}, { today, lately: [asked(1, 1e9)] })).toBeUndefined()
})

test('[PV5] a call beyond the limit of a minute is not admitted until enough of the minute is over', () => {
  const lately = [asked(50, 300), asked(20, 300), asked(70, 5000)]
  expect(exceeded({ requestsPerMinute: 2 }, { lately })).toMatchObject({
    quota: 'requestsPerMinute',
    until: new Date(at.getTime() + 10_000),
  })
  expect(exceeded({ requestsPerMinute: 3 }, { lately })).toBeUndefined()
  expect(exceeded({ tokensPerMinute: 699 }, { lately })).toMatchObject({ until: new Date(at.getTime() + 10_000) })
  expect(exceeded({ tokensPerMinute: 399 }, { lately })).toMatchObject({ until: new Date(at.getTime() + 40_000) })
  expect(exceeded({ tokensPerMinute: 700 }, { lately })).toBeUndefined()
})

test('[PV5] a call larger than the limit of a minute is admitted when it is alone in its minute', () => {
  expect(exceeded({ tokensPerMinute: 50 })).toBeUndefined()
  expect(exceeded({ tokensPerMinute: 50 }, { lately: [asked(30, 1)] })).toMatchObject({
    until: new Date(at.getTime() + 30_000),
  })
})

test('[PV6] how an account does follows from its last calls', () => {
  const ok = { ms: 100 }
  const failed = { failure: 'server' }
  expect(healthOf([])).toBe('unknown')
  expect(healthOf([ok])).toBe('healthy')
  expect(healthOf([ok, failed])).toBe('degraded')
  expect(healthOf([failed, ok, ok])).toBe('degraded')
  expect(healthOf([failed, ok, ok, ok, ok, ok])).toBe('healthy')
  expect(healthOf([failed, failed, failed])).toBe('down')
  expect(healthOf([{ failure: 'noKey' }, { failure: 'refused' }, ok])).toBe('healthy')
  expect(healthOf([ok, { ms: 31_000 }])).toBe('degraded')
  for (const failure of ['refused', 'cors', 'wrongKey', 'noKey']) expect(healthOf([ok, ok, { failure }])).toBe('down')
  expect(['stopped', 'offline', 'tooLong', 'wrongModel', 'server'].map(tellsOfHealth)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
})

test('[PV6] what may mend itself is asked again later and later; a key is not', () => {
  expect(['refused', 'overloaded', 'wrongKey', 'noKey', undefined].map(mayMendItself)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
  expect([0, 1, 2, 20].map(probeDelay)).toEqual([5000, 10_000, 20_000, 300_000])
})

test('[PV6] each device has its own view of an account', async () => {
  const store = await workspaceStoreWith(
    noteHealth('a', 'down', 'Nobody answers.', stamp),
    noteHealth('a', 'healthy', null, phone),
  )
  expect(store.query(healthSeenBy$('laptop'))).toEqual([
    { accountId: 'a', health: 'down', lastError: 'Nobody answers.', notedAt: at },
  ])
  expect(store.query(healthSeenBy$('phone'))[0]?.health).toBe('healthy')
})

test('[PV7] an address of this device or its own network is local, and no other', () => {
  const local = [
    'localhost',
    '127.0.0.1',
    '127.9.9.9',
    '[::1]',
    '10.0.0.8',
    '192.168.1.5',
    '172.16.0.1',
    'studio.local',
    '[fd12::1]',
  ]
  for (const host of local) expect(isLocalUrl(`http://${host}:8080/v1`), host).toBe(true)
  const others = [
    'api.openai.com',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '172.32.0.1',
    '11.0.0.1',
    '[2001:db8::1]',
    'local',
  ]
  for (const host of others) expect(isLocalUrl(`https://${host}/v1`), host).toBe(false)
})
