import { startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { openBranch$ } from '#schema/conversations/queries.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { noteStep, queueTask, type TaskDraft } from '#schema/tasks/commands.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import { stepsOf$, taskById$, tasksUnderWay$ } from '#schema/tasks/queries.ts'
import type { Candidate } from '#schema/tasks/routing.ts'
import { commit, type Decision, personaStoreWith } from '#tests/support/stores.ts'
import type { ModelAnswer, ModelFailure, ModelRequest } from '#web/services/models/model-call.ts'
import { makeTaskEngine } from '#web/services/tasks/engine.ts'
import type { EngineOptions, Models } from '#web/services/tasks/engine-options.ts'
import { makeReplies } from '#web/services/tasks/replies.ts'
import { makeSavedReplies } from '#web/services/tasks/saved-replies.ts'

export const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
export const ids = { conversationId: 'c1', personaId: 'p1' }

const tea = {
  content: 'Prefers green tea in the morning.',
  importance: 0.5,
  kind: 'fact',
  tags: [],
  occurredAt: stamp.at,
}

export const ask = (messageId: string, text: string, parentMessageId: string | null = null) =>
  sendMessage(ids, { messageId, parentMessageId, role: 'user', parts: [{ type: 'text', text }] }, stamp)

export const facts = [
  addMemory('p1', 'tea', tea, stamp),
  startConversation('p1', 'c1', {}, stamp),
  ask('q1', 'Which tea?'),
]

/** A wish for the answer to a question, by a device. */
export const wish = (taskId: string, draft: Partial<TaskDraft> = {}, deviceId = 'laptop') =>
  queueTask(ids, { taskId, questionId: 'q1', purpose: 'reply', wantedModel: '', ...draft }, { ...stamp, deviceId })

/** A task that a page began to work on before it was closed. */
export const begun = (taskId: string, accountId: string, deviceId = 'laptop') => {
  const said: readonly StepFact[] = [
    { kind: 'claimed' },
    { kind: 'classified', intent: 'chat', reason: '' },
    { kind: 'routed', hop: 0, accountId, model: 'quick', reason: '', candidates: [] },
    { kind: 'started', hop: 0 },
  ]
  return said.map((fact) => noteStep({ taskId, ...ids }, fact, { ...stamp, deviceId }))
}

export const model = (changes: Partial<Candidate> = {}): Candidate => ({
  accountId: 'a1',
  model: 'quick',
  hasKey: true,
  isLocal: true,
  health: 'unknown',
  ...changes,
})

type Call = (request: ModelRequest) => Promise<ModelAnswer | ModelFailure>

/** A persona's store, the engine at it, and a world that stands still unless the test moves it. */
export const engineSetting = async (given: readonly Decision[] = facts) => {
  const store = await personaStoreWith(...given)
  const replies = makeReplies()
  const saved = makeSavedReplies(localStorage)
  const shown: string[] = []
  const asked: ModelRequest[] = []
  const pauses: number[] = []
  /** The last step there was each time the page drew. */
  const breaths: (string | undefined)[] = []
  const world = {
    time: 0,
    frames: Number.POSITIVE_INFINITY,
    online: true,
    present: new Set<string>(),
    files: new Map<string, Blob>(),
    candidates: [] as readonly Candidate[],
    call: (async () => {
      throw new Error('No model is expected to be asked.')
    }) as Call,
    denied: (() => undefined) as Models['denied'],
  }
  const network = new Set<() => void>()
  // One lock for all tabs of a device, first come first served.
  const locks = new Map<string, Promise<void>>()
  const now = () => new Date(stamp.at.getTime() + world.time)
  const options = (deviceId: string): EngineOptions => ({
    deviceId,
    replies,
    saved,
    models: {
      candidates: async () => world.candidates,
      call: (request) => {
        asked.push(request)
        return world.call(request)
      },
      denied: (...args) => world.denied(...args),
      note: () => undefined,
    },
    write: (_, decided) => {
      commit(store, decided)
      return undefined
    },
    alone: (lock, run) => {
      const name = `${deviceId} ${lock}`
      const turn = (locks.get(name) ?? Promise.resolve()).then(run)
      locks.set(
        name,
        turn.catch(() => undefined),
      )
      return turn
    },
    stampNow: () => ({ ...stamp, deviceId, at: now() }),
    clock: () => world.time,
    random: () => 0.5,
    nextFrame: async () => {
      for (const { taskId } of store.query(tasksUnderWay$)) {
        const part = replies.of(taskId)?.parts.at(-1)
        if (part !== undefined) shown.push(String((part as { text?: string }).text))
        if (shown.length >= world.frames) replies.stop(taskId)
      }
      world.time += 32
    },
    breath: async () => {
      for (const { taskId } of store.query(tasksUnderWay$)) breaths.push(store.query(stepsOf$(taskId)).at(-1)?.kind)
    },
    pause: async (ms, signal) => {
      pauses.push(ms)
      if (!signal.aborted) world.time += ms
      await new Promise((resolve) => setTimeout(resolve))
    },
    fileBytes: async (_, attachmentId) => world.files.get(attachmentId) ?? new Error('It is not here.'),
    isPresent: (id) => world.present.has(id),
    isOnline: () => world.online,
    onNetwork: (listener) => {
      network.add(listener)
      return () => network.delete(listener)
    },
    onError: (error) => {
      throw error
    },
  })
  return {
    store,
    replies,
    saved,
    shown,
    asked,
    pauses,
    breaths,
    world,
    /** A tab of a device; it works until it is closed. */
    tab: (deviceId = 'laptop') => makeTaskEngine(options(deviceId))(store),
    goOnline: () => {
      world.online = true
      for (const listener of network) listener()
    },
    branch: () => store.query(openBranch$('c1', 100)),
    task: (taskId: string) => store.query(taskById$(taskId)),
    steps: (taskId: string) => store.query(stepsOf$(taskId)),
    commit: (...decisions: readonly Decision[]) => commit(store, ...decisions),
  }
}

/** An answer that comes in pieces, as models give it. */
export const saying =
  (...words: readonly string[]): Call =>
  async ({ onPiece }) => {
    for (const text of words) onPiece({ type: 'text', text })
    return { parts: [{ type: 'text', text: words.join('') }], finish: 'stop', promptTokens: 10, completionTokens: 4 }
  }
