import { expect, test } from 'vitest'
import { listPersona, summarizePersona, unlistPersona } from '#schema/workspace/commands.ts'
import { directory$, directoryCounts$, directoryEntry$, directoryOf$ } from '#schema/workspace/queries.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T12:00:00Z'), actorId: 'a', deviceId: 'd' }
const listed = (personaId: string, name: string) => listPersona({ personaId, name, hue: 10, avatar: null }, 'c1', stamp)

test('[PE46] the directory counts its active, archived and removed personas, and gives those asked for by name', async () => {
  const store = await workspaceStoreWith(
    listed('p1', 'bob'),
    listed('p2', 'Ada'),
    listed('p3', 'Cem'),
    listed('p4', 'Dan'),
  )
  const counts = { memories: 0, conversations: 0, messages: 0, lastActivityAt: null, activity: [] }
  const archived = { personaId: 'p3', head: 2, name: 'Cem', hue: 10, avatar: null, archivedAt: stamp.at }
  commit(store, summarizePersona({ ...archived, ...counts }, stamp))
  commit(store, unlistPersona(store.query(directoryEntry$('p4')), stamp))
  expect(store.query(directoryCounts$)).toEqual({ active: 2, archived: 1, removed: 1 })
  const names = store.query(directoryOf$(['p1', 'p2', 'p3', 'p4', 'p9'])).map(({ name }) => name)
  expect(names).toEqual(['Ada', 'bob'])
  expect(store.query(directory$({ show: 'removed', sort: 'name' })).map(({ name }) => name)).toEqual(['Dan'])
})
