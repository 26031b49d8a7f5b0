import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { Schema } from 'effect'
import { beforeAll, expect, test, vi } from 'vitest'
import { countOf } from '#schema/health/histogram.ts'
import {
  AlertRuleChanges,
  AlertRules,
  Alerts,
  type CellHealth,
  CellHealths,
  HealthSettingsChanges,
  StoreHealths,
} from '#schema/health/wire.ts'
import type { PushedEvent } from '#sync-worker/batch-check.ts'
import type { Env } from '#sync-worker/env.ts'
import { deleteRule, listAlerts, listRuleChanges, listRules, putRule } from '#sync-worker/health/alert-calls.ts'
import { keepRule } from '#sync-worker/health/alert-rules.ts'
import { deliverDue } from '#sync-worker/health/deliveries.ts'
import {
  listCellHealth,
  listSettingsChanges,
  listStoreHealth,
  putSettings,
  showSettings,
} from '#sync-worker/health/health-calls.ts'
import type { HealthDesk } from '#sync-worker/health/health-desk.ts'
import type { Pulse } from '#sync-worker/health/pulse.ts'
import { report } from '#sync-worker/health/report.ts'
import { askLog, fetchLog } from '#sync-worker/placement/ask-log.ts'
import { logAt, placeOf } from '#sync-worker/placement/places.ts'
import { standingHeader } from '#sync-worker/rights/standing.ts'
import { claim, markErased } from '#sync-worker/rights/stores.ts'
import type { StoreLog } from '#sync-worker/store-log.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { event, outcomeOf, pullOf, pushOf } from './rpc.ts'

vi.setConfig({ testTimeout: 120_000 })

const bound = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it
const env: Env = { ...bound, OPERATORS: 'ada' }
const minute = 60_000

beforeAll(() => ensureTables(env.DB))

test('[HE6] an object counts what is pushed and pulled, and tells D1 by its alarm, never with a push', async () => {
  const storeId = 'persona_counted'
  expect(await push(storeId, event(1), event(2))).toBe('Success')
  await send(storeId, pullOf(storeId))
  const pulse = await pulseOf(storeId)
  expect(pulse).toMatchObject({ storeId, records: 2, connections: 0, errors: 0 })
  expect([countOf(pulse.push), countOf(pulse.pull)]).toEqual([1, 1])
  expect(await rowOf(storeId)).toBe(null)

  await ring(storeId)
  expect(await rowOf(storeId)).toMatchObject({ records: 2, pushes: 1, pulls: 1, errors: 0, epoch: 1 })
  expect(await ring(storeId)).toBe(false) // nothing happened since
})

test('[HE7] what was counted outlasts the sleep of its object, and so does the report that is due', async () => {
  const storeId = 'persona_asleep'
  await push(storeId, event(1))
  await crash(storeId)
  expect(countOf((await pulseOf(storeId)).push)).toBe(1)
  await ring(storeId)
  expect(await rowOf(storeId)).toMatchObject({ records: 1, pushes: 1 })
})

test('[HE8] what an object says that is the owner no more counts for nothing, and what was erased leaves nothing', async () => {
  const storeId = 'persona_reported'
  await push(storeId, event(1))
  const pulse = await pulseOf(storeId)
  await report(env, { ...pulse, epoch: 3, records: 9 })
  await report(env, { ...pulse, epoch: 2 })
  expect(await rowOf(storeId)).toMatchObject({ epoch: 3, records: 9 })
  await markErased(env.DB, storeId, Date.now())
  await report(env, { ...pulse, epoch: 4 })
  expect(await rowOf(storeId)).toBe(null)
})

test('[HE9] a check asks objects of each cell, and who does not answer is told in state, uptime and alert until it does', async () => {
  const storeId = 'persona_checked'
  const { cellId } = await placeOf(env, storeId)
  await env.DB.prepare('DELETE FROM placements WHERE cellId = ? AND storeId <> ?').bind(cellId, storeId).run()
  await claim(env.DB, storeId, 'ben', 0).run()
  await push(storeId, event(1))
  const now = Date.now()
  await look(now)
  expect(await cellSeenBy('ada', cellId)).toMatchObject({ state: 'healthy', stores: 1, records: 1, uptime: 1 })

  await inLog(storeId, 'ALTER TABLE chain RENAME TO lost')
  await look(now + 5 * minute)
  await look(now + 10 * minute)
  expect(await cellSeenBy('ada', cellId)).toMatchObject({ state: 'down', uptime: 1 / 3 })
  expect((await storesSeenBy('ben'))[0]).toMatchObject({ storeId, state: 'down', isMine: true })
  expect(await storesSeenBy('cem')).toEqual([])
  const about = (subject: string) => expect.objectContaining({ subject })
  expect((await alertsSeenBy('ben')).open).toEqual(expect.arrayContaining([about(cellId), about(storeId)]))
  expect((await alertsSeenBy('cem')).open).not.toContainEqual(about(storeId))

  await inLog(storeId, 'ALTER TABLE lost RENAME TO chain')
  await look(now + 15 * minute)
  expect(await cellSeenBy('ada', cellId)).toMatchObject({ state: 'healthy', uptime: 0.5 })
  expect((await alertsSeenBy('ben')).open).toEqual([])
  expect((await alertsSeenBy('ben')).past).toEqual(expect.arrayContaining([about(cellId), about(storeId)]))
})

