import type { LiveQueryDef } from '@livestore/livestore'
import { expect, test } from 'vitest'
import * as attachments from '#schema/attachments/queries.ts'
import * as conversations from '#schema/conversations/queries.ts'
import * as memoryLists from '#schema/memories/list-queries.ts'
import * as memories from '#schema/memories/queries.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { persona$ } from '#schema/personas/queries.ts'
import * as proposals from '#schema/proposals/queries.ts'
import { erasedIds$, erasures$, isErased$ } from '#schema/shared/erasures.ts'
import { attachmentList$, attachmentTotals$, messageWith$ } from '#schema/stores/attachment-list.ts'
import { keptWithoutAsking$ } from '#schema/stores/kept-proposals.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { sourcesOf$ } from '#schema/stores/sources.ts'
import * as summary from '#schema/stores/summary.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import * as tasks from '#schema/tasks/queries.ts'
import * as workspace from '#schema/workspace/queries.ts'
import { logOf } from '#tests/support/log-events.ts'
import { historyOf } from '#tests/support/replays.ts'
import { personaStoreWith, workspaceStoreWith } from '#tests/support/stores.ts'
import { isPast, ThePastIsReadOnly } from '#web/livestore/past.ts'
import { makePastStore } from '#web/livestore/past-store.ts'
import { stateFile } from '#web/services/history/state-file.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const sample = sampleWorkspace({ workspaceId: 'w1', now: stamp.at, cell: 'c1', ...stamp })
const { personaId, events } = sample.personas[0]!
const persona = historyOf(personaSchema, logOf(personaSchema, events))
const directory = historyOf(workspaceSchema, logOf(workspaceSchema, sample.workspaceEvents))

