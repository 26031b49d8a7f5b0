import { type LiveQueryDef, type LiveStoreSchema, type Store, StoreInternalsSymbol } from '@livestore/livestore'
import { beforeAll, expect, test, vi } from 'vitest'
import * as conversations from '#schema/conversations/queries.ts'
import * as memories from '#schema/memories/queries.ts'
import { largeWorkspace } from '#schema/stores/large-workspace.ts'
import * as provenance from '#schema/stores/provenance-queries.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import * as tasks from '#schema/tasks/queries.ts'
import * as workspace from '#schema/workspace/queries.ts'
import { usageByPersona$ } from '#schema/workspace/usage-queries.ts'
import { personaStoreWith, workspaceStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const options = {
  workspaceId: 'w',
  now: new Date('2026-03-01T10:00:00Z'),
  actorId: 'ada',
  deviceId: 'laptop',
  cell: 'c1',
}
let persona: Awaited<ReturnType<typeof personaStoreWith>>
let directory: Awaited<ReturnType<typeof workspaceStoreWith>>

beforeAll(async () => {
  const all = [...largeWorkspace({ ...options, personas: 30, seed: 2 })]
  persona = await personaStoreWith(all[0]!.events)
  directory = await workspaceStoreWith(all.flatMap(({ workspaceEvents }) => workspaceEvents))
})

/** The plan of the very SQL that the query sends: what SQLite is asked to run while the query runs is explained. */
const planOf = <S extends LiveStoreSchema, T>(store: Store<S>, query: LiveQueryDef<T>): string => {
  const { sqliteDbWrapper } = store[StoreInternalsSymbol]
  const spy = vi.spyOn(sqliteDbWrapper, 'cachedSelect')
  store.query(query)
  const calls = spy.mock.calls.map(([sql, values]) => ({ sql, values }))
  spy.mockRestore()
  const asked = calls.find(({ sql }) => /^\s*(with|select)/i.test(sql))!
  const rows = sqliteDbWrapper.cachedSelect<{ detail: string }>(`explain query plan ${asked.sql}`, asked.values)
  return rows.map(({ detail }) => detail).join('\n')
}

test.each(['importance', 'occurredAt', 'addedAt'] as const)(
  '[ST25] a page of memories by %s is read from its index, unsorted',
  (sort) => {
    const page = { sort, direction: 'desc', offset: 0, limit: 50 } as const
    for (const filter of [{}, { kind: 'fact' }]) {
      const plan = planOf(persona, memories.memoryPage$(filter, page))
      expect(plan).toMatch(/USING INDEX memories_by_/)
      expect(plan).not.toMatch(/TEMP B-TREE|SCAN memories/)
    }
  },
)

test('[ST26] a talk, its branches and its answers are found by key and by index', () => {
  const plans = [
    planOf(persona, conversations.openBranch$('c', 100)),
    planOf(persona, conversations.branchEnds$('c', null)),
    planOf(persona, conversations.siblings$('c', 'm', 2)),
    planOf(persona, conversations.answersThatRecalled$('m')),
    planOf(persona, conversations.editsOfMessage$('m')),
    planOf(persona, memories.linksOf$('m')),
    planOf(persona, memories.reinforcementsOf$('m')),
  ]
  for (const plan of plans) {
    expect(plan).toMatch(/SEARCH/)
    expect(plan).not.toMatch(/SCAN (messages|m|s|r|messageBodies|b|memories|memoryLinks|messageEdits)\b/)
  }
})

test('[ST27] the list of talks and the summary count messages in an index alone', () => {
  expect(planOf(persona, conversations.conversationList$({ show: 'open' }, 50))).toMatch(
    /USING COVERING INDEX messages_by_conversation/,
  )
  expect(planOf(persona, summaryCounts$)).not.toMatch(/SCAN (messages|memories)(?! USING COVERING)/)
})

test('[ST28] the sidebar joins summaries by key, and the activity chart reads days by index', () => {
  const sidebar = planOf(directory, workspace.directory$({ show: 'active', sort: 'recent' }))
  expect(sidebar).toMatch(/SEARCH s USING INDEX/)
  expect(planOf(directory, workspace.activity$('2026-01-01', '2026-03-01'))).toMatch(/USING INDEX activityDays_by_day/)
  const usage = planOf(directory, usageByPersona$('2026-01-01', '2026-03-01'))
  expect(usage).toMatch(/SEARCH u USING .*INDEX .*personaId=\? AND day/)
})

test('[TK13] tasks under way, of a question and of a message, and the steps of a task, are found by index', () => {
  const plans = [
    planOf(persona, tasks.tasksUnderWay$),
    planOf(persona, tasks.taskOfMessage$('m')),
    planOf(persona, tasks.tasksOfQuestion$('q')),
    planOf(persona, tasks.looksUnderWay$('c')),
    planOf(persona, tasks.messagesLookedThrough$('c')),
    planOf(persona, tasks.stepsOf$('t')),
    planOf(persona, tasks.taskLog$(100)),
  ]
  for (const plan of plans) {
    expect(plan).toMatch(/USING INDEX task(s|Steps)_by_/)
    expect(plan).not.toMatch(/TEMP B-TREE/)
  }
  expect(planOf(persona, conversations.branchTo$('m', 100))).not.toMatch(/SCAN (m|b|messages|messageBodies)\b/)
})

test('[PW9] each question of the provenance goes along indexes, and reads no text but of what it names', () => {
  for (const chosen of [undefined, { kind: 'conversation', id: 'c' }, { kind: 'import', id: 'i' }] as const) {
    const found = provenance.foundBy({}, chosen)
    const plans = [
      planOf(persona, provenance.conversationCounts$(found)),
      planOf(persona, provenance.importCounts$(found)),
      planOf(persona, provenance.usedMemories$(found)),
      planOf(persona, provenance.givenAnswers$(found)),
      planOf(persona, provenance.namedLinks$(['m'], ['c'])),
    ]
    for (const plan of plans) {
      expect(plan).not.toMatch(
        /SCAN (messages|memories|memoryBodies|memorySources|messageRecalls|f|m|r|s)\b(?! USING COVERING)/,
      )
      expect(plan).not.toMatch(/AUTOMATIC|memoryBodies|messageBodies/)
    }
    expect(plans.join()).toMatch(/COVERING INDEX messageRecalls_by_memory/)
  }
})