test('[HE10] each cell is checked every five minutes and its states of 30 days are kept as sums', async () => {
  const day = 1440 * minute
  const now = Date.now() + 60 * day
  for (const at of [now - 40 * day, now - day, now]) await look(at)
  const { results } = await env.DB.prepare("SELECT day FROM healthDays WHERE cellId = 'c1'").all()
  expect(results.map((row) => row.day)).toEqual([Math.floor((now - day) / day), Math.floor(now / day)])
  const checks = await env.DB.prepare("SELECT count(*) AS n FROM healthChecks WHERE cellId = 'c1'").first('n')
  expect(checks).toBe(1)
  await env.DB.prepare('DELETE FROM healthChecks').run()
})

test('[HE11] settings are 5 and 1 minutes until an operator changes them, and every change is kept', async () => {
  expect(await (await showSettings(callOf('ben'))).json()).toEqual({ checkEveryMinutes: 5, reportEveryMinutes: 1 })
  const settings = { checkEveryMinutes: 2, reportEveryMinutes: 3 }
  expect((await putSettings(callOf('ben', settings))).status).toBe(403)
  expect((await putSettings(callOf('ada', { ...settings, checkEveryMinutes: 0 }))).status).toBe(400)
  expect((await putSettings(callOf('ada', settings))).status).toBe(200)
  expect(await (await showSettings(callOf('ben'))).json()).toEqual(settings)
  const changes = await decoded(HealthSettingsChanges, await listSettingsChanges(callOf('ada')))
  expect(changes).toMatchObject({ changes: [{ by: 'ada', settings }] })
  const pulse = await pulseOf('persona_counted')
  expect(await report(env, pulse)).toBe(3 * minute)
})

test('[HE12] rules are made, changed and removed by operators; only they see webhooks, and no webhook leads inside', async () => {
  const rule = { name: 'Full', measure: 'cell utilisation', above: 0.5, forMinutes: 0, webhook: null, isOn: true }
  const put = (who: string, change: object = {}) => putRule(callOf(who, { ...rule, ...change }, { id: 'full' }))
  expect((await put('ben')).status).toBe(403)
  expect((await put('ada', { above: undefined })).status).toBe(400)
  for (const webhook of [
    'http://example.com/x',
    'https://127.0.0.1/',
    'https://10.1.1.1/',
    'https://intranet/',
    'ftp://a.com',
  ])
    expect((await put('ada', { webhook })).status).toBe(400)
  expect((await put('ada', { webhook: 'https://hooks.example.com/x' })).status).toBe(200)
  const seen = async (who: string) =>
    (await decoded(AlertRules, await listRules(callOf(who)))).rules.find(({ ruleId }) => ruleId === 'full')
  expect(await seen('ada')).toMatchObject({
    webhook: 'https://hooks.example.com/x',
    secret: expect.stringMatching(/^\w{64}$/),
  })
  expect(await seen('ben')).toMatchObject({ name: 'Full', webhook: null, secret: null })
  const { secret } = (await seen('ada'))!
  await put('ada', { name: 'Too full', webhook: 'https://hooks.example.com/y' })
  expect(await seen('ada')).toMatchObject({ name: 'Too full', secret })
  expect((await deleteRule(callOf('ada', undefined, { id: 'full' }))).status).toBe(204)
  expect((await deleteRule(callOf('ada', undefined, { id: 'full' }))).status).toBe(404)
})

