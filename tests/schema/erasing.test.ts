import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { eraseConversations } from '#schema/conversations/commands.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { ConversationNotDeleted } from '#schema/conversations/refusals.ts'
import { eraseMemories, MemoryIsRemembered, MemoryNotFound } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { certifyErasure, erasedAmongQuery, erasedIds$, erasures$, isErased$ } from '#schema/shared/erasures.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { erasePersona, PersonaInUse, PersonaNotListed } from '#schema/workspace/commands.ts'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { directory$, directoryEntry$ } from '#schema/workspace/queries.ts'
import { withoutSubjects } from '#sealing/sealed-event.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { replayedTables } from '#tests/support/replays.ts'
import { commit, type Fact, personaStoreWith, workspaceStoreWith } from '#tests/support/stores.ts'

const at = new Date('2026-03-01T10:00:00Z')
const by = { actorId: 'ada', deviceId: 'laptop' }
const stamp = { at, ...by }
const personaId = 'p'

const erasing = (ids: readonly string[]): readonly Fact[] => [
  memoryEvents.memoriesErased({ personaId, memoryIds: ids, erasureId: 'e1', erasedAt: at, ...by }),
  conversationEvents.conversationsErased({ personaId, conversationIds: ids, erasureId: 'e2', erasedAt: at, ...by }),
]

const without = (log: readonly Fact[], ids: readonly string[]): readonly Fact[] => {
  const subjects = ids.flatMap((id) => [subjectNamed('memoryId', id), subjectNamed('conversationId', id)])
  return log.map((fact) => withoutSubjects(fact, new Set(subjects))).filter(({ name }) => name !== 'v1.Erased')
}

test('[ER7] what was erased leaves the state that a log without it makes, whatever comes before or after', () => {
  fc.assert(
    fc.property(coherentLog('a'), fc.nat(60), fc.integer({ min: 2, max: 5 }), (log, cut, every) => {
      const ids = [...Array(60).keys()].filter((step) => step % every === 0).map((step) => `a${step}`)
      const whole = [...log.slice(0, cut), ...erasing(ids), ...log.slice(cut)]
      expect(replayedTables(personaSchema, whole)).toEqual(replayedTables(personaSchema, without(whole, ids)))
    }),
    { ...seeded, numRuns: 12 },
  )
})

test('[ER8] only what is forgotten, deleted or archived can be erased', async () => {
  const remembered = { memoryId: 'm1', forgottenAt: null }
  const forgotten = { memoryId: 'm2', forgottenAt: at }
  expect(eraseMemories(personaId, [forgotten, remembered], 'e1', stamp)).toBeInstanceOf(MemoryIsRemembered)
  expect(eraseMemories(personaId, [], 'e1', stamp)).toBeInstanceOf(MemoryNotFound)
  expect(eraseMemories(personaId, [forgotten], 'e1', stamp)).toMatchObject({ args: { memoryIds: ['m2'] } })
  const kept = { conversationId: 'c1', deletedAt: null }
  expect(eraseConversations(personaId, [kept], 'e1', stamp)).toBeInstanceOf(ConversationNotDeleted)
  const deleted = { conversationId: 'c1', deletedAt: at }
  expect(eraseConversations(personaId, [deleted], 'e1', stamp)).toMatchObject({ args: { conversationIds: ['c1'] } })
  const workspace = await workspaceStoreWith(listed)
  expect(erasePersona(workspace.query(directoryEntry$('p')), 'e1', stamp)).toBeInstanceOf(PersonaInUse)
  expect(erasePersona(null, 'e1', stamp)).toBeInstanceOf(PersonaNotListed)
})

const listed = workspaceEvents.personaListed({ personaId, name: 'Ada', hue: 1, avatar: null, listedAt: at, ...by })

const summary = workspaceEvents.personaSummarized({
  personaId,
  head: 3,
  name: 'Ada',
  hue: 1,
  avatar: null,
  archivedAt: null,
  memories: 2,
  conversations: 1,
  messages: 5,
  lastActivityAt: at,
  activity: [{ day: '2026-03-01', messages: 5, memories: 2 }],
  pictures: { count: 1, newest: [{ attachmentId: 'f1', addedAt: at }] },
  usage: [{ day: '2026-03-01', answers: 1, promptTokens: 90, completionTokens: 10, cost: 0.01 }],
  summarizedAt: at,
  ...by,
})

test('[ER9] a persona that was erased is in no list and no count, and nothing brings it back', async () => {
  const workspace = await workspaceStoreWith(listed, summary)
  commit(workspace, workspaceEvents.personaUnlisted({ personaId, unlistedAt: at, ...by }))
  const erased = erasePersona(workspace.query(directoryEntry$(personaId)), 'e1', stamp)
  commit(workspace, erased, listed, summary)
  for (const show of ['active', 'archived', 'removed'] as const)
    expect(workspace.query(directory$({ show, sort: 'name' }))).toEqual([])
  for (const table of ['directory', 'placements', 'summaries', 'activityDays', 'newestPictures', 'usageDays'])
    expect(workspace.query({ query: `select * from ${table}`, bindValues: [] })).toEqual([])
})

test('[ER10] an erasure is listed with what it took away and its certificate, the first one given', async () => {
  const store = await personaStoreWith(erasing(['x', 'y']))
  commit(store, certifyErasure('e1', 'first', personaId, stamp), certifyErasure('e1', 'second', personaId, stamp))
  expect(store.query(erasures$(10))).toMatchObject([
    { erasureId: 'e1', what: 'memories', deviceId: 'laptop', certificate: 'first', certifiedAt: at },
    { erasureId: 'e2', what: 'conversations', certificate: null },
  ])
  expect(store.query(erasedIds$('e1'))).toEqual(['x', 'y'])
})

test('[ER15] what was erased is not brought again by an import', async () => {
  const store = await personaStoreWith(erasing(['x', 'y']))
  expect(store.query(erasedAmongQuery(['x', 'z']))).toEqual([{ id: 'x' }])
  expect([store.query(isErased$('x')), store.query(isErased$('z'))]).toEqual([true, false])
})
