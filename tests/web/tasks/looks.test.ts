import { beforeEach, expect, test, vi } from 'vitest'
import { memoryCount$ } from '#schema/memories/queries.ts'
import { defaultPrivacy } from '#schema/personas/privacy.ts'
import { giveConsent, revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { openProposals$ } from '#schema/proposals/queries.ts'
import { lookThrough } from '#schema/stores/look.ts'
import { taskLog$, tasksOfQuestion$, usageByMonth$ } from '#schema/tasks/queries.ts'
import { ModelFailure } from '#web/services/models/model-call.ts'
import { ask, engineSetting, facts, ids, model, saying, stamp, wish } from './engine-setting.ts'

// A machine may be busy.
const patience = { timeout: 20_000 }

beforeEach(() => localStorage.clear())

const memory = { text: 'Likes plum jam.', kind: 'preference', importance: 0.6, messageIds: ['m2'] }

const left = async (...given: Parameters<typeof engineSetting>[0] & object) => {
  const setting = await engineSetting([...facts, ask('q2', 'I really like plum jam.', 'q1'), ...given])
  setting.world.candidates = [model()]
  setting.world.call = saying(JSON.stringify([memory]))
  const leave = (deviceId = 'laptop') =>
    setting.commit(lookThrough(setting.store, ids, true, 'b', { ...stamp, deviceId }))
  leave()
  return {
    ...setting,
    leave,
    look: () => setting.store.query(taskLog$(2)).find(({ purpose }) => purpose === 'proposals'),
  }
}

type Setting = Awaited<ReturnType<typeof left>>

const ended = (setting: Setting, status: string) =>
  vi.waitFor(() => expect(setting.look()?.status).toBe(status), patience)

const proposed = ({ store }: Setting) => store.query(openProposals$())

test('[PP25] a talk that is left is looked through by a model as a task; what it finds is proposed with its messages', async () => {
  const setting = await left()
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.asked).toHaveLength(1)
  expect(setting.asked[0]?.messages).toHaveLength(1)
  expect(setting.asked[0]?.tools ?? []).toEqual([])
  expect(JSON.stringify(setting.asked[0])).not.toContain('green tea') // no memory is told
  expect(proposed(setting)).toMatchObject([
    { content: 'Likes plum jam.', proposedBy: 'quick', sourceMessageIds: ['q2'], why: 'Found by quick.' },
  ])
  const { taskId = '', ...look } = setting.look() ?? {}
  expect(look).toMatchObject({ model: 'quick', promptTokens: 10, looked: { proposed: 1, dropped: [] } })
  expect(setting.steps(taskId).map(({ kind }) => kind)).toEqual([
    'claimed',
    'classified',
    'routed',
    'prompted',
    'started',
    'succeeded',
  ])
  expect(setting.steps(taskId)[3]).toMatchObject({ messageIds: ['q1', 'q2'] })
  // It is no answer: none is shown, and the branch is as it was.
  expect(setting.store.query(tasksOfQuestion$('q2'))).toEqual([])
  expect(setting.branch()).toHaveLength(2)
  expect(setting.store.query(usageByMonth$)).toMatchObject([{ model: 'quick', requests: 1, promptTokens: 10 }])
})

test('[PP26] where no model can look, or what it answers is no list, the built-in rules do, and the task says why', async () => {
  const garbage = await left()
  garbage.world.call = saying('I would rather talk about tea.')
  garbage.tab()
  await ended(garbage, 'succeeded')
  expect(proposed(garbage)).toMatchObject([{ content: 'I really like plum jam.', proposedBy: 'built-in' }])
  expect(garbage.asked).toHaveLength(1)
  expect(garbage.steps(garbage.look()?.taskId ?? '').find(({ kind }) => kind === 'hopFailed')).toMatchObject({
    code: 'malformed',
    detail: 'What the model answered is no list of memories.',
  })

  const limited = await left()
  limited.world.call = async () => new ModelFailure({ code: 'rateLimited', detail: 'No more.', retryAfterMs: 90_000 })
  limited.tab()
  await ended(limited, 'succeeded')
  expect([limited.asked.length, proposed(limited).length]).toEqual([1, 1])

  const denied = await left()
  denied.world.denied = () => ({ detail: 'Your limit is reached.', until: stamp.at })
  denied.tab()
  await ended(denied, 'succeeded')
  expect([denied.asked.length, denied.look()?.model]).toEqual([0, 'built-in'])
})