test('[HE32] every change of a rule is kept: which, when and by whom; operators see it', async () => {
  const rule = { name: 'Full', measure: 'cell utilisation', above: 0.5, forMinutes: 0, webhook: null, isOn: true }
  const put = (change: object) => putRule(callOf('ada', { ...rule, ...change }, { id: 'noted' }))
  await put({})
  await put({}) // the same is no change
  await put({ isOn: false })
  await deleteRule(callOf('ada', undefined, { id: 'noted' }))
  await deleteRule(callOf('ada', undefined, { id: 'noted' }))
  const { changes } = await decoded(AlertRuleChanges, await listRuleChanges(callOf('ada')))
  expect(changes.filter(({ ruleId }) => ruleId === 'noted').map(({ kind, by, rule }) => [kind, by, rule.isOn])).toEqual(
    [
      ['removed', 'ada', false],
      ['changed', 'ada', false],
      ['made', 'ada', true],
    ],
  )
  expect((await listRuleChanges(callOf('ben'))).status).toBe(403)
})

test('[HE13] what a webhook does not take is told again, each time later, eight times in all', async () => {
  const webhook = 'http://closed.invalid/'
  const away: Env = { ...env, WEBHOOK_HOSTS: 'http://closed.invalid' }
  const rule = { name: 'r', measure: 'cell state', is: 'down', forMinutes: 0, webhook, isOn: true } as const
  await keepRule(env.DB, { ruleId: 'away', byId: 'ada', at: 0 }, rule, 'secret')
  const tomorrow = Date.now() + 86_400_000 // when the desk of this test does not deliver
  await env.DB.prepare("INSERT INTO deliveries VALUES ('d1', 'away', '{}', 0, ?)").bind(tomorrow).run()
  const pauses: number[] = []
  for (let now = tomorrow; ; ) {
    const next = await deliverDue(away, now)
    if (next === Number.POSITIVE_INFINITY) break
    pauses.push((next - now) / 1000)
    expect(await deliverDue(away, next - 1)).toBe(next) // not before
    now = next
  }
  expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640])
})

const pulseOf = (storeId: string): Promise<Pulse> => askLog(env, storeId, (log) => log.pulse())

const rowOf = (storeId: string) => env.DB.prepare('SELECT * FROM store_health WHERE storeId = ?').bind(storeId).first()

const logOf = async (storeId: string) =>
  logAt(env, storeId, await placeOf(env, storeId)) as unknown as DurableObjectStub<StoreLog> // the class it is made of

/** Its alarm goes off, ten seconds later. Whether one was set. */
const ring = async (storeId: string) => {
  const later = Date.now() + 10_000
  vi.spyOn(Date, 'now').mockReturnValue(later)
  const rang = await runDurableObjectAlarm(await logOf(storeId))
  vi.restoreAllMocks()
  return rang
}

const crash = async (storeId: string) =>
  runInDurableObject(await logOf(storeId), (_, state) => state.abort('crash')).catch(() => undefined)

const inLog = async (storeId: string, sql: string) =>
  runInDurableObject(await logOf(storeId), (_, { storage }) => void storage.sql.exec(sql))

const look = (now: number) => {
  const desk = env.HEALTH_DESK.getByName('desk') as unknown as DurableObjectStub<HealthDesk>
  return runInDurableObject(desk, (instance: HealthDesk) => instance.look(now))
}

const decoded = async <A, I>(schema: Schema.Schema<A, I>, response: Response) =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: 'error' })(await response.json())

const cellSeenBy = async (who: string, cellId: string): Promise<CellHealth | undefined> =>
  (await decoded(CellHealths, await listCellHealth(callOf(who)))).cells.find((cell) => cell.cellId === cellId)

const storesSeenBy = async (who: string) => (await decoded(StoreHealths, await listStoreHealth(callOf(who)))).stores

const alertsSeenBy = async (who: string) => decoded(Alerts, await listAlerts(callOf(who)))

const callOf = (accountId: string, body?: object, params: Record<string, string> = {}) => {
  const text = JSON.stringify(body)
  const request = new Request('https://pjai/api', {
    method: body === undefined ? 'GET' : 'PUT',
    ...(body === undefined ? {} : { body: text, headers: { 'Content-Length': String(text.length) } }),
  })
  const session = { accountId, sessionId: accountId, isAnonymous: false, expiresAt: 0 }
  return { request, env, session, params, now: Date.now() + 10 * minute, newId: () => 'id', waitUntil: () => undefined }
}

const push = async (storeId: string, ...batch: readonly PushedEvent[]) =>
  outcomeOf(await send(storeId, pushOf(storeId, batch)))

const owner = { accountId: 'a1', sessionId: 's1', role: 'owner', shareIds: [], until: Number.MAX_SAFE_INTEGER }

const send = (storeId: string, body: string) =>
  fetchLog(
    env,
    storeId,
    new Request(`https://pjai/sync?storeId=${storeId}&transport=http`, {
      method: 'POST',
      body,
      headers: { [standingHeader]: JSON.stringify(owner) },
    }),
  )
