import { request } from 'node:http'
import { beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { version } from '../../package.json'
import { cookieFor } from './people.ts'

const socket = '/sync?storeId=persona_a&transport=ws'
const http = '/sync?storeId=persona_a&transport=http'
const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }
const key = { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' }
const server = serverForThisFile()
let cookie = ''

beforeAll(async () => {
  cookie = await cookieFor(server.url)
}, 120_000)

test('[SY1] the health says the version', async () => {
  const health = await ask('GET', '/api/health')
  expect(health).toMatchObject({ status: 200, body: { ok: true, version: version } })
})

test('[SY2] an unknown address under /api or /sync is not found, and says so in JSON', async () => {
  for (const path of ['/api', '/api/', '/api/nothing', '/api/health/x', '/sync/', '/sync/x'])
    expect(await ask('GET', path)).toMatchObject(refusal(404, 'NotFound'))
})

test('[SY3] a method that an address does not answer is refused, and names those it does', async () => {
  const cases = [
    ['POST', '/api/health', 'GET, HEAD'],
    ['DELETE', http, 'POST'],
    ['GET', http, 'POST'],
    ['POST', socket, 'GET'],
    ['PUT', '/personas', 'GET, HEAD'],
  ] as const
  for (const [method, path, allow] of cases)
    expect(await ask(method, path)).toMatchObject({ ...refusal(405, 'MethodNotAllowed'), headers: { allow } })
})

test('[SY4] a store id that is missing or illegal is refused', async () => {
  expect(await ask('GET', '/sync?transport=ws')).toMatchObject(refusal(400, 'MissingStoreId'))
  for (const storeId of [
    '',
    'a',
    'persona_',
    'persona_A',
    'persona_a/b',
    'persona_..',
    'other_a',
    `persona_${'a'.repeat(41)}`,
  ])
    expect(await ask('GET', `/sync?storeId=${encodeURIComponent(storeId)}&transport=ws`)).toMatchObject(
      refusal(400, 'IllegalStoreId'),
    )
})

test('[SY5] a transport that is missing or unknown is refused, and a socket without an upgrade', async () => {
  expect(await ask('GET', '/sync?storeId=persona_a')).toMatchObject(refusal(400, 'UnknownTransport'))
  expect(await ask('GET', '/sync?storeId=persona_a&transport=do-rpc')).toMatchObject(refusal(400, 'UnknownTransport'))
  expect(await ask('GET', socket)).toMatchObject(refusal(426, 'UpgradeRequired'))
})

test('[SY6] a page of another origin gets no socket and no push; a program that is no page does', async () => {
  for (const Origin of ['https://evil.example', 'null', `${server.url}.evil.example`, 'http://127.0.0.1:1']) {
    expect(await ask('GET', socket, { ...upgrade, ...key, Origin })).toMatchObject(refusal(403, 'ForeignOrigin'))
    expect(await ask('POST', http, { Origin }, '{}')).toMatchObject(refusal(403, 'ForeignOrigin'))
  }
  expect(await ask('GET', socket, { ...upgrade, ...key, Origin: server.url })).toMatchObject({ status: 101 })
  expect(await ask('GET', socket, { ...upgrade, ...key })).toMatchObject({ status: 101 })
})

test('[SY7] a body that does not say how long it is, or is too long, is refused', async () => {
  const chunked = { 'Transfer-Encoding': 'chunked' }
  expect(await ask('POST', http, chunked, '{}')).toMatchObject(refusal(411, 'LengthRequired'))
  expect(await ask('POST', http, {}, ' '.repeat(1_000_001))).toMatchObject(refusal(413, 'FrameTooLarge'))
})

test('[SY8] what else the address says stays at the door', async () => {
  const noise = '&payload=%7Bbroken&storeId=persona_b&cell=c9'
  expect(await ask('GET', socket + noise, { ...upgrade, ...key })).toMatchObject({ status: 101 })
})

test('[SY9] a body that is no message is refused', async () => {
  for (const body of ['', '{', '[]', '{"_tag":"Exit"}'])
    expect(await ask('POST', http, {}, body)).toMatchObject(refusal(400, 'MalformedFrame'))
})

test('[SY22] a deep link opens the app; a file that is gone is not found', async () => {
  for (const path of ['/', '/w/abc/personas/def', '/w/abc?tab=1'])
    expect(await ask('GET', path)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    })
  for (const path of ['/assets/gone-abc123.js', '/gone.png'])
    expect(await ask('GET', path)).toMatchObject(refusal(404, 'NotFound'))
})

test('[SY23] every page comes with a strict policy and is asked for again; what is named by its content is kept', async () => {
  const page = await ask('GET', '/w/abc')
  expect(page.headers['content-security-policy']).toBe(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; " +
      "media-src 'self' blob:; connect-src 'self' https: http://localhost:* http://127.0.0.1:*; font-src 'self' data:; object-src 'none'; " +
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  )
  expect(page.headers['referrer-policy']).toBe('no-referrer')
  expect(page.headers['x-content-type-options']).toBe('nosniff')
  expect(page.headers['cache-control']).toContain('max-age=0')

  const script = /src="(\/assets\/[^"]+\.js)"/.exec(String(page.body))?.[1]
  expect((await ask('GET', String(script))).headers['cache-control']).toContain('immutable')
})

const refusal = (status: number, code: string) => ({ status, body: { error: { code, message: expect.any(String) } } })

// fetch would not send these headers.
const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  new Promise<{ readonly status: number; readonly headers: Record<string, unknown>; readonly body: unknown }>(
    (resolve, reject) => {
      const length =
        body === undefined || headers['Transfer-Encoding'] !== undefined ? {} : { 'Content-Length': body.length }
      const agent = false // a body that is refused is not read, and its connection ends
      const sent = request(new URL(path, server.url), {
        agent,
        method,
        headers: { Cookie: cookie, ...length, ...headers },
      })
      sent.on('error', reject)
      sent.on('upgrade', (response, connection) => {
        connection.destroy()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: undefined })
      })
      sent.on('response', async (response) => {
        const text = (await response.setEncoding('utf8').toArray()).join('')
        const isJson = response.headers['content-type'] === 'application/json'
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: isJson ? JSON.parse(text) : text })
      })
      sent.end(body)
    },
  )
