import { expect, test, vi } from 'vitest'
import { listPersona, unlistPersona } from '#schema/workspace/commands.ts'
import { directory$, directoryEntry$ } from '#schema/workspace/queries.ts'
import { makeShare, PersonaIsYourOwn, receivePersona, ShareLabelTooLong } from '#schema/workspace/share-commands.ts'
import { receivedSharesOf$, sharesOf$ } from '#schema/workspace/share-queries.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 1, 10, minute)), actorId: 'ada', deviceId: 'laptop' })
const made = (shareId: string, label: string, minute: number) =>
  makeShare({ shareId, personaId: 'p1', label, token: `token${shareId}`, linkKey: 'key' }, at(minute))
const given = (shareId: string, role: string) => ({
  shareId,
  personaId: 'p9',
  token: `token${shareId}`,
  linkKey: 'key',
  name: 'Cem',
  hue: 40,
  role,
})

test('[SR6] a link that was made is kept with its name, so that it can be shown again', async () => {
  const store = await workspaceStoreWith(made('s1', ' Boris ', 1), made('s2', '', 2), made('s1', 'again', 3))
  expect(store.query(sharesOf$('p1'))).toMatchObject([
    { shareId: 's2', label: '' },
    { shareId: 's1', label: 'Boris', token: 'tokens1', linkKey: 'key', madeAt: at(1).at },
  ])
  expect(store.query(sharesOf$('p2'))).toEqual([])
  expect(made('s3', 'x'.repeat(101), 4)).toBeInstanceOf(ShareLabelTooLong)
})

test('[SR7] a persona that was shared is in the lists with its role, and out of them when removed, until it comes again', async () => {
  const store = await workspaceStoreWith(receivePersona(null, given('s1', 'viewer'), at(1)))
  const entry = () => store.query(directoryEntry$('p9'))
  expect(entry()).toMatchObject({ name: 'Cem', hue: 40, sharedRole: 'viewer', unlistedAt: null })
  commit(store, unlistPersona(entry(), at(2)))
  expect(store.query(directory$({ show: 'active', sort: 'name' }))).toEqual([])
  commit(store, receivePersona(entry(), given('s2', 'editor'), at(3)))
  expect(entry()).toMatchObject({ sharedRole: 'editor', unlistedAt: null })
  expect(store.query(receivedSharesOf$('p9')).map(({ shareId }) => shareId)).toEqual(['s2', 's1'])
})

test('[SR8] a persona of one’s own is not received', async () => {
  const store = await workspaceStoreWith(
    listPersona({ personaId: 'p9', name: 'Cem', hue: 1, avatar: null }, 'c1', at(0)),
  )
  const entry = store.query(directoryEntry$('p9'))
  expect(entry).toMatchObject({ sharedRole: null })
  expect(receivePersona(entry, given('s1', 'viewer'), at(1))).toBeInstanceOf(PersonaIsYourOwn)
})
