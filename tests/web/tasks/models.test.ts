import { beforeEach, expect, test, vi } from 'vitest'
import { chunkBytes } from '#schema/attachments/chunks.ts'
import { addAttachment } from '#schema/attachments/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { defaultPrivacy } from '#schema/personas/privacy.ts'
import { giveConsent, revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { noteStep, preferModels } from '#schema/tasks/commands.ts'
import { answerIdOf } from '#schema/tasks/state.ts'
import { ModelFailure } from '#web/services/models/model-call.ts'
import { begun, engineSetting, facts, ids, model, saying, stamp, wish } from './engine-setting.ts'

// A machine may be busy.
const patience = { timeout: 20_000 }

beforeEach(() => localStorage.clear())

type Setting = Awaited<ReturnType<typeof engineSetting>>

const ended = (setting: Setting, status: string, taskId = 't1') =>
  vi.waitFor(() => expect(setting.task(taskId)?.status).toBe(status), patience)

const withModels = async (...given: Parameters<typeof engineSetting>[0] & object) => {
  const setting = await engineSetting([...facts, ...given])
  setting.world.candidates = [model(), model({ accountId: 'a2', model: 'other' })]
  return setting
}

const order = preferModels(
  'p1',
  [
    { accountId: 'a1', model: 'quick' },
    { accountId: 'a2', model: 'other' },
  ],
  {},
  stamp,
)

const agreed = giveConsent([], 'k1', { personaId: 'p1', purpose: 'models' }, stamp)

const limited = (retryAfterMs?: number) =>
  new ModelFailure({
    code: 'rateLimited',
    detail: 'It takes no more for now.',
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })

const textOf = (setting: Setting) => (setting.branch().at(-1)?.parts[0] as { text: string } | undefined)?.text

test('[TK30] a model is asked with what it is to know, and what it saw is written down by ids and numbers', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = saying('Green ', 'tea.')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.asked[0]?.system).toContain('Prefers green tea in the morning.')
  expect(setting.asked[0]?.tools?.map(({ name }) => name)).toEqual(['search_memories'])
  expect(setting.branch().at(-1)).toMatchObject({
    messageId: answerIdOf('t1'),
    parts: [{ type: 'text', text: 'Green tea.' }],
    answer: { model: 'quick', promptTokens: 10, completionTokens: 4, recalledMemoryIds: ['tea'] },
  })
  const prompted = setting.steps('t1').find(({ kind }) => kind === 'prompted')
  expect(prompted).toMatchObject({ messageIds: ['q1'], given: [{ memoryId: 'tea' }] })
  expect(JSON.stringify(prompted)).not.toContain('morning')
  expect(setting.task('t1')).toMatchObject({ accountId: 'a1', model: 'quick', promptTokens: 10, completionTokens: 4 })
})

test('[TK31] what an answer costs is known where its prices are', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.candidates = [model({ promptPrice: 1, completionPrice: 10 })]
  setting.world.call = saying('Tea.')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.task('t1')?.cost).toBeCloseTo(50 / 1_000_000)
})

test('[TK32] after 429 the model is asked again when it said, and then the next in the order', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = async (request) => (request.accountId === 'a1' ? limited(2000) : saying('Tea.')(request))
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.asked.map(({ accountId }) => accountId)).toEqual(['a1', 'a1', 'a1', 'a2'])
  expect(setting.world.time).toBeGreaterThanOrEqual(4000)
  const kinds = setting.steps('t1').map(({ kind }) => kind)
  expect(kinds.filter((kind) => kind === 'hopFailed')).toHaveLength(3)
  expect(setting.task('t1')).toMatchObject({ accountId: 'a2', status: 'succeeded' })
})

test('[TK33] a failure in the middle keeps what arrived, and says why it ends there', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = async ({ onPiece }) => {
    onPiece({ type: 'text', text: 'This will not' })
    return new ModelFailure({ code: 'server', detail: 'It broke off.' })
  }
  setting.tab()
  await ended(setting, 'failed')
  expect(textOf(setting)).toBe('This will not')
  expect(setting.branch().at(-1)?.answer?.error).toMatchObject({ code: 'server', message: 'It broke off.' })
  expect(setting.asked).toHaveLength(1)
})

