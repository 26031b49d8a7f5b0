import { expect, test } from 'vitest'
import { classify } from '#schema/tasks/classify.ts'
import type { Hop } from '#schema/tasks/kernel.ts'
import { type Candidate, patience, type Route, retryAfter, route, type Wish } from '#schema/tasks/routing.ts'

const model = (accountId: string, model: string, changes: Partial<Candidate> = {}): Candidate => ({
  accountId,
  model,
  hasKey: true,
  isLocal: false,
  health: 'unknown',
  ...changes,
})

const wish: Wish = { wantedModel: '', intent: 'chat', order: [], byIntent: {}, tokens: 10, isOnline: true }
const [a, b] = [model('a', 'large'), model('b', 'small')]
const order = [a, b].map(({ accountId, model }) => ({ accountId, model }))

const failed = (of: Candidate, code: string, retryAt: Date | null = null, hop = 0): Hop => ({
  hop,
  accountId: of.accountId,
  model: of.model,
  failure: { code, detail: `${code}!`, retryAt },
})

const chosen = (routed: Route) => ('failure' in routed ? routed.failure.code : `${routed.accountId}/${routed.model}`)

test('[TK20] a question goes to what its conversation wants, then to the choice for its intent, then in the persona’s order', () => {
  expect(chosen(route([a, b], { ...wish, order }, []))).toBe('a/large')
  expect(chosen(route([a, b], { ...wish, order, byIntent: { chat: order[1]! } }, []))).toBe('b/small')
  expect(chosen(route([a, b], { ...wish, order, wantedModel: 'b/small' }, []))).toBe('b/small')
  // A name that an import brought, and one that the provider does not list.
  expect(chosen(route([a, b], { ...wish, order, wantedModel: 'small' }, []))).toBe('b/small')
  expect(chosen(route([a, b], { ...wish, order, wantedModel: 'b/unlisted' }, []))).toBe('b/unlisted')
})

test('[TK21] without an order the well and cheap goes first, one model of each account', () => {
  const dear = model('a', 'dear', { promptPrice: 10, completionPrice: 30 })
  const cheap = model('b', 'cheap', { promptPrice: 1, completionPrice: 2 })
  expect(chosen(route([dear, cheap], wish, []))).toBe('b/cheap')
  expect(chosen(route([dear, { ...cheap, health: 'down' }], wish, []))).toBe('a/dear')
})

test('[TK22] what cannot be asked is passed over, and says why', () => {
  const unfit: readonly (readonly [Partial<Candidate>, RegExp])[] = [
    [{ hasKey: false }, /No key/],
    [{ barred: { code: 'forbidden', detail: 'It may not leave this device.' } }, /may not leave/],
    [{ contextTokens: 5 }, /reads 5 tokens/],
  ]
  for (const [changes, why] of unfit) {
    const routed = route([{ ...a, ...changes }, b], { ...wish, order }, [])
    expect(chosen(routed)).toBe('b/small')
    expect('failure' in routed ? [] : routed.candidates).toMatchObject([
      { verdict: 'unfit', reason: expect.stringMatching(why) },
      { verdict: 'chosen' },
    ])
  }
})

test('[CN21] consent is asked for only where it is all that is missing', () => {
  const barred = { code: 'consent', detail: 'Nobody agreed.' } as const
  const noneOf = (...candidates: readonly Candidate[]) => chosen(route(candidates, wish, []))
  expect(noneOf({ ...a, barred })).toBe('consent')
  expect(noneOf({ ...a, barred, hasKey: false })).toBe('noModel')
  expect(noneOf({ ...a, barred, hasKey: false }, { ...b, barred })).toBe('consent')
})

test('[TK23] after a failure the same model is asked again if it is worth it, else the next in the order', () => {
  const soon = new Date()
  expect(chosen(route([a, b], { ...wish, order }, [failed(a, 'rateLimited', soon)]))).toBe('a/large')
  expect(chosen(route([a, b], { ...wish, order }, [failed(a, 'rateLimited')]))).toBe('b/small')
  expect(chosen(route([a, b], { ...wish, order }, [failed(a, 'wrongKey')]))).toBe('b/small')
  const thrice = [0, 1, 2].map((hop) => failed(a, 'server', soon, hop))
  expect(chosen(route([a, b], { ...wish, order }, thrice))).toBe('b/small')
})

test('[TK24] when none is left, the last failure is the reason', () => {
  const routed = route([a, b], { ...wish, order }, [failed(a, 'wrongKey'), failed(b, 'quota', null, 1)])
  expect(routed).toEqual({ failure: { code: 'quota', detail: 'quota!' } })
})

test('[TK25] the built-in responder answers where there is no account, where it is wanted, and where the order ends in it', () => {
  const last = [...order, { accountId: 'built-in', model: 'built-in' }]
  expect(chosen(route([], wish, []))).toBe('built-in/built-in')
  expect(chosen(route([a], { ...wish, wantedModel: 'built-in' }, []))).toBe('built-in/built-in')
  expect(chosen(route([a, b], { ...wish, order: last }, [failed(a, 'wrongKey'), failed(b, 'wrongKey', null, 1)]))).toBe(
    'built-in/built-in',
  )
  expect(chosen(route([a, b], { ...wish, order }, [failed(a, 'wrongKey'), failed(b, 'wrongKey', null, 1)]))).toBe(
    'wrongKey',
  )
})

test('[TK26] a pause grows and scatters, honours what the provider asks for, and ends where it is not worth waiting', () => {
  expect(retryAfter('rateLimited', 1, 2000, 0.5)).toBe(2000)
  expect(retryAfter('server', 1, undefined, 0)).toBe(500)
  expect(retryAfter('server', 2, undefined, 1)).toBe(3000)
  expect(retryAfter('rateLimited', 1, patience + 1, 0.5)).toBeUndefined()
  expect(retryAfter('server', 3, undefined, 0.5)).toBeUndefined()
  expect(retryAfter('wrongKey', 1, 1000, 0.5)).toBeUndefined()
})

test('[TK27] what a question is about is told by its words, and by which', () => {
  expect(classify('Do you remember the harbour?')).toEqual({ intent: 'past', reason: 'It says “remember”.' })
  expect(classify('```ts\nconst a = 1\n```')).toMatchObject({ intent: 'code' })
  expect(classify('Translate this letter')).toMatchObject({ intent: 'writing' })
  expect(classify('What is 3 * 4?')).toMatchObject({ intent: 'numbers' })
  expect(classify('Good morning')).toMatchObject({ intent: 'chat' })
})
