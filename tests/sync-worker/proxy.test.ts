import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts'
import { sentence } from '#tests/support/model-server-script.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { type Person, signIn } from './people.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-proxy-'))
let models: ModelServer
let odd: Server
let server: TestServer
let ada: Person

beforeAll(async () => {
  models = await startModelServer()
  odd = await startOdd()
  const proxyHosts = `http://127.0.0.1:${models.port}  http://127.0.0.1:${portOf(odd)} closed.invalid`
  server = await startServer({ dataDir, proxyHosts })
  ada = await signIn(server.url)
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await models.stop()
  odd.closeAllConnections()
  odd.close()
  rmSync(dataDir, { recursive: true })
})

const at = (path: string, port = models.port) => `/api/proxy/http/127.0.0.1:${port}/${path}`

const call = (
  person: Person,
  path: string,
  body?: object,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { Origin: server.url, Cookie: person.cookie, 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })

const ask = (model: string, text = 'tea?') => ({ model, stream: true, messages: [{ role: 'user', content: text }] })

test('[PV20] a call goes through to the provider, and its answer comes back piece by piece', async () => {
  const list = await call(ada, at('v1/models'))
  expect(list.headers.get('X-Proxied')).toBe('1')
  expect(await list.json()).toMatchObject({ data: expect.arrayContaining([expect.objectContaining({ id: 'quick' })]) })

  const answer = await call(ada, at('v1/chat/completions'), ask('slow'))
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream')
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  for (const word of sentence.match(/\S+/g)!) {
    models.give(1)
    await untilSaid(reader, word) // before the next is given
  }
  models.give(1)
  await untilSaid(reader, 'finish_reason')
})

/** A piece may come in several. */
const untilSaid = async (reader: ReadableStreamDefaultReader<string>, words: string) => {
  for (let said = ''; !said.includes(words); ) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`It ended before it said “${words}”, with “${said}”.`)
    said += value
  }
}

test('[PV20] a provider is hung up on, with the next piece at the latest, when the page goes', async () => {
  const gone = new AbortController()
  const answer = await call(ada, at('v1/chat/completions', portOf(odd)), ask('endless'), {}, gone.signal)
  await answer.body!.getReader().read()
  expect(hungUp).toBe(0)
  gone.abort()
  await vi.waitFor(() => {
    saySomething()
    expect(hungUp).toBe(1)
  }, 10_000)
})

test('[PV21] only hosts that were named are called, and of them only what a page needs', async () => {
  const closedPort = models.port === 9 ? 10 : 9
  for (const host of [
    `http/127.0.0.1:${closedPort}`,
    `http/localhost:${models.port}`,
    `https/127.0.0.1:${models.port}`,
    'http/192.168.1.1',
    'https/evil.example',
    'http/api.openai.com',
    'https/api.openai.com.evil.example',
    'https/api.openai.com:8443',
  ])
    expect(await refusalOf(call(ada, `/api/proxy/${host}/v1/models`))).toEqual([403, 'ProviderNotAllowed'])
  for (const path of ['v1/files', 'v1/models/x', 'v1/..%2Fmodels', 'v1/models?key=1', 'admin', 'v1/%6dodels'])
    expect(await refusalOf(call(ada, at(path)))).toEqual([404, 'NotFound'])
  expect(await refusalOf(call(ada, '/api/proxy/ftp/127.0.0.1/v1/models'))).toEqual([404, 'NotFound'])
  expect(await ada.api('GET', at('v1/models'))).toMatchObject({ status: 405, code: 'MethodNotAllowed' })
  expect(await refusalOf(call(ada, '/api/proxy/https/closed.invalid/v1/models'))).toEqual([502, 'ProviderAway'])
})