test('[TK34] when every model fails the question stays, with the reason', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = async () => new ModelFailure({ code: 'wrongKey', detail: 'It does not take this key.' })
  setting.tab()
  await ended(setting, 'failed')
  expect(setting.branch()).toHaveLength(1)
  expect(setting.task('t1')).toMatchObject({ code: 'wrongKey', detail: 'It does not take this key.' })
})

test('[TK35] what a limit denies is a fact with its end, and the next model is asked', async () => {
  const setting = await withModels(order, wish('t1'))
  const until = new Date('2026-03-02T00:00:00Z')
  setting.world.denied = (accountId) => (accountId === 'a1' ? { detail: 'Your limit is reached.', until } : undefined)
  setting.world.call = saying('Tea.')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.asked.map(({ accountId }) => accountId)).toEqual(['a2'])
  expect(setting.steps('t1').find(({ kind }) => kind === 'hopFailed')).toMatchObject({ code: 'quota', retryAt: until })
})

test('[TK82] when no model is left, the soonest time that one of them named is when trying again is worth it', async () => {
  const setting = await withModels(order, wish('t1'))
  const hour = 3_600_000
  setting.world.call = async ({ accountId }) => limited(accountId === 'a1' ? 2 * hour : hour)
  setting.tab()
  await ended(setting, 'failed')
  expect(setting.asked).toHaveLength(2)
  const [, second] = setting.steps('t1').filter(({ kind }) => kind === 'hopFailed')
  expect(setting.task('t1')?.retryAt).toEqual((second as { againAt?: Date }).againAt)
  expect(setting.task('t1')?.retryAt?.getTime()).toBeLessThan(stamp.at.getTime() + 2 * hour)
})

test('[TK36] without a network it waits, says so, and is asked when the network is back', async () => {
  const setting = await withModels(order, agreed, wish('t1'))
  setting.world.candidates = [model({ isLocal: false })]
  setting.world.online = false
  setting.world.call = saying('Tea.')
  setting.tab()
  await ended(setting, 'waiting')
  expect(setting.task('t1')).toMatchObject({ code: 'offline' })
  expect(setting.asked).toEqual([])
  setting.goOnline()
  await ended(setting, 'succeeded')
})

test('[TK37] what had arrived when the page was closed is kept and marked, and nothing is answered twice', async () => {
  const setting = await withModels(order, wish('t1'), ...begun('t1', 'a1'))
  setting.saved.keep({ taskId: 't1', ...ids }, [{ type: 'text', text: 'A pot of' }])
  setting.tab()
  await ended(setting, 'failed')
  expect(textOf(setting)).toBe('A pot of')
  expect(setting.branch().at(-1)?.answer).toMatchObject({ model: 'quick', error: { code: 'interrupted' } })
  expect(setting.asked).toEqual([])
  expect(setting.saved.of({ taskId: 't1', ...ids })).toBeUndefined()
})

test('[TK38] where nothing had arrived it is asked again', async () => {
  const setting = await withModels(order, wish('t1'), ...begun('t1', 'a1'))
  setting.world.call = saying('Tea.')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.branch()).toHaveLength(2)
})

test('[TK39] two devices at once give one answer; who asked gives it', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.present.add('laptop')
  setting.world.call = saying('Tea.')
  setting.tab('phone')
  setting.tab('laptop')
  await ended(setting, 'succeeded')
  expect(setting.branch()).toHaveLength(2)
  expect(setting.task('t1')?.claimedBy).toBe('laptop')
})

test('[TK40] what is cancelled elsewhere ends here, and keeps what had arrived', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = ({ onPiece, signal }) => {
    onPiece({ type: 'text', text: 'A pot' })
    const answer = new Promise<ModelFailure>((resolve) =>
      signal.addEventListener('abort', () => resolve(new ModelFailure({ code: 'stopped', detail: '' }))),
    )
    setting.commit(noteStep({ taskId: 't1', ...ids }, { kind: 'cancelled' }, { ...stamp, deviceId: 'phone' }))
    return answer
  }
  setting.tab()
  await vi.waitFor(() => expect(setting.branch()).toHaveLength(2), patience)
  expect(textOf(setting)).toBe('A pot')
  expect(setting.task('t1')?.status).toBe('cancelled')
})

