import { beforeEach, expect, test } from 'vitest'
import { addAttachment, deleteAttachments } from '#schema/attachments/commands.ts'
import { deleteConversations, eraseConversations, startConversation } from '#schema/conversations/commands.ts'
import { addMemory, forgetMemories } from '#schema/memories/commands.ts'
import { archivePersona, createPersona } from '#schema/personas/commands.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { taskEvents } from '#schema/tasks/events.ts'
import { listPersona, summarizePersona } from '#schema/workspace/commands.ts'
import { knownPicturesOf$ } from '#schema/workspace/picture-queries.ts'
import { activityOf$, directoryEntry$ } from '#schema/workspace/queries.ts'
import { knownUsageOf$ } from '#schema/workspace/usage-queries.ts'
import { commit, personaStoreWith, workspaceStoreWith } from '#tests/support/stores.ts'
import { headOf, summaryFact } from '#web/services/summary-fact.ts'

const stamp = { at: new Date('2026-03-01T12:00:00Z'), actorId: 'a', deviceId: 'd' }
const draft = { ...blankDraft, name: 'Ada' }
const memory = { content: 'Likes tea', importance: 0.5, kind: 'fact', tags: [], occurredAt: stamp.at }

let workspace: Awaited<ReturnType<typeof workspaceStoreWith>>
let persona: Awaited<ReturnType<typeof personaStoreWith>>

beforeEach(async () => {
  workspace = await workspaceStoreWith(
    listPersona({ personaId: 'p1', name: 'Ada', hue: 10, avatar: null }, 'c1', stamp),
  )
  persona = await personaStoreWith()
})

/** What a device does each time something changed; whether it wrote. */
const summarize = () => {
  const fact = summaryFact(workspace, persona, 'p1', stamp)
  if (fact !== undefined) commit(workspace, fact)
  return fact !== undefined
}
const entry = () => workspace.query(directoryEntry$('p1'))

test('[PE40] what a list shows of a persona reaches the workspace once, however often it is carried over', () => {
  commit(persona, createPersona('p1', draft, stamp))
  commit(persona, addMemory('p1', 'm1', memory, stamp))
  expect(summarize()).toBe(true)
  expect(entry()).toMatchObject({ memories: 1, head: 2, lastActivityAt: stamp.at, archivedAt: null })
  expect(workspace.query(activityOf$('p1'))).toEqual([{ day: '2026-03-01', messages: 0, memories: 1 }])
  expect(summarize()).toBe(false)
  commit(persona, archivePersona(persona.query(persona$), stamp))
  commit(persona, forgetMemories('p1', ['m1'], 'b1', stamp))
  expect(summarize()).toBe(true)
  expect(entry()).toMatchObject({ memories: 0, head: 4, archivedAt: stamp.at })
})

test('[PE41] of a persona that has not arrived here nothing is said', () => {
  expect(summarize()).toBe(false)
})

test('[PE42] a device that knows less of the log leaves the summary as it is', () => {
  commit(persona, createPersona('p1', draft, stamp))
  const more = { personaId: 'p1', head: 9, name: 'Ada Lovelace', hue: 10, avatar: null, archivedAt: null }
  const counts = { memories: 7, conversations: 1, messages: 2, lastActivityAt: stamp.at, activity: [] }
  commit(workspace, summarizePersona({ ...more, ...counts }, stamp))
  expect(summarize()).toBe(false)
  expect(entry()).toMatchObject({ head: 9, name: 'Ada Lovelace', memories: 7 })
})

test('[PE43] the head of a log is the number of its events, whatever is local or rebased', () => {
  expect([headOf('e0'), headOf('e12'), headOf('e12.1'), headOf('e12.1r3')]).toEqual([0, 12, 12, 12])
})

test('[AT60] the workspace is told how many pictures a persona has and which are its newest two dozen, by their ids and times alone', () => {
  commit(persona, createPersona('p1', draft, stamp), startConversation('p1', 'c1', {}, stamp))
  for (let n = 0; n < 30; n++) commit(persona, addAttachment(n % 2 === 0 ? inTalk : inPersona, file(n), minute(n)))
  commit(persona, addAttachment(inPersona, { ...file(40), mediaType: 'text/plain' }, minute(40)))
  const fact = summaryFact(workspace, persona, 'p1', stamp)
  expect(fact?.args.pictures?.count).toBe(30)
  expect(fact?.args.pictures?.newest).toHaveLength(24)
  expect(fact?.args.pictures?.newest[0]).toEqual({ attachmentId: 'f29', addedAt: minute(29).at })
  expect(JSON.stringify(fact)).not.toMatch(/secret|hash/)
  expect(summarize()).toBe(true)
  expect(entry()).toMatchObject({ pictures: 30, latestPictureId: 'f29' })
  expect(summarize()).toBe(false)
})

