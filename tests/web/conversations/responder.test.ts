import { beforeEach, expect, test } from 'vitest'
import { deleteConversations, startConversation } from '#schema/conversations/commands.ts'
import { deleteMessage, sendMessage } from '#schema/conversations/message-commands.ts'
import { openBranch$ } from '#schema/conversations/queries.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { answerIdFor, builtInNotice } from '#schema/stores/built-in-answer.ts'
import { commit, type Decision, personaStoreWith } from '#tests/support/stores.ts'
import { makeQuestions } from '#web/services/questions.ts'
import { makeReplies } from '#web/services/replies.ts'
import { makeResponder } from '#web/services/responder.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const ids = { conversationId: 'c1', personaId: 'p1' }
const tea = {
  content: 'Prefers green tea in the morning.',
  importance: 0.5,
  kind: 'fact',
  tags: [],
  occurredAt: stamp.at,
}
const ask = (messageId: string, text: string, parentMessageId: string | null = null) =>
  sendMessage(ids, { messageId, parentMessageId, role: 'user', parts: [{ type: 'text', text }] }, stamp)

const facts = [addMemory('p1', 'tea', tea, stamp), startConversation('p1', 'c1', {}, stamp), ask('q1', 'Which tea?')]

const setting = async (given: readonly Decision[] = facts) => {
  const store = await personaStoreWith(...given)
  const questions = makeQuestions(localStorage)
  const replies = makeReplies()
  const shown: string[] = []
  let time = 0
  let frames = Number.POSITIVE_INFINITY
  // One lock for all tabs of the test, first come first served.
  let lock = Promise.resolve()
  const responder = () =>
    makeResponder({
      questions,
      replies,
      openStore: async () => store,
      write: (_, decision) => {
        if (decision instanceof Error) return decision
        commit(store, decision)
        return undefined
      },
      alone: (_, run) => {
        const turn = lock.then(run)
        lock = turn.catch(() => undefined)
        return turn
      },
      stampNow: () => stamp,
      clock: () => time,
      nextFrame: async () => {
        shown.push(replies.of('q1')?.text ?? '')
        time += 32
        if (shown.length === frames) replies.stop('q1')
      },
      onError: (error) => {
        throw error
      },
    })
  const branch = () => store.query(openBranch$('c1', 100))
  return { store, questions, replies, responder, shown, branch, stopAfter: (count: number) => (frames = count) }
}

beforeEach(() => localStorage.clear())

test('[RE20] what was asked here is answered by quoting, with what it went by', async () => {
  const { questions, responder, branch } = await setting()
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await responder()()
  const answer = branch().at(-1)
  expect(answer).toMatchObject({ messageId: answerIdFor('q1'), role: 'assistant', parentMessageId: 'q1' })
  expect(answer?.parts[0]).toMatchObject({ text: expect.stringContaining('Prefers green tea') })
  expect(answer?.answer).toMatchObject({ model: 'built-in', recalledMemoryIds: ['tea'], recalledMessageIds: [] })
  expect(questions.all()).toEqual([])
})

test('[RE21] what was not asked here stays unanswered', async () => {
  const { responder, branch } = await setting()
  await responder()()
  expect(branch()).toHaveLength(1)
})

test('[RE22] the words come one after the other and are one fact at the end', async () => {
  const { questions, responder, shown, branch } = await setting()
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await responder()()
  const text = String((branch().at(-1)?.parts[0] as { text: string } | undefined)?.text)
  expect(shown.length).toBeGreaterThan(3)
  for (const piece of shown) expect(text.startsWith(piece)).toBe(true)
  expect(branch()).toHaveLength(2)
})

test('[RE23] two tabs answer once', async () => {
  const { questions, responder, branch } = await setting()
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await Promise.all([responder()(), responder()()])
  expect(branch()).toHaveLength(2)
})

test('[RE24] a reload in the middle answers once, from the start', async () => {
  const { questions, responder, branch, store } = await setting()
  questions.add({ messageId: 'q1', personaId: 'p1' })
  expect(makeQuestions(localStorage).all()).toEqual([{ messageId: 'q1', personaId: 'p1' }])
  await responder()()
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await responder()()
  expect(branch()).toHaveLength(2)
  expect(store.query(openBranch$('c1', 100)).at(-1)?.messageId).toBe(answerIdFor('q1'))
})

test('[RE25] stopping keeps what is on screen, and says that it was stopped', async () => {
  const { questions, responder, branch, shown, stopAfter } = await setting()
  stopAfter(8)
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await responder()()
  const answer = branch().at(-1)
  expect(answer?.answer?.error?.code).toBe('stopped')
  expect(String((answer?.parts[0] as { text: string } | undefined)?.text).length).toBeLessThan(120)
  expect(shown.length).toBeGreaterThanOrEqual(8)
  expect(questions.all()).toEqual([])
})

test('[RE25] stopped before the first word, nothing is written and nothing is owed', async () => {
  const { questions, responder, branch, stopAfter } = await setting()
  stopAfter(1)
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await responder()()
  expect(branch()).toHaveLength(1)
  expect(questions.all()).toEqual([])
})

test('[RE26] a question deleted meanwhile, or in a deleted conversation, is not answered', async () => {
  for (const gone of [
    deleteMessage({ ...ids, messageId: 'q1' }, 'b1', stamp),
    deleteConversations('p1', ['c1'], 'b1', stamp),
  ]) {
    const { questions, responder, branch } = await setting([...facts, gone])
    questions.add({ messageId: 'q1', personaId: 'p1' })
    await responder()()
    expect(branch()).toHaveLength(1)
    expect(questions.all()).toEqual([])
  }
})

test('[RE9] it says only once in a conversation that no model is connected', async () => {
  const { questions, responder, branch, store } = await setting()
  questions.add({ messageId: 'q1', personaId: 'p1' })
  await responder()()
  commit(store, ask('q2', 'Green tea?', answerIdFor('q1')))
  questions.add({ messageId: 'q2', personaId: 'p1' })
  await responder()()
  const said = branch().map(({ parts }) => JSON.stringify(parts).includes(builtInNotice))
  expect(said).toEqual([false, true, false, false])
})
