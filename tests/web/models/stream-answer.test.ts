// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ModelServer, modelNames, startModelServer } from '#tests/support/model-server.ts'
import { sentence } from '#tests/support/model-server-script.ts'
import type { Endpoint } from '#web/services/models/endpoint.ts'
import {
  ModelFailure,
  type ModelMessage,
  type ModelPiece,
  type ModelRequest,
  type ModelTool,
} from '#web/services/models/model-call.ts'
import { streamAnswer } from '#web/services/models/stream-answer.ts'
import { newWorld } from './world.ts'

let server: ModelServer
beforeEach(async () => {
  server = await startModelServer()
})
afterEach(() => server.stop())

const kinds = ['openai-compatible', 'anthropic'] as const

interface Asking extends Partial<Omit<ModelRequest, 'onPiece'>> {
  readonly kind?: (typeof kinds)[number]
  readonly key?: string
  readonly baseUrl?: string
  readonly world?: Endpoint['world']
  readonly onPiece?: (piece: ModelPiece) => void
}

const ask = async (model: string, asking: Asking = {}) => {
  const { kind = 'openai-compatible', key, baseUrl = server.baseUrl, world = newWorld().world, ...request } = asking
  const pieces: ModelPiece[] = []
  const target = { kind, baseUrl, viaProxy: false, models: modelNames.map((id) => ({ id })) }
  const answer = await streamAnswer(
    { target, key, world },
    {
      model,
      system: 'Be brief.',
      messages: [{ role: 'user', parts: [{ type: 'text', text: 'How long does tea take?' }] }],
      settings: { temperature: 1, maxTokens: 4000, topP: 1, frequencyPenalty: 0, presencePenalty: 0 },
      signal: new AbortController().signal,
      ...request,
      onPiece: (piece) => {
        pieces.push(piece)
        request.onPiece?.(piece)
      },
    },
  )
  return { answer, pieces, text: pieces.map((piece) => (piece.type === 'text' ? piece.text : '')).join('') }
}

/** How it failed, and what had come by then. */
const failureOf = async (model: string, asking: Asking = {}) => {
  const { answer, text } = await ask(model, asking)
  if (!(answer instanceof ModelFailure)) throw new Error(`${model} answered: ${JSON.stringify(answer)}`)
  const { code, detail, retryAfterMs } = answer
  return { code, detail, text, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

test.each(kinds)('[PV10] an answer of %s comes piece by piece, with what it took and how it ended', async (kind) => {
  const { answer, pieces } = await ask('quick', { kind })
  const parts = [{ type: 'text', text: sentence }]
  expect(answer).toEqual({ parts, finish: 'stop', promptTokens: 12, completionTokens: 7 })
  expect(pieces).toHaveLength(7)
  const settings = { temperature: 1, maxTokens: 20, topP: 1, frequencyPenalty: 0, presencePenalty: 0 }
  expect((await ask('long', { kind, settings })).answer).toMatchObject({ finish: 'length', completionTokens: 20 })
  expect((await ask('long', { kind })).pieces).toHaveLength(2000)
})

test.each(kinds)('[PV10] what a model of %s thinks is apart from what it says', async (kind) => {
  expect((await ask('reasons', { kind })).answer).toMatchObject({
    parts: [
      { type: 'reasoning', text: 'They ask for tea.' },
      { type: 'text', text: sentence },
    ],
  })
})

const memories = {
  name: 'search_memories',
  description: 'Finds what the persona remembers.',
  inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
}

test.each(kinds)('[PV11] a tool that a model of %s calls is run, and what came of it goes back to it', async (kind) => {
  const run = vi.fn<ModelTool['run']>(async () => ({ found: ['green tea'] }))
  const { answer } = await ask('tools', { kind, tools: [{ ...memories, run }] })
  expect(run).toHaveBeenCalledExactlyOnceWith({ query: 'How long does tea take?' })
  expect(answer).toMatchObject({
    parts: [
      { type: 'toolCall', toolCallId: 'call1', name: 'search_memories', input: { query: 'How long does tea take?' } },
      { type: 'toolResult', toolCallId: 'call1', output: { found: ['green tea'] } },
      { type: 'text', text: 'The tool says: {"found":["green tea"]}' },
    ],
    finish: 'stop',
    promptTokens: 24,
  })
})

test.each(kinds)(
  '[TK83] a model of %s is told what tools earlier answers called, where it may call some itself',
  async (kind) => {
    const call = { type: 'toolCall', toolCallId: 'a:1', name: 'search_memories', input: { query: 'tea' } } as const
    const found = { type: 'toolResult', toolCallId: 'a:1', output: { found: ['green tea'] } } as const
    const think = { type: 'reasoning', text: 'Which tea?' } as const
    const lost = { ...call, toolCallId: 'lost' }
    const messages: ModelMessage[] = [
      { role: 'user', parts: [{ type: 'text', text: 'Which tea?' }] },
      { role: 'assistant', parts: [think, lost, call, found, { type: 'text', text: 'Green.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Sure?' }] },
    ]
    await ask('quick', { kind, messages, tools: [{ ...memories, run: async () => null }] })
    const told = server.requests.at(-1)?.body.messages.filter(({ role }) => role !== 'system')
    const result = '{"found":["green tea"]}'
    const rounds = {
      anthropic: [
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'm1_a_1', name: 'search_memories', input: { query: 'tea' } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'm1_a_1', content: result }] },
        { role: 'assistant', content: [{ type: 'text', text: 'Green.' }] },
      ],
      'openai-compatible': [
        {
          role: 'assistant',
          tool_calls: [{ id: 'm1_a_1', function: { name: 'search_memories', arguments: '{"query":"tea"}' } }],
        },
        { role: 'tool', tool_call_id: 'm1_a_1', content: result },
        { role: 'assistant', content: 'Green.' },
      ],
    }
    expect(told).toMatchObject([{ role: 'user' }, ...rounds[kind], { role: 'user' }])
    expect(JSON.stringify(told)).not.toMatch(/lost|reasoning|thinking/)
    await ask('quick', { kind, messages })
    expect(JSON.stringify(server.requests.at(-1)?.body)).not.toMatch(/search_memories|green tea/)
  },
)