test('[TK41] a task that another device took over is given up without a word', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = ({ onPiece, signal }) => {
    onPiece({ type: 'text', text: 'A pot' })
    const answer = new Promise<ModelFailure>((resolve) =>
      signal.addEventListener('abort', () => resolve(new ModelFailure({ code: 'stopped', detail: '' }))),
    )
    setting.world.present.add('phone')
    setting.commit(noteStep({ taskId: 't1', ...ids }, { kind: 'claimed' }, { ...stamp, deviceId: 'phone' }))
    return answer
  }
  const close = setting.tab()
  await vi.waitFor(() => expect(setting.pauses.length).toBeGreaterThan(0), patience)
  close()
  expect(setting.branch()).toHaveLength(1)
  expect(setting.task('t1')).toMatchObject({ status: 'queued', claimedBy: 'phone' })
})

test('[TK42] an answer cut by its length says so, and another goes on below it', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = async () => ({ parts: [{ type: 'text', text: 'Once upon' }], finish: 'length' })
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.branch().at(-1)?.answer?.error?.code).toBe('length')
  setting.world.call = saying(' a time.')
  setting.commit(wish('t2', { purpose: 'continue', questionId: answerIdOf('t1') }))
  await ended(setting, 'succeeded', 't2')
  expect(setting.branch().map(({ parts }) => (parts[0] as { text: string }).text)).toEqual([
    'Which tea?',
    'Once upon',
    ' a time.',
  ])
  expect(setting.asked.at(-1)?.messages.at(-1)?.role).toBe('user')
})

test('[TK43] another answer to the same question stands beside the first, and who is elsewhere stays there', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = saying('First.')
  setting.tab()
  await ended(setting, 'succeeded')
  const aside = sendMessage(
    ids,
    {
      messageId: 'q2',
      parentMessageId: answerIdOf('t1'),
      role: 'user',
      parts: [{ type: 'text', text: 'And coffee?' }],
    },
    stamp,
  )
  setting.world.call = saying('Second.')
  setting.commit(aside, wish('t2'))
  await ended(setting, 'succeeded', 't2')
  expect(setting.branch().map(({ messageId, siblingCount }) => [messageId, siblingCount])).toEqual([
    ['q1', 1],
    [answerIdOf('t1'), 2],
    ['q2', 1],
  ])
})

test('[TK44] what a model thinks and looks up are parts of its answer, and what it found is among the sources', async () => {
  const setting = await withModels(order, wish('t1', {}))
  setting.world.call = async ({ onPiece, tools = [] }) => {
    onPiece({ type: 'reasoning', text: 'They ask ' })
    onPiece({ type: 'reasoning', text: 'for tea.' })
    onPiece({ type: 'toolCall', toolCallId: 'c', name: 'search_memories', input: { query: 'green tea' } })
    const output = await tools[0]?.run({ query: 'green tea' })
    onPiece({ type: 'toolResult', toolCallId: 'c', output })
    onPiece({ type: 'text', text: 'Green.' })
    return new ModelFailure({ code: 'server', detail: 'It broke off.' })
  }
  setting.tab()
  await ended(setting, 'failed')
  expect(setting.branch().at(-1)?.parts).toMatchObject([
    { type: 'reasoning', text: 'They ask for tea.' },
    { type: 'toolCall', name: 'search_memories' },
    { type: 'toolResult', output: [{ text: 'Prefers green tea in the morning.' }] },
    { type: 'text', text: 'Green.' },
  ])
  expect(setting.branch().at(-1)?.answer?.recalledMemoryIds).toEqual(['tea'])
})

test('[TK45] a model whose server refuses tools is asked without them', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = async (request) =>
    (request.tools ?? []).length > 0
      ? new ModelFailure({ code: 'server', detail: 'It says: “quick does not support tools”' })
      : saying('Tea.')(request)
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.steps('t1').filter(({ kind }) => kind === 'hopFailed')).toEqual([])
})

