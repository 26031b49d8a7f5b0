import { beforeEach, expect, test, vi } from 'vitest'
import { deleteConversations } from '#schema/conversations/commands.ts'
import { deleteMessage } from '#schema/conversations/message-commands.ts'
import { builtInNotice } from '#schema/stores/built-in-answer.ts'
import { answerIdOf } from '#schema/tasks/state.ts'
import { ask, begun, engineSetting, facts, ids, stamp, wish } from './engine-setting.ts'

// A machine may be busy.
const patience = { timeout: 20_000 }

beforeEach(() => localStorage.clear())

const ended = (setting: Awaited<ReturnType<typeof engineSetting>>, taskId: string, status: string) =>
  vi.waitFor(() => expect(setting.task(taskId)?.status).toBe(status), patience)

test('[RE20] what was asked here is answered by quoting, with what it went by', async () => {
  const setting = await engineSetting([...facts, wish('t1')])
  setting.tab()
  await ended(setting, 't1', 'succeeded')
  const answer = setting.branch().at(-1)
  expect(answer).toMatchObject({ messageId: answerIdOf('t1'), role: 'assistant', parentMessageId: 'q1' })
  expect(answer?.parts[0]).toMatchObject({ text: expect.stringContaining('Prefers green tea') })
  expect(answer?.answer).toMatchObject({ model: 'built-in', recalledMemoryIds: ['tea'], recalledMessageIds: [] })
  expect(setting.steps('t1').map(({ kind }) => kind)).toEqual([
    'claimed',
    'classified',
    'routed',
    'started',
    'succeeded',
  ])
})

test('[RE21] what nobody wished an answer to stays unanswered', async () => {
  const setting = await engineSetting()
  setting.tab()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(setting.branch()).toHaveLength(1)
})

test('[RE22] the words come one after the other and are one fact at the end', async () => {
  const setting = await engineSetting([...facts, wish('t1')])
  setting.tab()
  await ended(setting, 't1', 'succeeded')
  const text = String((setting.branch().at(-1)?.parts[0] as { text: string } | undefined)?.text)
  expect(setting.shown.length).toBeGreaterThan(3)
  for (const piece of setting.shown) expect(text.startsWith(piece)).toBe(true)
  expect(setting.branch()).toHaveLength(2)
})

test('[RE23] two tabs answer once', async () => {
  const setting = await engineSetting([...facts, wish('t1')])
  setting.tab()
  setting.tab()
  await ended(setting, 't1', 'succeeded')
  expect(setting.branch()).toHaveLength(2)
  expect(setting.steps('t1').filter(({ kind }) => kind === 'started')).toHaveLength(1)
})

test('[RE24] what a closed page left half said is said once, from the start', async () => {
  const setting = await engineSetting([...facts, wish('t1'), ...begun('t1', 'built-in')])
  setting.tab()
  await ended(setting, 't1', 'succeeded')
  expect(setting.branch()).toHaveLength(2)
  expect(setting.steps('t1').filter(({ kind }) => kind === 'started')).toHaveLength(2)
})

test('[RE25] stopping keeps what is on screen, and says that it was stopped', async () => {
  const setting = await engineSetting([...facts, wish('t1')])
  setting.world.frames = 8
  setting.tab()
  await ended(setting, 't1', 'cancelled')
  const answer = setting.branch().at(-1)
  expect(answer?.answer?.error?.code).toBe('stopped')
  expect(String((answer?.parts[0] as { text: string } | undefined)?.text).length).toBeLessThan(120)
})

test('[RE25] stopped before the first word, nothing is written and nothing is owed', async () => {
  const setting = await engineSetting([...facts, wish('t1')])
  setting.replies.subscribe(() => setting.replies.stop('t1'))
  setting.tab()
  await ended(setting, 't1', 'cancelled')
  expect(setting.branch()).toHaveLength(1)
})

test('[RE26] a question deleted meanwhile, or in a deleted conversation, is not answered', async () => {
  for (const gone of [
    deleteMessage({ ...ids, messageId: 'q1' }, 'b1', stamp),
    deleteConversations('p1', ['c1'], 'b1', stamp),
  ]) {
    const setting = await engineSetting([...facts, wish('t1'), gone])
    setting.tab()
    await ended(setting, 't1', 'cancelled')
    expect(setting.branch()).toHaveLength(1)
  }
})

test('[RE9] it says only once in a conversation that no model is connected', async () => {
  const setting = await engineSetting([...facts, wish('t1')])
  setting.tab()
  await ended(setting, 't1', 'succeeded')
  setting.commit(ask('q2', 'Green tea?', answerIdOf('t1')), wish('t2', { questionId: 'q2' }))
  await ended(setting, 't2', 'succeeded')
  const said = setting.branch().map(({ parts }) => JSON.stringify(parts).includes(builtInNotice))
  expect(said).toEqual([false, true, false, false])
})