test('[PV11] a tool that fails says so to the model, and the answer goes on', async () => {
  const run = async () => {
    throw new Error('The index is being made.')
  }
  const { answer } = await ask('tools', { tools: [{ ...memories, run }] })
  expect(answer).toMatchObject({ parts: [{}, { output: { error: expect.stringContaining('being made') } }, {}] })
})

test.each(kinds)('[PV12] each way of failing of %s has a code, and a sentence that says what to do', async (kind) => {
  const breakAfterLastWord = (piece: ModelPiece) => piece.type === 'text' && piece.text === 'not' && server.give()
  const failure = (model: string, key = 'sk-secret') => failureOf(model, { kind, key, onPiece: breakAfterLastWord })
  expect(await failure('locked')).toMatchObject({ code: 'wrongKey', detail: expect.stringContaining('valid one') })
  expect(await failureOf('locked', { kind })).toMatchObject({
    code: 'noKey',
    detail: expect.stringContaining('Add it'),
  })
  expect(await failure('quik')).toMatchObject({ code: 'wrongModel', detail: expect.stringContaining('Near it: quick') })
  expect(await failure('small')).toMatchObject({ code: 'tooLong', detail: expect.stringContaining('larger context') })
  expect(await failure('busy')).toMatchObject({ code: 'overloaded', detail: expect.stringContaining('Loading model') })
  expect(await failure('failing')).toMatchObject({ code: 'server', detail: expect.stringContaining('It fell over.') })
  expect(await failure('broken')).toMatchObject({ code: 'malformed', text: 'This' })
  expect(await failure('unfinished')).toMatchObject({ code: 'server', text: 'This ends' })
  expect(await failure('breaks')).toMatchObject({ code: 'server', text: 'This will not' })
})

test.each(kinds)('[PV13] a model of %s that takes no more says when it will', async (kind) => {
  expect(await failureOf('limited', { kind })).toMatchObject({ code: 'rateLimited', retryAfterMs: 1000 })
  expect((await ask('limited', { kind })).text).toBe(sentence)
  expect(await failureOf('always-limited', { kind })).toMatchObject({ code: 'rateLimited', retryAfterMs: 1000 })
})

test('[PV14] where nobody answers, where somebody does not answer pages, and where there is no network are told apart', async () => {
  const closed = await startModelServer()
  await closed.stop()
  expect(await failureOf('quick', { baseUrl: closed.baseUrl })).toMatchObject({
    code: 'refused',
    detail: `Nobody answers at ${closed.baseUrl}. Is the server running, and on this port?`,
  })
  // As a browser does where the server allows no page: only who does not want to read gets through.
  const asBrowser: typeof fetch = (input, init) =>
    init?.mode === 'no-cors' ? fetch(input, init) : Promise.reject(new TypeError('Failed to fetch'))
  const { world } = newWorld({ fetch: asBrowser })
  expect(await failureOf('quick', { world })).toMatchObject({
    code: 'cors',
    detail: expect.stringContaining('OLLAMA_ORIGINS=http://127.0.0.1:4000'),
  })
  const offline = newWorld({ fetch: asBrowser, isOnline: () => false }).world
  expect(await failureOf('quick', { world: offline, baseUrl: 'https://models.example/v1' })).toMatchObject({
    code: 'offline',
  })
})