test('[TK46] an answer longer than a message can be keeps its beginning, and says so', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.call = saying('word '.repeat(30_000))
  setting.tab()
  await ended(setting, 'succeeded')
  expect(textOf(setting)).toHaveLength(90_000)
  expect(setting.branch().at(-1)?.answer?.error?.code).toBe('length')
})

test('[TK47] nothing goes to a provider before the owner agreed, and what is forbidden goes to none', async () => {
  const setting = await withModels(order, wish('t1'))
  setting.world.candidates = [model({ isLocal: false, provider: 'Elsewhere' })]
  setting.world.call = saying('Green tea.')
  setting.tab()
  await ended(setting, 'failed')
  expect(setting.task('t1')).toMatchObject({ code: 'consent' })
  expect(setting.asked).toEqual([])

  setting.commit(agreed, wish('t2'))
  await ended(setting, 'succeeded', 't2')
  setting.commit(revisePrivacy('p1', defaultPrivacy, { ...defaultPrivacy, leaves: 'local' }, stamp), wish('t3'))
  await ended(setting, 'failed', 't3')
  expect(setting.task('t3')?.detail).toContain('only to models on this device')
  expect(setting.asked).toHaveLength(1)
})

test('[TK48] where memories may not be told, a model gets none and cannot look for any', async () => {
  const privacy = revisePrivacy('p1', defaultPrivacy, { ...defaultPrivacy, memoriesInPrompts: false }, stamp)
  const setting = await withModels(order, privacy, wish('t1'))
  setting.world.call = saying('No idea.')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.asked[0]?.system).not.toContain('green tea')
  expect(setting.asked[0]?.tools).toEqual([])
})

test('[TK49] pictures and texts are told to a model; of another file, and of one that cannot be read, the name', async () => {
  const setting = await withModels(order)
  const files = [
    ['pic', 'boat.png', 'image/png', 'PNG'],
    ['note', 'note.md', 'text/markdown', 'Tea is in the tin.'],
    ['song', 'song.mp3', 'audio/mpeg', 'la'],
    ['gone', 'gone.txt', 'text/plain', undefined],
  ] as const
  for (const [attachmentId, name, mediaType, held] of files) {
    const draft = { attachmentId, name, mediaType, bytes: 20, sha256: attachmentId, chunkBytes }
    setting.commit(addAttachment(ids, draft, stamp))
    if (held !== undefined) setting.world.files.set(attachmentId, new Blob([held], { type: mediaType }))
  }
  const parts = files.map(([attachmentId, name]) => ({ type: 'file' as const, attachmentId, name }))
  setting.commit(
    sendMessage(ids, { messageId: 'q2', parentMessageId: 'q1', role: 'user', parts }, stamp),
    wish('t1', { questionId: 'q2' }),
  )
  setting.world.call = saying('Seen.')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.asked[0]?.messages.at(-1)?.parts).toEqual([
    { type: 'image', url: 'data:image/png;base64,UE5H', alt: 'boat.png' },
    { type: 'text', text: '[The file “note.md”:]\nTea is in the tin.' },
    { type: 'text', text: '[The file “song.mp3”, which you cannot see.]' },
    { type: 'text', text: '[The file “gone.txt”, which could not be read.]' },
  ])
})

test('[CH55] between the steps of an answer the page draws, and what was said before is read once', async () => {
  const setting = await withModels(order, agreed, wish('t1'))
  setting.world.call = saying('Green ', 'tea.')
  const read = vi.spyOn(setting.store, 'query')
  setting.tab()
  await ended(setting, 'succeeded')
  expect(setting.breaths).toEqual(['claimed', 'claimed', 'claimed', 'started', 'started'])
  // The store asks itself once more, by what it makes of a definition.
  const definitions = read.mock.calls.map(([query]) => query as { readonly _tag?: string; readonly label?: string })
  const reads = definitions.filter(({ _tag, label }) => _tag === 'def' && label === 'conversations.branchTo')
  expect(reads).toHaveLength(1)
})
