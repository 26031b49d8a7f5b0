import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Schema } from 'effect'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebhookTried } from '#schema/health/wire.ts'
import { isAllowedTarget } from '#sync-worker/health/webhook-target.ts'
import { traceContextIn, traceparentOf } from '#sync-worker/telemetry/trace-context.ts'
import { routeOf } from '#sync-worker/telemetry/traced.ts'
import { type Collector, startCollector } from '#tests/support/collector.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { type Person, signIn } from './people.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-telemetry-'))
let collector: Collector
let server: TestServer
let ada: Person

beforeAll(async () => {
  collector = await startCollector()
  const variables = {
    OPERATORS: '*',
    WEBHOOK_HOSTS: collector.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-token=a%20b',
  }
  server = await startServer({ dataDir, variables })
  ada = await signIn(server.url)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  collector.stop()
  rmSync(dataDir, { recursive: true })
})

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

test('[HE20] a request is told as a span, child of who asked, with headers as configured and nobody’s id', async () => {
  const storeId = 'persona_traced'
  await ada.api('GET', `/api/stores/${storeId}`, undefined, { traceparent: `00-${traceId}-${spanId}-01` })
  await ada.api('GET', '/api/stores', undefined, { traceparent: `00-${traceId}-${spanId}-00` }) // not sampled
  const span = await vi.waitFor(() => {
    const found = collector.spansOf('pjai').find((one) => one.parentSpanId === spanId)
    expect(found).toBeDefined()
    return found
  }, 30_000)
  expect(span).toMatchObject({
    traceId,
    name: 'GET /api/stores/:id',
    kind: 2,
    attributes: expect.arrayContaining([
      { key: 'http.response.status_code', value: { intValue: '200' } },
      { key: 'pjai.store', value: { stringValue: expect.stringMatching(/^[0-9a-f]{16}$/) } },
    ]),
  })
  expect(collector.spansOf('pjai').filter((one) => one.traceId === traceId)).toHaveLength(1)
  const traces = collector.received.filter(({ path }) => path === '/v1/traces')
  expect(traces[0]?.headers).toMatchObject({ 'x-token': 'a b', 'content-type': 'application/json' })
  for (const { body } of traces) for (const id of [storeId, ada.accountId]) expect(body).not.toContain(id)
})