test('[AT60] what was deleted or erased the workspace is told of no more', () => {
  commit(persona, createPersona('p1', draft, stamp), startConversation('p1', 'c1', {}, stamp))
  commit(persona, addAttachment(inPersona, file(1), minute(1)), addAttachment(inPersona, file(2), minute(2)))
  commit(persona, addAttachment(inTalk, file(3), minute(3)))
  expect(summarize()).toBe(true)
  expect(shownIds()).toEqual(['f3', 'f2', 'f1'])
  commit(persona, deleteAttachments('p1', ['f2'], 'b1', stamp))
  expect(summarize()).toBe(true)
  expect(shownIds()).toEqual(['f3', 'f1'])
  commit(persona, deleteConversations('p1', ['c1'], 'b2', stamp))
  commit(persona, eraseConversations('p1', [{ conversationId: 'c1', deletedAt: stamp.at }], 'e1', stamp))
  expect(summarize()).toBe(true)
  expect(shownIds()).toEqual(['f1'])
  expect(entry()).toMatchObject({ pictures: 1, latestPictureId: 'f1' })
})

test('[DA10] the workspace is told on which day models were asked for a persona, how much that was and what it cost; the built-in responder is not counted', () => {
  commit(persona, createPersona('p1', draft, stamp), startConversation('p1', 'c1', {}, stamp))
  const answered = { promptTokens: 90, completionTokens: 10, cost: 0.5 }
  asked('t1', 'account', 1, answered)
  asked('t2', 'account', 2, { ...answered, purpose: 'proposals' })
  asked('t3', 'built-in', 3, {})
  expect(summarize()).toBe(true)
  const day = { day: '2026-03-01', answers: 1, promptTokens: 180, completionTokens: 20, cost: 1 }
  expect(workspace.query(knownUsageOf$('p1'))).toEqual([day])
  expect(summarize()).toBe(false)
  asked('t4', 'account', 4, answered)
  expect(summarize()).toBe(true)
  expect(workspace.query(knownUsageOf$('p1'))).toEqual([
    { ...day, answers: 2, promptTokens: 270, completionTokens: 30, cost: 1.5 },
  ])
})

/** A task that a model of an account did. */
const asked = (
  taskId: string,
  accountId: string,
  n: number,
  {
    purpose = 'reply',
    ...usage
  }: { purpose?: string; promptTokens?: number; completionTokens?: number; cost?: number },
) => {
  const by = { taskId, personaId: 'p1', conversationId: 'c1', actorId: 'a', deviceId: 'd' }
  const { at } = minute(n)
  const queued = { questionId: `q-${taskId}`, purpose, wantedModel: '', queuedAt: at }
  const routed = { hop: 1, accountId, model: 'm', reason: 'order', candidates: [], routedAt: at }
  const succeeded = { messageId: `a-${taskId}`, processingTime: 5, succeededAt: at, ...usage }
  commit(persona, [
    taskEvents.taskQueued({ ...by, ...queued }),
    taskEvents.taskClaimed({ ...by, claimedAt: at }),
    taskEvents.taskRouted({ ...by, ...routed }),
    taskEvents.taskSucceeded({ ...by, ...succeeded }),
  ])
}

const [inTalk, inPersona] = [{ personaId: 'p1', conversationId: 'c1' }, { personaId: 'p1' }]
const minute = (n: number) => ({ ...stamp, at: new Date(Date.UTC(2026, 2, 1, 12, n)) })
const shownIds = () => workspace.query(knownPicturesOf$('p1')).map(({ attachmentId }) => attachmentId)
const file = (n: number) => ({
  attachmentId: `f${n}`,
  name: `secret ${n}.png`,
  mediaType: 'image/png',
  bytes: 1000,
  sha256: `hash ${n}`,
  chunkBytes: 4_194_304,
})
