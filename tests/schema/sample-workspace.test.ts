import { expect, test, vi } from 'vitest'
import { messageById$, openBranch$ } from '#schema/conversations/queries.ts'
import { largeWorkspace } from '#schema/stores/large-workspace.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { summaryActivity$, summaryCounts$ } from '#schema/stores/summary.ts'
import { directory$, totals$ } from '#schema/workspace/queries.ts'
import {
  commit,
  type Fact,
  isAlive,
  personaStateHash,
  personaStoreWith,
  workspaceStateHash,
  workspaceStoreWith,
} from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const options = {
  workspaceId: 'w1',
  now: new Date('2026-03-01T10:00:00Z'),
  actorId: 'ada',
  deviceId: 'laptop',
  cell: 'c1',
}

test('[ST11] the sample workspace is two personas with a dozen talks each, and what they learnt', async () => {
  const { workspaceEvents, personas } = sampleWorkspace(options)
  const workspace = await workspaceStoreWith(workspaceEvents)
  expect(workspace.query(directory$({ show: 'active', sort: 'name' })).map(({ name }) => name)).toEqual([
    'Juniper',
    'Otto',
  ])
  const { memories } = workspace.query(totals$)
  expect(memories).toBeGreaterThan(80)
  for (const { personaId, events } of personas) {
    const store = await personaStoreWith(events)
    const { head, lastActivityAt, ...entry } = workspace
      .query(directory$({ show: 'active', sort: 'name' }))
      .find((listed) => listed.personaId === personaId)!
    expect(store.query(summaryCounts$)).toMatchObject({
      memories: entry.memories,
      conversations: 12,
      messages: entry.messages,
    })
    expect(head).toBe(events.length)
    expect(lastActivityAt.getTime()).toBeLessThanOrEqual(options.now.getTime())
    expect(store.query(summaryActivity$).length).toBeGreaterThanOrEqual(11)
  }
})

test('[ST12] adding the sample twice adds nothing, whenever it is added again', async () => {
  const { workspaceEvents, personas } = sampleWorkspace(options)
  const [persona] = personas
  const [store, workspace] = [await personaStoreWith(persona!.events), await workspaceStoreWith(workspaceEvents)]
  const [hash, workspaceHash] = [personaStateHash(store), workspaceStateHash(workspace)]
  commit(store, persona!.events)
  commit(workspace, workspaceEvents)
  expect([personaStateHash(store), workspaceStateHash(workspace)]).toEqual([hash, workspaceHash])

  const later = sampleWorkspace({ ...options, now: new Date('2026-04-01T10:00:00Z') })
  const before = store.query(summaryCounts$)
  commit(store, later.personas[0]!.events)
  expect(store.query(summaryCounts$)).toEqual(before)
})

test('[ST13] every sample memory leads to a message that is here, and every link and recall to a memory', async () => {
  for (const { events } of sampleWorkspace(options).personas) {
    const store = await personaStoreWith(events)
    const dangling = store.query({
      query: `select source.value from memoryBodies b, json_each(b.sourceEventIds) source
                where source.value not in (select messageId from messages)
              union all select memoryId from messageRecalls where memoryId not in (select memoryId from memories)
              union all select fromMemoryId from memoryLinks where fromMemoryId not in (select memoryId from memories)
              union all select toMemoryId from memoryLinks where toMemoryId not in (select memoryId from memories)
              union all select parentMessageId from messages
                where parentMessageId is not null and parentMessageId not in (select messageId from messages)`,
      bindValues: [],
    })
    expect(dangling).toEqual([])
  }
})

test('[ST14] the sample shows an edit, and a branch that another turn of the talk left', async () => {
  const [juniper] = sampleWorkspace(options).personas
  const store = await personaStoreWith(juniper!.events)
  const [edit] = store.query<readonly { messageId: string }[]>({
    query: 'select messageId from messageEdits',
    bindValues: [],
  })
  expect(store.query(messageById$(edit!.messageId))?.editedAt).not.toBeNull()
  const [talk] = store.query<readonly { conversationId: string }[]>({
    query: `select conversationId from messages group by conversationId, parentMessageId having count(*) > 1`,
    bindValues: [],
  })
  const branch = store.query(openBranch$(talk!.conversationId, 100))
  expect(branch.map(({ siblingCount }) => siblingCount)).toContain(2)
  expect(branch.at(-1)?.preview).toMatch(/best outcome/)
})

test('[ST15] a large workspace is the same for the same seed, and holds what its summaries say', async () => {
  const large = { ...options, personas: 6, seed: 7 }
  const personas = [...largeWorkspace(large)]
  expect(JSON.stringify([...largeWorkspace(large)])).toBe(JSON.stringify(personas))
  expect(JSON.stringify([...largeWorkspace({ ...large, seed: 8 })])).not.toBe(JSON.stringify(personas))

  const workspace = await workspaceStoreWith(personas.flatMap(({ workspaceEvents }) => workspaceEvents))
  const entries = new Map(
    workspace.query(directory$({ show: 'active', sort: 'name' })).map((entry) => [entry.personaId, entry]),
  )
  for (const { personaId, events } of personas) {
    const store = await personaStoreWith(events)
    expect(await isAlive(store)).toBe(true)
    const { memories, conversations, messages, lastActivityAt } = entries.get(personaId)!
    const counts = store.query(summaryCounts$)
    expect(counts).toMatchObject({ memories, conversations, messages })
    expect(lastActivityAt.getTime()).toBeLessThanOrEqual(counts.lastActivityAt!.getTime())
  }
})

test('[ST16] generated facts stay under 200 kB, and a thousand personas hold parts of every kind', () => {
  const types = new Set<string>()
  let largest = 0
  for (const { events } of largeWorkspace({ ...options, personas: 1000, seed: 1 })) {
    for (const event of events) {
      const json = JSON.stringify(event)
      largest = Math.max(largest, json.length)
      for (const [, type] of json.matchAll(/"type":"(\w+)"/g)) types.add(type!)
    }
  }
  expect(largest).toBeLessThan(200_000)
  expect([...types].toSorted()).toEqual(['code', 'file', 'image', 'poll', 'text', 'toolCall', 'toolResult'])
})

test('[ST4] everything of a persona is in the store of that persona: each of its facts says so', () => {
  const { personas } = sampleWorkspace(options)
  const all = [...personas, ...largeWorkspace({ ...options, personas: 20, seed: 3 })]
  for (const { personaId, events } of all) {
    expect(events.every((event: Fact) => (event.args as { personaId: string }).personaId === personaId)).toBe(true) // any fact of a persona
  }
})
