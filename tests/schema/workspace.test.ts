import { expect, test, vi } from 'vitest'
import * as commands from '#schema/workspace/commands.ts'
import { knownPictures$, picturedPersonas$ } from '#schema/workspace/picture-queries.ts'
import * as queries from '#schema/workspace/queries.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 1, 10, minute)), actorId: 'ada', deviceId: 'laptop' })
const listing = (personaId: string, name: string) =>
  commands.listPersona({ personaId, name, hue: 1.5, avatar: null }, 'c1', at(0))
const summary = (personaId: string, head: number, memories: number, name = 'Fern') =>
  commands.summarizePersona(
    {
      personaId,
      head,
      name,
      hue: 2,
      avatar: null,
      archivedAt: null,
      memories,
      conversations: 1,
      messages: 2,
      lastActivityAt: at(head).at,
      activity: [{ day: '2026-03-01', messages: 2, memories }],
    },
    at(head),
  )

test('[WO1] a workspace has a name of 1–100 characters', async () => {
  const store = await workspaceStoreWith(
    commands.createWorkspace('w1', ' Home ', at(0)),
    commands.renameWorkspace('w1', 'Mine', at(1)),
  )
  expect(store.query(queries.workspace$)).toMatchObject({ name: 'Mine' })
  for (const name of ['', 'x'.repeat(101)]) {
    expect(commands.createWorkspace('w1', name, at(0))).toBeInstanceOf(commands.WorkspaceNameIllegal)
  }
})

test('[WO2] a persona listed is in the directory with a place, and counts nothing until it is summarized', async () => {
  const store = await workspaceStoreWith(listing('p1', 'Fern'))
  expect(store.query(queries.directoryEntry$('p1'))).toMatchObject({
    name: 'Fern',
    memories: 0,
    lastActivityAt: at(0).at,
  })
  expect(store.query(queries.placements$)).toMatchObject([{ personaId: 'p1', cell: 'c1', epoch: 1, status: 'active' }])
  expect(store.query(queries.directoryEntry$('p2'))).toBeNull()
})

test('[WO3] a summary counts only if it knows at least as much of the log as the last one', async () => {
  const store = await workspaceStoreWith(listing('p1', 'Fern'), summary('p1', 9, 5), summary('p1', 7, 99, 'Old'))
  expect(store.query(queries.directoryEntry$('p1'))).toMatchObject({ head: 9, memories: 5, name: 'Fern' })
  expect(store.query(queries.activity$('2026-02-01', '2026-03-01'))).toEqual([
    { day: '2026-03-01', messages: 2, memories: 5 },
  ])
})

test('[SX17] activity is that of everybody or of one persona, and the years say their first and last day', async () => {
  const store = await workspaceStoreWith(
    listing('p1', 'Fern'),
    listing('p2', 'Alder'),
    summary('p1', 9, 5),
    summary('p2', 9, 4),
  )
  const day = '2026-03-01'
  expect(store.query(queries.activity$(day, day))).toMatchObject([{ memories: 9 }])
  expect(store.query(queries.activity$(day, day, 'p2'))).toMatchObject([{ memories: 4 }])
  expect(store.query(queries.activity$(day, day, 'p3'))).toEqual([])
  expect(store.query(queries.activityYears$)).toEqual([{ year: '2026', firstDay: day, lastDay: day }])
})

test('[WO4] the directory shows active, archived or removed personas, sorted as asked', async () => {
  const store = await workspaceStoreWith(
    listing('p1', 'birch'),
    listing('p2', 'Alder'),
    listing('p3', 'Cedar'),
    summary('p1', 3, 1, 'birch'),
    summary('p2', 5, 9, 'Alder'),
  )
  const ids = (filter: queries.DirectoryFilter) =>
    store.query(queries.directory$(filter)).map(({ personaId }) => personaId)
  expect(ids({ show: 'active', sort: 'name' })).toEqual(['p2', 'p1', 'p3'])
  expect(ids({ show: 'active', sort: 'recent' })).toEqual(['p2', 'p1', 'p3'])
  expect(ids({ show: 'active', sort: 'memories' })).toEqual(['p2', 'p1', 'p3'])
  commit(store, commands.unlistPersona(store.query(queries.directoryEntry$('p2')), at(6)))
  expect(ids({ show: 'removed', sort: 'created' })).toEqual(['p2'])
  expect(store.query(queries.totals$)).toEqual({ personas: 2, memories: 1, conversations: 1, messages: 2 })
  expect(store.query(queries.activity$('2026-03-01', '2026-03-01'))).toMatchObject([{ memories: 1 }])
  commit(store, commands.relistPersona('p2', at(7)))
  expect(ids({ show: 'active', sort: 'name' })).toHaveLength(3)
  expect(commands.unlistPersona(null, at(8))).toBeInstanceOf(commands.PersonaNotListed)
})

