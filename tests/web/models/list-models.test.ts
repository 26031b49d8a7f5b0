// @vitest-environment node
import { expect, test } from 'vitest'
import type { ProviderKind } from '#schema/providers/events.ts'
import { modelsFrom } from '#web/services/models/list-models.ts'
import { ModelFailure } from '#web/services/models/model-call.ts'
import { retryAfterOf } from '#web/services/models/retry-after.ts'
import { newWorld } from './world.ts'

/** What is listed by a server that says this. */
const listed = async (said: unknown, kind: ProviderKind = 'openai-compatible') => {
  const asked: string[] = []
  const answering: typeof fetch = async (input) => {
    asked.push(input as string) // it always is
    return Response.json(said)
  }
  const target = { kind, baseUrl: 'http://localhost:1/v1', viaProxy: false, models: [] }
  const list = await modelsFrom({ target, key: undefined, world: newWorld({ fetch: answering }).world })
  return list instanceof ModelFailure ? { code: list.code, asked } : { models: list.models, asked }
}

test('[PV19] the models of each known kind of server are listed, with what it says of them', async () => {
  const ollama = { object: 'list', data: [{ id: 'llama3.2:3b', object: 'model', created: 1, owned_by: 'library' }] }
  expect((await listed(ollama)).models).toEqual([{ id: 'llama3.2:3b' }])
  const llamaCpp = { models: [{ name: 'a' }], object: 'list', data: [{ id: 'a.gguf', meta: { n_ctx_train: 32768 } }] }
  expect((await listed(llamaCpp)).models).toEqual([{ id: 'a.gguf', contextTokens: 32768 }])
  const vllm = { object: 'list', data: [{ id: 'Qwen/Qwen3-8B', max_model_len: 40960, parent: null }] }
  expect((await listed(vllm)).models).toEqual([{ id: 'Qwen/Qwen3-8B', contextTokens: 40960 }])
  const openRouter = {
    data: [
      { id: 'a/b', context_length: 128000, pricing: { prompt: '0.0000025', completion: '0.00001', image: '0' } },
      { id: 'auto', context_length: null, pricing: { prompt: '-1', completion: '-1' } },
    ],
  }
  expect((await listed(openRouter)).models).toEqual([
    { id: 'a/b', contextTokens: 128000, promptPrice: 2.5, completionPrice: 10 },
    { id: 'auto' },
  ])
  const anthropic = {
    data: [{ type: 'model', id: 'claude-x', display_name: 'X', max_input_tokens: 200000 }],
    has_more: false,
  }
  expect(await listed(anthropic, 'anthropic')).toEqual({
    models: [{ id: 'claude-x', contextTokens: 200000 }],
    asked: ['http://localhost:1/v1/models?limit=1000'],
  })
})

test('[PV19] what is no list of models is named so', async () => {
  for (const said of [{}, [], { data: [{ name: 'x' }] }, 'models']) expect((await listed(said)).code).toBe('malformed')
})

test('[PV13] when to ask again is read from whichever header says it', () => {
  const now = Date.parse('2026-03-01T10:00:00Z')
  const after = (headers: Record<string, string>) => retryAfterOf(new Headers(headers), now)
  expect(after({ 'Retry-After': '20' })).toBe(20_000)
  expect(after({ 'Retry-After': 'Sun, 01 Mar 2026 10:00:30 GMT' })).toBe(30_000)
  expect(after({ 'Retry-After': 'Sun, 01 Mar 2026 09:00:00 GMT' })).toBe(0)
  expect(after({ 'Retry-After': 'soon' })).toBeUndefined()
  const openAi = { 'x-ratelimit-remaining-requests': '7', 'x-ratelimit-reset-requests': '1s' }
  expect(after({ ...openAi, 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1m30.5s' })).toBe(90_500)
  expect(after({ 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '120ms' })).toBe(120)
  const anthropic = {
    'anthropic-ratelimit-tokens-remaining': '0',
    'anthropic-ratelimit-tokens-reset': '2026-03-01T10:01:00Z',
  }
  expect(after(anthropic)).toBe(60_000)
  expect(after({})).toBeUndefined()
})