test('[PV22] without a session, for another page, and with too large a body nothing is called', async () => {
  const before = models.requests.length
  const nobody = { ...ada, cookie: '' }
  expect(await refusalOf(call(nobody, at('v1/models')))).toEqual([401, 'NotSignedIn'])
  const foreign = { Origin: 'https://evil.example' }
  expect(await refusalOf(call(ada, at('v1/models'), undefined, foreign))).toEqual([403, 'ForeignOrigin'])
  const large = ask('quick', 'x'.repeat(20_000_000))
  expect(await refusalOf(call(ada, at('v1/chat/completions'), large))).toEqual([413, 'BodyTooLarge'])
  expect(models.requests).toHaveLength(before)
})

test('[PV23] the key goes along and nothing of the browser; no cookie goes either way, and no answer is a page', async () => {
  const before = models.requests.length
  await call(ada, at('v1/models'), undefined, {
    Authorization: 'Bearer sk-a',
    'X-Api-Key': 'sk-b',
    'X-Other': 'o',
    Referer: 'http://x',
  })
  const { headers } = models.requests[before]!
  expect(headers).toMatchObject({ authorization: 'Bearer sk-a', 'x-api-key': 'sk-b' })
  for (const name of ['cookie', 'origin', 'referer', 'x-other', 'user-agent']) expect(headers[name]).toBeUndefined()

  const page = await call(ada, at('v1/models', portOf(odd)))
  expect(await page.text()).toContain('<script>')
  expect(page.headers.get('Content-Type')).toBe('text/plain')
  expect(page.headers.get('Content-Security-Policy')).toBe('sandbox')
  expect(page.headers.get('Set-Cookie')).toBeNull()
  expect(page.headers.get('X-Other')).toBeNull()
  expect(page.headers.get('Retry-After')).toBe('7')
})

test('[PV23] where a provider sends elsewhere nobody goes', async () => {
  expect(await refusalOf(call(ada, at('v1/messages', portOf(odd)), ask('x')))).toEqual([502, 'ProviderRedirects'])
  expect(elsewhere).toBe(0)
})

test('[PV24] a device that calls too often is told to wait, and others are not', async () => {
  const boris = await signIn(server.url)
  // At once: a slow machine would spread them over as many seconds as are given back.
  const answers = await Promise.all(
    Array.from({ length: 60 }, () => call(boris, '/api/proxy/https/evil.example/v1/models')),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403, 429]))
  const late = answers.filter(({ status }) => status === 429)
  expect(await refusalOf(Promise.resolve(late[0]!))).toEqual([429, 'TooManyCalls'])
  const cem = await signIn(server.url)
  expect((await call(cem, at('v1/models'))).status).toBe(200)
})

test('[PV25] of what was asked and answered, and of the key, the server keeps nothing', async () => {
  const dora = await signIn(server.url)
  const said = await call(dora, at('v1/chat/completions'), ask('echo', 'marigold-question'), {
    Authorization: 'Bearer sk-marigold',
  })
  expect(await said.text()).toContain('marigold-question')
  await call(dora, at('v1/chat/completions'), ask('failing', 'marigold-failure'), {
    Authorization: 'Bearer sk-marigold',
  })
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThan(0)
  const holding = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path).includes('marigold'))
  expect(holding).toEqual([])
})

const refusalOf = async (asked: Promise<Response>) => {
  const response = await asked
  const { error } = (await response.json()) as { readonly error: { readonly code: string } } // every refusal is that
  return [response.status, error.code]
}

let hungUp = 0
let saySomething = () => {}
let elsewhere = 0

/** What no provider should be: a page with a cookie, a redirect, an answer without an end. */
const startOdd = async () => {
  const odd = createServer((request, response) => {
    if (request.url === '/v1/models')
      return response
        .writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'spy=1', 'X-Other': 'o', 'Retry-After': '7' })
        .end('<script>alert(1)</script>')
    if (request.url === '/v1/messages') return response.writeHead(302, { Location: '/elsewhere' }).end()
    if (request.url === '/elsewhere') elsewhere++
    response.on('close', () => hungUp++)
    saySomething = () => response.write('data: {}\n\n')
    return response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: {}\n\n')
  })
  odd.listen(0, '127.0.0.1')
  await once(odd, 'listening')
  return odd
}

const portOf = (server: Server) => (server.address() as AddressInfo).port // it listens on TCP