test('[WO5] a device is seen first once and last again and again', async () => {
  const seen = (minute: number) => commands.recordDevice('Firefox', 'Linux', at(minute))
  const store = await workspaceStoreWith(seen(5), seen(9), seen(1))
  expect(store.query(queries.devices$)).toMatchObject([
    { deviceId: 'laptop', firstSeenAt: at(1).at, lastSeenAt: at(9).at },
  ])
})

test('[WO6] an import is under way, finished or withdrawn; brought in again it is under way again', async () => {
  const start = (minute: number) =>
    commands.startImport(
      { importId: 'i1', format: 'chatgpt', fileName: 'a.json', personaIds: ['p1'], createdPersonaIds: ['p1'] },
      at(minute),
    )
  const counts = { personas: 1, conversations: 2, messages: 3, memories: 4, rejected: 0 }
  const store = await workspaceStoreWith(
    start(1),
    commands.finishImport('i1', counts, at(2)),
    commands.withdrawImport('i1', at(3)),
  )
  expect(store.query(queries.importById$('i1'))).toMatchObject({ counts, finishedAt: at(2).at, withdrawnAt: at(3).at })
  commit(store, start(4))
  expect(store.query(queries.imports$)).toMatchObject([
    { startedAt: at(4).at, counts: null, finishedAt: null, withdrawnAt: null },
  ])
})

test('[WO7] a preference is what was chosen last', async () => {
  const store = await workspaceStoreWith(
    commands.choosePreference('theme', 'dark', at(1)),
    commands.choosePreference('theme', { mode: null }, at(2)),
  )
  expect(store.query(queries.preference$('theme'))).toEqual({ mode: null })
  expect(store.query(queries.preference$('other'))).toBeUndefined()
})

test('[AT61] the newest pictures of all personas come from the summaries, the newest first, of one persona or of all', async () => {
  const pictured = (personaId: string, name: string, ...minutes: readonly number[]) => {
    const { args } = summary(personaId, 9, 1, name)
    const newest = minutes.map((minute) => ({ attachmentId: `${personaId} ${minute}`, addedAt: at(minute).at }))
    return commands.summarizePersona({ ...args, pictures: { count: 50, newest } }, at(9))
  }
  const store = await workspaceStoreWith(
    ...['p1', 'p2', 'p3', 'p4'].map((personaId) => listing(personaId, personaId)),
    pictured('p1', 'Fern', 5, 1),
    pictured('p2', 'Ada', 3),
    pictured('p3', 'Gone', 4),
    pictured('p4', 'Erased', 2),
    summary('p1', 7, 1), // of an older head: it counts for nothing
  )
  commit(store, commands.unlistPersona(store.query(queries.directoryEntry$('p3')), at(10)))
  commit(store, commands.unlistPersona(store.query(queries.directoryEntry$('p4')), at(10)))
  commit(store, commands.erasePersona(store.query(queries.directoryEntry$('p4')), 'e1', at(11)), pictured('p4', 'X', 6))
  const ids = (personaId?: string, limit = 10) =>
    store.query(knownPictures$(personaId, limit)).map(({ attachmentId }) => attachmentId)
  expect(ids()).toEqual(['p1 5', 'p2 3', 'p1 1'])
  expect(ids('p1')).toEqual(['p1 5', 'p1 1'])
  expect(ids(undefined, 2)).toEqual(['p1 5', 'p2 3'])
  expect(store.query(picturedPersonas$).map(({ name, pictures }) => [name, pictures])).toEqual([
    ['Ada', 50],
    ['Fern', 50],
  ])
})