test('[PV14] what answers with a page, or with nothing at this address, is named', async () => {
  const page: typeof fetch = async () => new Response('<html></html>', { headers: { 'Content-Type': 'text/html' } })
  expect(await failureOf('quick', { world: newWorld({ fetch: page }).world })).toMatchObject({ code: 'malformed' })
  expect(await failureOf('quick', { baseUrl: server.baseUrl.replace('/v1', '') })).toMatchObject({
    code: 'server',
    detail: expect.stringContaining('Most addresses end in /v1'),
  })
})

test('[PV15] silence of a minute ends a call, before the first piece and between two; each piece begins the minute anew', async () => {
  const { world, timers, letTimePass } = newWorld()
  const hanging = failureOf('hangs', { world })
  await vi.waitFor(() => expect(server.requests).toHaveLength(1), 30_000)
  letTimePass()
  expect(await hanging).toMatchObject({ code: 'timeout', text: '' })

  const pieces = vi.fn<() => void>()
  const slow = failureOf('slow', { world, onPiece: pieces })
  server.give(2)
  await vi.waitFor(() => expect(pieces).toHaveBeenCalledTimes(2), 30_000)
  expect(timers.size).toBe(1)
  letTimePass()
  expect(await slow).toMatchObject({ code: 'timeout', text: 'A pot ' })
  expect(timers.size).toBe(0)
})

test('[PV15] a stop ends a call at once, and what came stays', async () => {
  const stop = new AbortController()
  const onPiece = vi.fn<() => void>(() => stop.abort())
  const asked = failureOf('slow', { signal: stop.signal, onPiece })
  server.give(1)
  expect(await asked).toMatchObject({ code: 'stopped', text: 'A ' })
  expect(await failureOf('quick', { signal: AbortSignal.abort() })).toMatchObject({ code: 'stopped' })
  expect(server.requests).toHaveLength(1)
})

test.each(kinds)('[PV16] a key of %s goes to the provider in a header, and into no sentence', async (kind) => {
  server.wantKey('sk-right')
  expect((await ask('quick', { kind, key: 'sk-right' })).text).toBe(sentence)
  const { headers } = server.requests[0]!
  expect(kind === 'anthropic' ? headers['x-api-key'] : headers.authorization).toContain('sk-right')
  expect(headers['anthropic-dangerous-direct-browser-access']).toBe(kind === 'anthropic' ? 'true' : undefined)
  expect(JSON.stringify(server.requests[0]?.body)).not.toContain('sk-right')
  // The server says the wrong key in its refusal, as OpenAI does.
  const failure = await failureOf('quick', { kind, key: 'sk-wrong' })
  expect(failure.code).toBe('wrongKey')
  expect(JSON.stringify(failure)).not.toContain('sk-wrong')
})

test('[PV17] a model is given the words of the conversation, pictures that are here, and the rules in its system prompt', async () => {
  const pixel = 'data:image/png;base64,iVBORw0KGgo='
  await ask('quick', {
    messages: [
      { role: 'system', parts: [{ type: 'text', text: 'Speak of tea.' }] },
      {
        role: 'user',
        parts: [
          { type: 'image', url: pixel },
          { type: 'image', url: 'https://elsewhere.example/a.png', alt: 'a pot' },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'A pot!' },
          { type: 'text', text: 'A pot.' },
        ],
      },
      { role: 'assistant', parts: [{ type: 'toolCall', toolCallId: 'c', name: 'x', input: {} }] },
      {
        role: 'user',
        parts: [
          { type: 'code', language: 'js', code: 'tea()' },
          { type: 'file', attachmentId: 'a', name: 'tea.pdf' },
        ],
      },
    ],
  })
  expect(server.requests[0]?.body.messages).toEqual([
    { role: 'system', content: 'Be brief.\n\nSpeak of tea.' },
    {
      role: 'user',
      content: [
        { type: 'image_url', image_url: { url: pixel } },
        { type: 'text', text: '[picture: a pot]' },
      ],
    },
    { role: 'assistant', content: 'A pot.' },
    {
      role: 'user',
      content: [
        { type: 'text', text: '```js\ntea()\n```' },
        { type: 'text', text: '[file: tea.pdf]' },
      ],
    },
  ])
})
