// @vitest-environment node
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts'
import { sentence } from '#tests/support/model-server-script.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { signIn } from '#tests/sync-worker/people.ts'
import { modelsFrom } from '#web/services/models/list-models.ts'
import { streamAnswer } from '#web/services/models/stream-answer.ts'
import { newWorld } from './world.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-by-proxy-'))
let models: ModelServer
let server: TestServer
let cookie: string

beforeAll(async () => {
  models = await startModelServer()
  server = await startServer({ dataDir, proxyHosts: `http://127.0.0.1:${models.port}` })
  cookie = (await signIn(server.url)).cookie
}, 120_000)
afterAll(async () => {
  await server?.stop()
  await models.stop()
  rmSync(dataDir, { recursive: true })
})

/** As a page of ours would: relative addresses, which are strings, with its cookie. */
const fromPage: typeof fetch = (input, init) => {
  const headers = { ...Object.fromEntries(new Headers(init?.headers)), Cookie: cookie, Origin: server.url }
  return fetch(new URL(input as string, server.url), { ...init, headers })
}

const endpoint = (kind: 'openai-compatible' | 'anthropic', baseUrl = models.baseUrl, key = 'sk-right') => ({
  target: { kind, baseUrl, viaProxy: true, models: [] },
  key,
  world: newWorld({ fetch: fromPage }).world,
})

const ask = (model: string, to: ReturnType<typeof endpoint>) =>
  streamAnswer(to, {
    model,
    system: '',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Tea?' }] }],
    settings: { temperature: 1, maxTokens: 4000, topP: 1, frequencyPenalty: 0, presencePenalty: 0 },
    signal: new AbortController().signal,
    onPiece: () => {},
  })

test.each(['openai-compatible', 'anthropic'] as const)(
  '[PV26] a model of %s asked by way of the Worker answers and fails as one asked straight',
  async (kind) => {
    models.wantKey('sk-right')
    expect(await modelsFrom(endpoint(kind))).toMatchObject({ models: expect.arrayContaining([{ id: 'quick' }]) })
    expect(await ask('quick', endpoint(kind))).toMatchObject({ parts: [{ type: 'text', text: sentence }] })
    expect(await ask('always-limited', endpoint(kind))).toMatchObject({ code: 'rateLimited', retryAfterMs: 1000 })
    expect(await ask('quick', endpoint(kind, models.baseUrl, 'sk-wrong'))).toMatchObject({ code: 'wrongKey' })
    models.give()
    expect(await ask('breaks', endpoint(kind))).toMatchObject({ code: 'server' })
  },
)

test('[PV26] what the Worker refuses, and that it is away, is said', async () => {
  expect(await ask('quick', endpoint('openai-compatible', 'https://evil.example/v1'))).toMatchObject({
    code: 'refused',
    detail: expect.stringContaining('PROXY_HOSTS'),
  })
  const away = {
    ...endpoint('openai-compatible'),
    world: newWorld({ fetch: () => Promise.reject(new TypeError()) }).world,
  }
  expect(await ask('quick', away)).toMatchObject({ code: 'offline', detail: expect.stringContaining('Our server') })
})
