import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { noteStep, queueTask } from '#schema/tasks/commands.ts'
import { logOf } from './log-events.ts'
import { type Fact, factsOf } from './stores.ts'

const personaId = 'ada'
const by = { actorId: 'ada', deviceId: 'laptop' }
const timeAt = (turn: number) => new Date(Date.UTC(2024, 0, 1) + turn * 60_000)
const stampAt = (turn: number) => ({ at: timeAt(turn), ...by })
const id = (...names: readonly (string | number)[]) => idFromNames('long log', ...names.map(String))

/**
 * The first `length` events of a life as the app writes it: talks of twenty turns, each turn a question, the steps of its
 * answer, and the answer; after some a memory is added, revised, weighed, recalled, forgotten, or a message edited.
 */
export const longLog = (length: number): readonly LogEvent[] => {
  const facts: Fact[] = [
    ...factsOf(createPersona(personaId, { ...blankDraft, name: 'Ada', personality: 'Kind', tone: 'warm' }, stampAt(0))),
  ]
  for (let turn = 0; facts.length < length; turn++) facts.push(...turnNumbered(turn))
  return logOf(personaSchema, facts.slice(0, length))
}

const turnsOfTalk = 20

const turnNumbered = (turn: number): readonly Fact[] => {
  const talk = Math.floor(turn / turnsOfTalk)
  const ids = { conversationId: id('talk', talk), personaId }
  const [questionId, answerId, taskId] = [id('question', turn), id('answer', turn), id('task', turn)]
  const task = { taskId, ...ids }
  const stamp = stampAt(turn)
  const started = conversationEvents.conversationStarted({
    ...ids,
    title: `Talk ${talk}`,
    settings: defaultSettings,
    tags: [],
    startedAt: timeAt(turn),
    ...by,
  })
  return [
    ...(turn % turnsOfTalk === 0 ? [started] : []),
    conversationEvents.messageSent({
      messageId: questionId,
      ...ids,
      parentMessageId: turn % turnsOfTalk === 0 ? null : id('answer', turn - 1),
      role: 'user',
      parts: [{ type: 'text', text: saying(turn, 12) }],
      sentAt: timeAt(turn),
      ...by,
    }),
    queueTask(ids, { taskId, questionId, purpose: 'reply', wantedModel: '' }, stamp),
    noteStep(task, { kind: 'claimed' }, stamp),
    noteStep(task, { kind: 'routed', hop: 0, accountId: 'a', model: 'm', reason: 'first', candidates: [] }, stamp),
    conversationEvents.messageSent({
      messageId: answerId,
      ...ids,
      parentMessageId: questionId,
      role: 'assistant',
      parts: [{ type: 'text', text: saying(turn * 7, 60) }],
      answer: { model: 'a/m', recalledMemoryIds: [memoryIdAt(turn)], recalledMessageIds: [], processingTime: 800 },
      sentAt: timeAt(turn),
      ...by,
    }),
    ...changesAt(turn),
  ]
}

const memoryIdAt = (turn: number) => id('memory', Math.floor(turn / 3) % 5000)

const changesAt = (turn: number): readonly Fact[] => {
  const memoryId = memoryIdAt(turn * 31)
  const at = timeAt(turn)
  const draft = {
    content: saying(turn * 3, 25),
    importance: (turn % 101) / 100,
    kind: 'fact',
    tags: [`tag${turn % 17}`],
    occurredAt: at,
  }
  const some: readonly (readonly Fact[])[] = [
    factsOf(addMemory(personaId, id('memory', Math.floor(turn / 3)), draft, stampAt(turn))),
    [memoryEvents.memoryContentRevised({ memoryId, personaId, content: saying(turn * 5, 25), revisedAt: at, ...by })],
    [memoryEvents.memoryImportanceRevised({ memoryId, personaId, importance: draft.importance, revisedAt: at, ...by })],
    [
      memoryEvents.memoryReinforced({
        reinforcementId: id('reinforced', turn),
        memoryId,
        personaId,
        reinforcedAt: at,
        ...by,
      }),
    ],
    [
      conversationEvents.messageEdited({
        editId: id('edit', turn),
        messageId: id('question', turn),
        conversationId: id('talk', Math.floor(turn / turnsOfTalk)),
        personaId,
        parts: [{ type: 'text', text: saying(turn * 11, 14) }],
        editedAt: at,
        ...by,
      }),
    ],
  ]
  return [...(turn % 3 === 0 ? (some[0] ?? []) : []), ...(some[1 + (turn % 4)] ?? [])]
}

const words =
  'she keeps a small garden behind the old mill where tomatoes basil and roses grow until late autumn when friends come to cook together and tell stories of long journeys over mountains rivers deserts islands with music tea and letters'.split(
    ' ',
  )

const saying = (seed: number, length: number): string =>
  `${seed}: ${Array.from({ length }, (_, place) => words[(seed * 13 + place * (1 + (seed % 5))) % words.length]).join(' ')}`