/** What the rooms of a persona ask, of one memory, talk, message and file of each kind they ask about. */
const personaQueries = (ids: Ids) => {
  const { memoryIds, conversationId, messageId, attachmentId, taskId } = ids
  const memoryId = memoryIds[0] ?? ''
  const byImportance = { sort: 'importance', direction: 'desc' } as const
  const page = { ...byImportance, offset: 0, limit: 50 }
  return {
    persona$,
    privacy$,
    consents$,
    summaryCounts$: summary.summaryCounts$,
    summaryActivity$: summary.summaryActivity$,
    summaryPictures$: summary.summaryPictures$,
    memoryOrder$: memoryLists.memoryOrder$({ kind: 'fact' }, byImportance),
    memoryOrderOfText$: memoryLists.memoryOrder$({ text: 'the' }, { sort: 'addedAt', direction: 'asc' }),
    memoryOrderForgotten$: memoryLists.memoryOrder$({ forgotten: true }, byImportance),
    listedMemories$: memoryLists.listedMemories$(memoryIds),
    memoryTotals$: memoryLists.memoryTotals$,
    tagsAmong$: memoryLists.tagsAmong$(memoryIds),
    memoryPage$: memories.memoryPage$({}, page),
    memoryPageOfTag$: memories.memoryPage$({ tag: 'food', importanceFrom: 0.2 }, page),
    memoryCount$: memories.memoryCount$({}),
    memoryById$: memories.memoryById$(memoryId),
    memoryBody$: memories.memoryBody$(memoryId),
    tagsOfMemory$: memories.tagsOfMemory$(memoryId),
    reinforcementsOf$: memories.reinforcementsOf$(memoryId),
    linksOf$: memories.linksOf$(memoryId),
    memoryAuthor$: memories.memoryAuthor$(memoryId),
    conflictsOfMemory$: memories.conflictsOfMemory$(memoryId),
    conflictingMemories$: memories.conflictingMemories$,
    memoryKinds$: memories.memoryKinds$,
    memoryTagCounts$: memories.memoryTagCounts$,
    answersThatRecalled$: conversations.answersThatRecalled$(memoryId),
    conversationList$: conversations.conversationList$({ show: 'open' }, 50),
    conversationListOfText$: conversations.conversationList$({ show: 'open', text: 'a' }, 50),
    conversationCounts$: conversations.conversationCounts$,
    conversationById$: conversations.conversationById$(conversationId),
    openBranch$: conversations.openBranch$(conversationId, 100),
    endOfOpenBranch$: conversations.endOfOpenBranch$(conversationId),
    branchPlace$: conversations.branchPlace$(conversationId, messageId),
    branchTo$: conversations.branchTo$(messageId, 100),
    branchEnds$: conversations.branchEnds$(conversationId, null),
    siblings$: conversations.siblings$(conversationId, null, 20),
    answersOf$: conversations.answersOf$(conversationId, messageId, 20),
    isAnswerable$: conversations.isAnswerable$(messageId),
    messageById$: conversations.messageById$(messageId),
    messageBody$: conversations.messageBody$(messageId),
    messageAuthor$: conversations.messageAuthor$(messageId),
    editsOfMessage$: conversations.editsOfMessage$(messageId),
    conflictsOfMessage$: conversations.conflictsOfMessage$(messageId),
    conflictingMessages$: conversations.conflictingMessages$(conversationId),
    sourcesOf$: sourcesOf$(memoryIds, [messageId]),
    hasAttachments$: attachments.hasAttachments$,
    linkedFiles$: attachments.linkedFiles$,
    attachmentById$: attachments.attachmentById$(attachmentId),
    attachmentsOf$: attachments.attachmentsOf$(conversationId),
    linksOfAttachment$: attachments.linksOfAttachment$(attachmentId),
    attachmentList$: attachmentList$({ show: 'kept' }, 'newest', 100),
    attachmentTotals$,
    messageWith$: messageWith$(conversationId, attachmentId),
    openProposals$: proposals.openProposals$(),
    openProposalCount$: proposals.openProposalCount$(),
    keptWithoutAsking$,
    tasksUnderWay$: tasks.tasksUnderWay$,
    taskById$: tasks.taskById$(taskId),
    taskOfMessage$: tasks.taskOfMessage$(messageId),
    tasksOfQuestion$: tasks.tasksOfQuestion$(messageId),
    stepsOf$: tasks.stepsOf$(taskId),
    modelPreference$: tasks.modelPreference$,
    usageByMonth$: tasks.usageByMonth$,
    taskLog$: tasks.taskLog$(100),
    erasures$: erasures$(100),
    erasedIds$: erasedIds$('none'),
  }
}

/** What the dashboard asks. */
const directoryQueries = {
  totals$: workspace.totals$,
  activityYears$: workspace.activityYears$,
  activity$: workspace.activity$('2025-03-01', '2026-03-01'),
  directory$: workspace.directory$({ show: 'active', sort: 'memories' }, 6),
  directoryRecent$: workspace.directory$({ show: 'active', sort: 'recent' }, 8),
  directoryEntry$: workspace.directoryEntry$(personaId),
  directoryCounts$: workspace.directoryCounts$,
  isErased$: isErased$(personaId),
  workspace$: workspace.workspace$,
  devices$: workspace.devices$,
  imports$: workspace.imports$,
}

test('[PT6] the store of the past answers what the rooms ask as LiveStore does of the same log', async () => {
  const [live, past] = [await personaStoreWith(events), await pastOf(persona.head)]
  const queries = Object.entries(personaQueries(idsIn(live)))
  expect(queries.length).toBeGreaterThan(60)
  for (const [name, query$] of queries) expect([name, ask(past.store, query$)]).toEqual([name, ask(live, query$)])
  await past.close()
})

test('[PT6] so does that of the workspace, which the dashboard asks', async () => {
  const live = await workspaceStoreWith(sample.workspaceEvents)
  const past = await makePastStore(workspaceSchema, 'workspace_w1', fileAt(directory, directory.head))
  for (const [name, query$] of Object.entries(directoryQueries))
    expect([name, ask(past.store, query$)]).toEqual([name, ask(live, query$)])
  await past.close()
})

