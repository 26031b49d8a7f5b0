import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { startConversation } from '#schema/conversations/commands.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { openBranch$ } from '#schema/conversations/queries.ts'
import { cancelTask, claimTask, noteStep, preferModels, queueTask } from '#schema/tasks/commands.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import { evolve, goneAfter, hasEnded, nextOf, queuedTask, type Step, type TaskState } from '#schema/tasks/kernel.ts'
import {
  modelPreference$,
  stateOfTask,
  stepsOf$,
  taskById$,
  taskOfMessage$,
  tasksUnderWay$,
  usageByMonth$,
} from '#schema/tasks/queries.ts'
import { TaskHasEnded, TaskNotFound, TooManyModels } from '#schema/tasks/refusals.ts'
import { answerIdOf } from '#schema/tasks/state.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const at = new Date('2026-03-01T10:00:00Z')
const stamp = { at, actorId: 'ada', deviceId: 'laptop' }
const ids = { conversationId: 'c1', personaId: 'p1' }
const task = { taskId: 't1', ...ids }
const later = (ms: number) => new Date(at.getTime() + ms)

const queued = (deviceId = 'laptop') =>
  queueTask(ids, { taskId: 't1', questionId: 'q1', purpose: 'reply', wantedModel: '' }, { ...stamp, deviceId })

const steps: readonly StepFact[] = [
  { kind: 'classified', intent: 'chat', reason: 'r' },
  { kind: 'claimed' },
  { kind: 'routed', hop: 0, accountId: 'a1', model: 'm', reason: 'r', candidates: [] },
  { kind: 'routed', hop: 1, accountId: 'a2', model: 'm', reason: 'r', candidates: [] },
  { kind: 'prompted', hop: 0, systemHash: 'h', messageIds: [], given: [], shares: [] },
  { kind: 'started', hop: 0 },
  { kind: 'hopFailed', hop: 0, code: 'rateLimited', detail: 'd', retryAt: later(5000) },
  { kind: 'hopFailed', hop: 1, code: 'offline', detail: 'd' },
  { kind: 'succeeded', messageId: 'a', processingTime: 1 },
  { kind: 'failed', code: 'server', detail: 'd' },
  { kind: 'cancelled' },
]

const anyStep = (of: readonly StepFact[] = steps): fc.Arbitrary<Step> =>
  fc
    .tuple(fc.constantFrom(...of), fc.constantFrom('laptop', 'phone'), fc.nat(100_000))
    .map(([fact, deviceId, ms]) => ({ ...fact, deviceId, at: later(ms) }))

const anySteps = (of?: readonly StepFact[]) => fc.array(anyStep(of), { maxLength: 12 })

const start = queuedTask('laptop', at)
const world = { now: later(1_000_000), isPresent: () => false, isOnline: true }

test('[TK1] a task goes its way from the wish to the answer, and each step tells why', () => {
  const said = [steps[1], steps[0], steps[2], steps[5], steps[8]].map((fact) => ({
    ...(fact as StepFact),
    at,
    deviceId: 'laptop',
  }))
  const states: TaskState[] = []
  for (const step of said) states.push(evolve(states.at(-1) ?? start, step))
  expect(states.map(({ status }) => status)).toEqual(['queued', 'queued', 'running', 'running', 'succeeded'])
})

test('[TK2] the first ending of a task stands, whatever comes after it', () => {
  fc.assert(
    fc.property(anySteps(), anySteps(), (before, after) => {
      const ended = before.reduce(evolve, start)
      fc.pre(hasEnded(ended))
      expect(after.reduce(evolve, ended)).toEqual(ended)
    }),
    { ...seeded, numRuns: 300 },
  )
})

test('[TK3] a step given twice in a row changes nothing the second time', () => {
  fc.assert(
    fc.property(anySteps(), anyStep(), (before, step) => {
      const once = evolve(before.reduce(evolve, start), step)
      expect(evolve(once, step)).toEqual(once)
    }),
    { ...seeded, numRuns: 300 },
  )
})

test('[TK4] a task that has not ended is never stuck: some device claims or runs it, now or at a time it names', () => {
  fc.assert(
    fc.property(anySteps(), (said) => {
      const state = said.reduce(evolve, start)
      fc.pre(!hasEnded(state))
      const turns = ['laptop', 'phone'].map((deviceId) => nextOf(state, { ...world, deviceId }).do)
      expect(turns.some((turn) => turn === 'claim' || turn === 'run')).toBe(true)
    }),
    { ...seeded, numRuns: 300 },
  )
})

test('[TK5] the device that asked works on it; another only once that one is not present and silent', () => {
  const asker = nextOf(start, { ...world, now: at, deviceId: 'laptop' })
  const other = nextOf(start, { ...world, now: at, deviceId: 'phone' })
  expect([asker, other]).toEqual([{ do: 'claim' }, { do: 'wait', until: later(goneAfter) }])
  expect(nextOf(start, { ...world, now: later(goneAfter), deviceId: 'phone' })).toEqual({ do: 'claim' })
  const isPresent = () => true
  expect(nextOf(start, { ...world, isPresent, now: later(goneAfter), deviceId: 'phone' }).do).toBe('wait')
})