test('[PP27] a look goes to a provider only as an answer may: by the privacy settings, and with consent', async () => {
  const local = revisePrivacy('p1', defaultPrivacy, { ...defaultPrivacy, leaves: 'nothing' }, stamp)
  const agreed = giveConsent([], 'k', { personaId: 'p1', purpose: 'models' }, stamp)
  for (const [isLocal, given, calls] of [
    [false, [], 0],
    [false, [agreed], 1],
    [true, [local], 0],
  ] as const) {
    const setting = await left(...given)
    setting.world.candidates = [model({ isLocal })]
    setting.tab()
    await ended(setting, 'succeeded')
    expect(setting.asked).toHaveLength(calls)
    expect(proposed(setting)).toHaveLength(1)
  }
})

test('[PP28] by the persona’s policy what a look found is kept at once, and what was not wanted any more is not looked for', async () => {
  const setting = await left()
  const { store } = setting
  setting.commit(
    giveConsent(store.query(consents$), 'k', { personaId: 'p1', purpose: 'proposals' }, stamp),
    revisePrivacy('p1', store.query(privacy$), { ...store.query(privacy$), proposals: 'alone' }, stamp),
  )
  setting.tab()
  await ended(setting, 'succeeded')
  expect([proposed(setting).length, store.query(memoryCount$({}))]).toEqual([0, 2])

  const unwanted = await left()
  unwanted.commit(revisePrivacy('p1', defaultPrivacy, { ...defaultPrivacy, proposals: 'never' }, stamp))
  unwanted.tab()
  await ended(unwanted, 'cancelled')
  expect(unwanted.asked).toEqual([])
})

test('[PP29] a look is stopped from anywhere, and then nothing of it is proposed', async () => {
  const setting = await left()
  setting.world.call = (request) =>
    new Promise((resolve) => {
      request.signal.addEventListener('abort', () => resolve(new ModelFailure({ code: 'stopped', detail: '' })))
      setting.replies.stop(setting.look()?.taskId ?? '')
    })
  setting.tab()
  await ended(setting, 'cancelled')
  expect(proposed(setting)).toEqual([])
  setting.leave()
  expect(setting.store.query(taskLog$(10))).toHaveLength(1)
})

test('[PP30] two devices that leave a talk ask a model once', async () => {
  const setting = await left()
  setting.leave('phone')
  setting.world.present.add('laptop').add('phone')
  const stops = [setting.tab('phone'), setting.tab('laptop')]
  await ended(setting, 'succeeded')
  for (const stop of stops) stop()
  expect(setting.asked).toHaveLength(1)
  expect(setting.look()?.claimedBy).toBe('laptop')
})

test('[PP34] a look waits until the answers of its talk have come', async () => {
  const setting = await left(wish('t1', { questionId: 'q2' }))
  let answer = (_: string): void => undefined
  const answered = new Promise<string>((resolve) => {
    answer = resolve
  })
  const list = saying(JSON.stringify([memory]))
  // Of a look it is told nothing before, of an answer the talk.
  setting.world.call = async (request) =>
    request.messages.length === 1 ? list(request) : saying(await answered)(request)
  setting.tab()
  await vi.waitFor(() => expect(setting.asked).toHaveLength(1), patience)
  await vi.waitFor(() => expect(setting.pauses).toContain(60_000), patience)
  expect([setting.look()?.status, setting.asked[0]?.messages.length]).toEqual(['queued', 2])
  answer('So do I.')
  await ended(setting, 'succeeded')
  expect(setting.asked).toHaveLength(2)
})