test('[PT7] another state that is put in reaches every query, kept answers and subscribers too', async () => {
  const past = await pastOf(0)
  const told: number[] = []
  const stop = past.store.subscribe(memoryLists.memoryTotals$, ({ remembered }) => told.push(remembered))
  const middle = Math.floor(persona.head / 2)
  const atHead = { n: persona.head, live: await personaStoreWith(events) }
  const halfway = { n: middle, live: await personaStoreWith(events.slice(0, middle)) }
  const empty = { n: 0, live: await personaStoreWith() }
  for (const { n, live } of [atHead, halfway, empty, atHead, halfway]) {
    past.show(fileAt(persona, n))
    for (const [name, query$] of Object.entries(personaQueries(idsIn(live))))
      expect([n, name, ask(past.store, query$)]).toEqual([n, name, ask(live, query$)])
  }
  stop()
  const all = atHead.live.query(memoryLists.memoryTotals$).remembered
  expect([told.at(0), told.at(-4), told.at(-2)]).toEqual([0, expect.any(Number), all])
  await past.close()
})

test('[PT2] what would be written to the past is known for it, and the refusal says what to do', async () => {
  const past = await pastOf(persona.head)
  expect(isPast(past.store)).toBe(true)
  expect(isPast(await personaStoreWith())).toBe(false)
  expect(new ThePastIsReadOnly().message).toBe('You are looking at the past. Go back to now to change something.')
  await past.close()
})

test('[PT16] what was erased is in no state, and its event says so', async () => {
  const log = logOf(personaSchema, events)
  const added = log.find(({ name }) => name === 'v1.MemoryAdded')!
  const erased = log.map((event) => (event === added ? { ...event, name: 'v1.Erased', args: {} } : event))
  const { memoryId } = added.args as { readonly memoryId: string } // of every memory that is added
  for (const [history, isThere] of [
    [persona, true],
    [historyOf(personaSchema, erased), false],
  ] as const) {
    const { file, event } = stateFile(history, history.stateAt(added.seqNum), added.seqNum)
    const past = await makePastStore(personaSchema, 'persona_p1', file)
    expect(past.store.query(memories.memoryById$(memoryId)) !== null).toBe(isThere)
    expect(event?.sentence === 'Was erased: nobody can read it any more.').toBe(!isThere)
    await past.close()
  }
})

/** Whatever it answers is only compared. */
const ask = (store: { readonly query: (query$: LiveQueryDef<unknown>) => unknown }, query$: object) =>
  store.query(query$ as LiveQueryDef<unknown>) // one of the above

interface Ids {
  readonly memoryIds: readonly string[]
  readonly conversationId: string
  readonly messageId: string
  readonly attachmentId: string
  readonly taskId: string
}

const idsIn = (store: Awaited<ReturnType<typeof personaStoreWith>>): Ids => {
  const first = (table: string, column: string) => {
    const rows = store.query<Record<string, string>[]>({
      query: `select ${column} as id from ${table} order by id`,
      bindValues: [],
    })
    return rows.map(({ id }) => id ?? '')
  }
  return {
    memoryIds: first('memories', 'memoryId'),
    conversationId: first('conversations', 'conversationId')[0] ?? '',
    messageId: first('messages', 'messageId')[3] ?? '',
    attachmentId: first('attachments', 'attachmentId')[0] ?? '',
    taskId: first('tasks', 'taskId')[0] ?? '',
  }
}

const pastOf = (n: number) => makePastStore(personaSchema, 'persona_p1', fileAt(persona, n))

const fileAt = (history: typeof persona, n: number) => {
  const state = history.stateAt(n)
  try {
    return state.db.serialize() as Uint8Array<ArrayBuffer> // a copy, which nobody shares
  } finally {
    state.close()
  }
}