test('[HE14] an alert is told to its webhook, signed by the secret of its rule', async () => {
  const rule = {
    name: 'Anything',
    measure: 'cell utilisation',
    above: -1,
    forMinutes: 0,
    webhook: `${collector.url}/hook`,
    isOn: true,
  }
  const put = await ada.api('PUT', '/api/alerts/rules/any', rule)
  const { secret } = put.body as unknown as { readonly secret: string } // what only this test reads
  const tried = await ada.api('POST', '/api/alerts/rules/any/test', {})
  expect(Schema.decodeUnknownSync(WebhookTried)(tried.body)).toMatchObject({ isDelivered: true, status: 200 })
  expect(said('test')[0]?.body).toContain('"ruleId":"any"')
  expect(await openAbout('any')).toEqual([])
  await ada.api('GET', '/api/health/cells') // whoever looks sees to it that somebody looks
  await vi.waitFor(() => expect(said('alert opened').length).toBeGreaterThanOrEqual(4), 30_000)
  for (const { headers, body } of said('alert opened')) {
    const [, at = '', hex] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-pjai-signature'])) ?? []
    expect(createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')).toBe(hex)
  }
  expect((await openAbout('any')).map(({ subject }) => subject).toSorted()).toEqual(['c1', 'c2', 'c3', 'c4'])
})

test('[HE21] what a check finds of the cells is told as metrics', async () => {
  const metrics = await vi.waitFor(() => {
    const found = collector.received.find(({ path }) => path === '/v1/metrics')
    expect(found).toBeDefined()
    return JSON.parse(found!.body).resourceMetrics[0].scopeMetrics[0].metrics
  }, 30_000)
  expect(metrics).toContainEqual({
    name: 'pjai.cell.stores',
    unit: '{store}',
    gauge: {
      dataPoints: expect.arrayContaining([
        expect.objectContaining({
          asDouble: expect.any(Number),
          attributes: [{ key: 'pjai.cell', value: { stringValue: 'c1' } }],
        }),
      ]),
    },
  })
})

test('[HE27] what a page tells of its waits goes on as spans of the app, a trace each, with nobody’s id', async () => {
  expect((await ada.api('GET', '/api/telemetry')).body).toEqual({ isWanted: true })
  const waits = [
    { name: 'store opened', kind: 'persona', way: 'hydrated', events: 20_000, ms: 1500, endedAgoMs: 3000 },
    { name: 'error', kind: 'model', ms: 0, endedAgoMs: 10 },
  ]
  const before = Date.now()
  expect((await ada.api('POST', '/api/telemetry', { waits })).status).toBe(204)
  const told = await vi.waitFor(() => {
    const found = collector.received.find(({ body }) => body.includes('pjai-app'))
    expect(found).toBeDefined()
    return found!.body
  }, 30_000)
  const [opened, error] = JSON.parse(told).resourceSpans[0].scopeSpans[0].spans
  expect(opened).toMatchObject({
    name: 'store opened',
    status: {},
    attributes: [
      { key: 'pjai.kind', value: { stringValue: 'persona' } },
      { key: 'pjai.way', value: { stringValue: 'hydrated' } },
      { key: 'pjai.events', value: { intValue: '20000' } },
    ],
  })
  expect(error).toMatchObject({ name: 'error', status: { code: 2 } })
  expect(opened.traceId).not.toBe(error.traceId)
  const [began, ended] = [opened.startTimeUnixNano, opened.endTimeUnixNano].map((nanos) => Number(nanos) / 1e6)
  expect(ended! - began!).toBeCloseTo(1500, 0)
  expect(ended).toBeGreaterThanOrEqual(before - 3000)
  expect(told).not.toContain(ada.accountId)
})

test('[HE28] what is too large, malformed, of nobody, of another page or too often is refused, and goes nowhere', async () => {
  const eve = await signIn(server.url)
  const told = { waits: [{ name: 'start', ms: 987.25, endedAgoMs: 0 }] }
  const tell = async (body: unknown, headers?: Record<string, string>) => {
    const { status, code } = await eve.api('POST', '/api/telemetry', body, headers)
    return code ?? status
  }
  expect(await tell(told, { Cookie: '' })).toBe('NotSignedIn')
  expect(await tell(told, { Origin: 'https://elsewhere.example' })).toBe('ForeignOrigin')
  expect(await tell({ waits: 'x'.repeat(16_000) })).toBe('BodyTooLarge')
  for (const body of [
    {},
    [],
    { waits: [] },
    { waits: [{ ...told.waits[0], persona: 'Ada' }] },
    { waits: [{ ...told.waits[0], name: 'Ada' }] },
    { waits: Array.from({ length: 101 }, () => told.waits[0]) },
  ])
    expect([body, await tell(body)]).toEqual([body, 'MalformedBody'])
  let answer: unknown
  for (let calls = 0; calls < 30 && answer !== 'TooManyWaits'; calls++) answer = await tell({ waits: [] })
  expect(answer).toBe('TooManyWaits')
  expect(await tell(told)).toBe('TooManyWaits')
  const { status } = await ada.api('POST', '/api/telemetry', { waits: [{ ...told.waits[0], ms: 123.25 }] })
  expect(status).toBe(204) // others are heard all the same
  expect(collector.received.some(({ body }) => body.includes('"Ada"'))).toBe(false)
})

test('[HE15] a webhook goes to public names by https, or where the operator said', () => {
  const named = 'http://192.168.1.5:9000 hooks.lan'
  for (const url of ['https://hooks.example.com/a?b=c', 'http://192.168.1.5:9000/x', 'https://hooks.lan/x'])
    expect(isAllowedTarget(url, named)).toBe(true)
  for (const url of [
    'http://hooks.example.com/',
    'https://hooks.example.com:8443/',
    'https://user:pass@hooks.example.com/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://localhost/',
    'https://a.localhost/',
    'https://printer.local/',
    'https://metadata.google.internal/',
    'https://hooks.example.com./',
    'http://192.168.1.5:9001/',
    'http://192.168.1.5/',
    'http://hooks.lan/',
    'file:///etc/passwd',
    'nothing',
  ])
    expect([url, isAllowedTarget(url, named)]).toEqual([url, false])
})

test('[HE22] a traceparent is read as W3C says, and what is none begins a trace', () => {
  const context = { traceId, spanId, isSampled: true }
  expect(traceContextIn(traceparentOf(context))).toEqual(context)
  expect(traceContextIn(`01-${traceId}-${spanId}-00-more`)).toEqual({ ...context, isSampled: false })
  for (const header of [
    null,
    '',
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
  ])
    expect(traceContextIn(header)).toBeUndefined()
})

test('[HE23] of an address only words of ours are told', () => {
  expect(routeOf('/api/stores/persona_x/shares/abc123')).toBe('/api/stores/:id/shares/:id')
  expect(routeOf('/api/proxy/https/api.openai.com/v1/models')).toBe('/api/proxy/:id/:id/:id/:id')
  expect(routeOf('/api/auth/sign-in/email')).toBe('/api/auth/:id/:id')
  expect(routeOf('/persona/secret')).toBe('/*')
})

const said = (event: string) =>
  collector.received.filter(({ path, body }) => path === '/hook' && JSON.parse(body).event === event)

const openAbout = async (ruleId: string) => {
  const { body } = await ada.api('GET', '/api/alerts')
  const { open } = body as unknown as {
    readonly open: readonly { readonly ruleId: string; readonly subject: string }[]
  }
  return open.filter((alert) => alert.ruleId === ruleId)
}