test('[TK6] what a device says of its work counts only while it is the one that claims', () => {
  const claimed = (deviceId: string): Step => ({ kind: 'claimed', at, deviceId })
  const taken = [claimed('laptop'), claimed('phone')].reduce(evolve, start)
  const late: readonly Step[] = [
    { kind: 'hopFailed', hop: 0, code: 'server', detail: 'd', at, deviceId: 'laptop' },
    { kind: 'failed', code: 'server', detail: 'd', at, deviceId: 'laptop' },
  ]
  expect(late.reduce(evolve, taken)).toEqual(taken)
  expect(evolve(taken, { kind: 'succeeded', messageId: 'a', processingTime: 1, at, deviceId: 'laptop' }).status).toBe(
    'succeeded',
  )
})

test('[TK7] the row of a task says what the kernel says of its steps, whoever wrote them and in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(anySteps(), fc.nat(12), async (said, place) => {
      const store = await personaStoreWith()
      const events = said.map(({ at, deviceId, ...fact }) =>
        noteStep(task, fact as StepFact, { ...stamp, at, deviceId }),
      )
      commit(store, ...events.slice(0, place), queued(), ...events.slice(place))
      const row = store.query(taskById$('t1'))
      const kept = store.query(stepsOf$('t1'))
      const state = stateOfTask(row!, kept)
      expect([row?.status, row?.claimedBy]).toEqual([state.status, state.claimedBy])
      expect(row?.endedAt === null).toBe(!hasEnded(state))
      expect(store.query(tasksUnderWay$)).toHaveLength(hasEnded(state) ? 0 : 1)
      await store.shutdownPromise()
    }),
    { ...seeded, numRuns: 25 },
  )
})

test('[TK8] two devices that both answer write one message, and the first stands', async () => {
  const answer = (deviceId: string) => [
    sendMessage(
      ids,
      {
        messageId: answerIdOf('t1'),
        parentMessageId: 'q1',
        role: 'assistant',
        parts: [{ type: 'text', text: deviceId }],
      },
      { ...stamp, deviceId },
    ),
    noteStep(task, { kind: 'succeeded', messageId: answerIdOf('t1'), processingTime: 1 }, { ...stamp, deviceId }),
  ]
  const question = sendMessage(
    ids,
    { messageId: 'q1', parentMessageId: null, role: 'user', parts: [{ type: 'text', text: 'Which tea?' }] },
    stamp,
  )
  const store = await personaStoreWith(startConversation('p1', 'c1', {}, stamp), question, queued())
  commit(store, ...answer('phone'), ...answer('laptop'))
  expect(store.query(openBranch$('c1', 10)).map(({ parts }) => parts[0])).toEqual([
    { type: 'text', text: 'Which tea?' },
    { type: 'text', text: 'phone' },
  ])
  expect(store.query(taskOfMessage$(answerIdOf('t1')))).toMatchObject({ taskId: 't1', status: 'succeeded' })
})

test('[TK9] erasing a conversation takes its tasks along, and none comes back', async () => {
  const erased = conversationEvents.conversationsErased({
    personaId: 'p1',
    conversationIds: ['c1'],
    erasureId: 'e1',
    erasedAt: at,
    actorId: 'ada',
    deviceId: 'laptop',
  })
  const store = await personaStoreWith(queued(), noteStep(task, { kind: 'claimed' }, stamp))
  commit(store, erased, queued(), noteStep(task, { kind: 'claimed' }, stamp))
  for (const table of ['tasks', 'taskSteps'])
    expect(store.query({ query: `select * from ${table}`, bindValues: [] })).toEqual([])
})

test('[TK10] what has ended or is not here is neither claimed nor cancelled', async () => {
  const store = await personaStoreWith(queued(), noteStep(task, { kind: 'cancelled' }, stamp))
  const ended = store.query(taskById$('t1'))
  expect(claimTask(ended, stamp)).toBeInstanceOf(TaskHasEnded)
  expect(cancelTask(null, stamp)).toBeInstanceOf(TaskNotFound)
})

test('[TK11] requests, tokens and cost are summed by month and model', async () => {
  const ended = (taskId: string, month: number, cost: number) => {
    const one = { taskId, ...ids }
    const then = { ...stamp, at: new Date(Date.UTC(2026, month, 3)) }
    return [
      queueTask(ids, { taskId, questionId: 'q', purpose: 'reply', wantedModel: '' }, then),
      noteStep(one, { kind: 'claimed' }, then),
      noteStep(one, { kind: 'routed', hop: 0, accountId: 'a1', model: 'm', reason: '', candidates: [] }, then),
      noteStep(
        one,
        { kind: 'succeeded', messageId: 'x', processingTime: 5, promptTokens: 100, completionTokens: 10, cost },
        then,
      ),
    ]
  }
  const store = await personaStoreWith(...ended('t1', 1, 0.5), ...ended('t2', 1, 0.25), ...ended('t3', 2, 1))
  expect(store.query(usageByMonth$)).toMatchObject([
    { month: '2026-03', accountId: 'a1', model: 'm', requests: 1, cost: 1 },
    { month: '2026-02', requests: 2, failed: 0, promptTokens: 200, completionTokens: 20, cost: 0.75 },
  ])
})

test('[TK12] the persona’s order of models is what was chosen last, of at most 50', async () => {
  const first = { accountId: 'a1', model: 'm1' }
  const store = await personaStoreWith(
    preferModels('p1', [], {}, stamp),
    preferModels('p1', [first], { code: first }, stamp),
  )
  expect(store.query(modelPreference$)).toEqual({ personaId: 'p1', order: [first], byIntent: { code: first } })
  expect(
    preferModels(
      'p1',
      Array.from({ length: 51 }, () => first),
      {},
      stamp,
    ),
  ).toBeInstanceOf(TooManyModels)
})
