import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { pullAs, pushAs } from './http.ts'
import { knock, openSocket, type Person, signIn } from './people.ts'
import { ciphertextOf, event, eventsIn, outcomeOf } from './rpc.ts'

const server = serverForThisFile()

test('[RI1] the first account that asks for a store owns it; to all others it is closed', async () => {
  const [first, second] = [await signIn(server.url), await signIn(server.url)]
  expect((await first.api('GET', '/api/stores/persona_new')).body).toEqual({
    storeId: 'persona_new',
    role: 'owner',
    canShare: true,
    redacted: false,
    expiresAt: null,
  })
  expect(await second.api('GET', '/api/stores/persona_new')).toMatchObject({ status: 403, code: 'NoRight' })
  expect(await first.api('GET', '/api/stores/persona_NEW')).toMatchObject({ status: 400, code: 'IllegalStoreId' })
})

test('[RI3] a token is told once; a list says who opened what', async () => {
  const [owner, friend] = [await signIn(server.url), await signIn(server.url)]
  const { token, ...share } = await shareOf(owner, 'persona_told', { role: 'viewer', maxOpenings: 3 })
  expect(token).toMatch(/^[0-9a-z]{26}$/)
  await open(friend, token)
  const listed = await owner.api('GET', '/api/stores/persona_told/shares')
  expect(JSON.stringify(listed.body)).not.toContain(token)
  expect(listed.body.shares).toEqual([
    { ...share, openings: 1, members: [{ accountId: friend.accountId, openedAt: expect.any(String) }] },
  ])
  expect(share).toMatchObject({
    role: 'viewer',
    canShare: false,
    to: null,
    expiresAt: null,
    maxOpenings: 3,
    revokedAt: null,
  })
})

test('[RI4] a share opens as often as it says, and for the same account again', async () => {
  const [owner, first, second] = [await signIn(server.url), await signIn(server.url), await signIn(server.url)]
  const { token } = await shareOf(owner, 'persona_once', { role: 'editor', maxOpenings: 1 })
  const opened = { status: 200, body: { storeId: 'persona_once', role: 'editor', canShare: false, expiresAt: null } }
  expect(await open(owner, token)).toMatchObject({ status: 200, body: { role: 'owner' } }) // and counts nothing
  expect(await open(first, token)).toMatchObject(opened)
  expect(await open(first, token)).toMatchObject(opened)
  expect(await open(second, token)).toMatchObject({ status: 410, code: 'ShareUsedUp' })
})

test('[RI4] of two who open the last opening at once one gets it', async () => {
  const owner = await signIn(server.url)
  const { token } = await shareOf(owner, 'persona_race', { role: 'viewer', maxOpenings: 1 })
  const people = await Promise.all(Array.from({ length: 5 }, () => signIn(server.url)))
  const answers = await Promise.all(people.map((person) => open(person, token)))
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 410, 410, 410, 410])
})

test('[RI4] a share that is unknown, revoked, expired or for another account does not open', async () => {
  const [owner, friend] = [await signIn(server.url), await signIn(server.url)]
  const store = 'persona_closed'
  const revoked = await shareOf(owner, store, { role: 'viewer' })
  await owner.api('DELETE', `/api/stores/${store}/shares/${revoked.shareId}`)
  const expired = await shareOf(owner, store, { role: 'viewer', expiresAt: '2020-01-01T00:00:00.000Z' })
  const forAnother = await shareOf(owner, store, { role: 'viewer', to: owner.accountId })
  const forFriend = await shareOf(owner, store, { role: 'viewer', to: friend.accountId })
  expect(await open(friend, revoked.token)).toMatchObject({ status: 410, code: 'ShareRevoked' })
  expect(await open(friend, expired.token)).toMatchObject({ status: 410, code: 'ShareExpired' })
  expect(await open(friend, forAnother.token)).toMatchObject({ status: 403, code: 'ShareForAnother' })
  expect(await open(friend, 'nothing')).toMatchObject({ status: 404, code: 'ShareNotFound' })
  expect(await open(friend, forFriend.token)).toMatchObject({ status: 200 })
})

test('[RI3] terms that make no sense are refused', async () => {
  const owner = await signIn(server.url)
  const shares = '/api/stores/persona_terms/shares'
  for (const terms of [
    {},
    { role: 'owner' },
    { role: 'viewer', expiresAt: 'soon' },
    { role: 'viewer', maxOpenings: 0 },
    { role: 'viewer', more: 1 },
  ])
    expect(await owner.api('POST', shares, terms)).toMatchObject({ status: 400, code: 'MalformedBody' })
  expect(await owner.api('POST', shares, { role: 'viewer', canShare: true })).toMatchObject({
    code: 'OnlyEditorsShare',
  })
  expect(await owner.api('POST', shares, { role: 'x'.repeat(10_001) })).toMatchObject({
    status: 413,
    code: 'BodyTooLarge',
  })
})

test('[SR4] what a share hands over is given to whoever may open it, and replaced by a change', async () => {
  const [owner, friend, stranger] = [await signIn(server.url), await signIn(server.url), await signIn(server.url)]
  const shares = '/api/stores/persona_sealed/shares'
  const { shareId, token } = await shareOf(owner, 'persona_sealed', { role: 'viewer', sealed: 'b25l' })
  expect(await open(friend, token)).toMatchObject({ body: { shareId, storeId: 'persona_sealed', sealed: 'b25l' } })
  expect(await owner.api('PATCH', `${shares}/${shareId}`, { sealed: 'dHdv' })).toMatchObject({
    body: { role: 'viewer' },
  })
  expect(await open(friend, token)).toMatchObject({ body: { role: 'viewer', sealed: 'dHdv' } })
  expect(JSON.stringify((await owner.api('GET', shares)).body)).not.toContain('dHdv')
  await owner.api('DELETE', `${shares}/${shareId}`)
  for (const person of [friend, stranger]) {
    expect(await open(person, token)).toMatchObject({ status: 410, code: 'ShareRevoked' })
    expect(JSON.stringify((await look(person, token)).body)).not.toContain('dHdv')
  }
})

test('[SR4] what is handed over is a text of at most 8000 characters', async () => {
  const owner = await signIn(server.url)
  const shares = '/api/stores/persona_large/shares'
  expect(await owner.api('POST', shares, { role: 'viewer', sealed: 'x'.repeat(8000) })).toMatchObject({ status: 201 })
  for (const sealed of ['', 'no base64!', 'x'.repeat(8001), 3])
    expect(await owner.api('POST', shares, { role: 'viewer', sealed })).toMatchObject({ code: 'MalformedBody' })
})

test('[SR5] looking at a share says what opening it would give, and uses up no opening', async () => {
  const [owner, first, second] = [await signIn(server.url), await signIn(server.url), await signIn(server.url)]
  const terms = { role: 'editor', canShare: true, maxOpenings: 1, sealed: 'b25l' }
  const { shareId, token } = await shareOf(owner, 'persona_look', terms)
  const right = { role: 'editor', canShare: true, redacted: false, expiresAt: null }
  const offer = { storeId: 'persona_look', ...right, shareId, sealed: 'b25l' }
  for (const person of [first, second]) expect((await look(person, token)).body).toEqual(offer)
  expect(await knock(first, 'persona_look')).toMatchObject({ code: 'NoRight' })
  expect(await look(owner, token)).toMatchObject({ body: { role: 'owner' } })
  await open(first, token)
  expect(await look(first, token)).toMatchObject({ body: offer })
  expect(await look(second, token)).toMatchObject({ status: 410, code: 'ShareUsedUp' })
  expect(await look(second, 'a'.repeat(26))).toMatchObject({ status: 404, code: 'ShareNotFound' })
})

test('[RI5] revoking a share closes the sockets that came by it at once, and no other', async () => {
  const [owner, friend, store] = [await signIn(server.url), await signIn(server.url), 'persona_cut']
  const { shareId, token } = await shareOf(owner, store, { role: 'editor' })
  await open(friend, token)
  const [kept, cut] = [await openSocket(owner, store), await openSocket(friend, store)]

  expect(await owner.api('DELETE', `/api/stores/${store}/shares/${shareId}`)).toMatchObject({ status: 200 })
  expect(await cut.closed).toEqual({ code: 4403, reason: 'ShareRevoked' })
  expect(await knock(friend, store)).toEqual({ status: 403, code: 'NoRight' })
  await pushAs(owner, store, [event(1, 'after the cut')])
  await expect.poll(() => kept.received.join()).toContain(ciphertextOf(event(1, 'after the cut')))
  expect(cut.received.join()).not.toContain(ciphertextOf(event(1, 'after the cut')))
  kept.close()
})

test('[RI5] who was a viewer writes after a change to editor, without a new token', async () => {
  const [owner, friend, store] = [await signIn(server.url), await signIn(server.url), 'persona_raised']
  const { shareId, token } = await shareOf(owner, store, { role: 'viewer' })
  await open(friend, token)
  expect(await outcomeOf(await pushAs(friend, store, [event(1)]))).toBe('RoleMayNotWrite')
  const socket = await openSocket(friend, store)
  expect(await owner.api('PATCH', `/api/stores/${store}/shares/${shareId}`, { role: 'editor' })).toMatchObject({
    body: { shareId, role: 'editor' },
  })
  expect(await socket.closed).toEqual({ code: 4403, reason: 'RightsChanged' })
  expect(await outcomeOf(await pushAs(friend, store, [event(1)]))).toBe('Success')
})

test('[RI6] a socket that is open when its share expires is closed, and hears nothing more', async () => {
  const [owner, friend, store] = [await signIn(server.url), await signIn(server.url), 'persona_until']
  const { token } = await shareOf(owner, store, {
    role: 'viewer',
    expiresAt: new Date(Date.now() + 1500).toISOString(),
  })
  await open(friend, token)
  const socket = await openSocket(friend, store)
  expect(await socket.closed).toEqual({ code: 4403, reason: 'RightExpired' }) // though it is silent
  await pushAs(owner, store, [event(1, 'too late')])
  expect(socket.received.join()).not.toContain(ciphertextOf(event(1, 'too late')))
  expect(await knock(friend, store)).toMatchObject({ code: 'NoRight' })
})

test('[RI6] prolonging a share counts at once', async () => {
  const [owner, friend, store] = [await signIn(server.url), await signIn(server.url), 'persona_longer']
  const { shareId, token } = await shareOf(owner, store, {
    role: 'viewer',
    expiresAt: new Date(Date.now() + 1000).toISOString(),
  })
  await open(friend, token)
  await owner.api('PATCH', `/api/stores/${store}/shares/${shareId}`, { expiresAt: null })
  await sleep(1000) // past its first end
  expect(await knock(friend, store)).toMatchObject({ status: 101 })
})

test('[RI7] an editor who may share hands on reading and writing, no more, and it ends with his right', async () => {
  const [owner, editor, guest, store] = [
    await signIn(server.url),
    await signIn(server.url),
    await signIn(server.url),
    'persona_on',
  ]
  const shares = `/api/stores/${store}/shares`
  const given = await shareOf(owner, store, { role: 'editor', canShare: true })
  await open(editor, given.token)
  for (const terms of [{ role: 'auditor' }, { role: 'editor', canShare: true }])
    expect(await editor.api('POST', shares, terms)).toMatchObject({ status: 403, code: 'MayNotShare' })

  const onward = await shareOf(editor, store, { role: 'editor' })
  await open(guest, onward.token)
  expect(await outcomeOf(await pushAs(guest, store, [event(1)]))).toBe('Success')
  expect((await editor.api('GET', shares)).body.shares).toHaveLength(1) // his own, not the owner's
  expect((await owner.api('GET', shares)).body.shares).toHaveLength(2)
  expect(await editor.api('DELETE', `${shares}/${given.shareId}`)).toMatchObject({ status: 404 })

  const socket = await openSocket(guest, store)
  await owner.api('PATCH', `${shares}/${given.shareId}`, { role: 'viewer', canShare: false })
  expect(await socket.closed).toEqual({ code: 4403, reason: 'RightsChanged' })
  expect(await knock(guest, store)).toMatchObject({ code: 'NoRight' })
  expect(await open(await signIn(server.url), onward.token)).toMatchObject({ status: 410, code: 'ShareRevoked' })
})

test('[RI9] what a viewer writes is refused by name, stays with him, and is in the access log once', async () => {
  const [owner, friend, auditor, store] = [
    await signIn(server.url),
    await signIn(server.url),
    await signIn(server.url),
    'persona_read',
  ]
  await open(friend, (await shareOf(owner, store, { role: 'viewer' })).token)
  await open(auditor, (await shareOf(owner, store, { role: 'auditor' })).token)
  for (let tries = 0; tries < 3; tries++)
    expect(await outcomeOf(await pushAs(friend, store, [event(1)]))).toBe('RoleMayNotWrite')
  expect(await eventsIn(await pullAs(owner, store))).toEqual([])
  await knock(await signIn(server.url), store)

  const whats = async (who: Person) =>
    (await who.api('GET', `/api/stores/${store}/access`)).body.entries.map(({ what, why }) => `${what} ${why}`.trim())
  await expect.poll(() => whats(auditor)).toContain('connect refused NoRight')
  const said = await whats(owner)
  expect(said.filter((what) => what === 'push refused RoleMayNotWrite')).toHaveLength(1)
  expect(said.filter((what) => /^share (created|opened)/.test(what))).toHaveLength(4)
  expect(said).toContain('store opened')
})

test('[RI16] that a log was exported is told to the access log, and by nobody without a right', async () => {
  const [owner, stranger, path] = [await signIn(server.url), await signIn(server.url), '/api/stores/persona_out/access']
  await owner.api('GET', '/api/stores/persona_out')
  expect(await owner.api('POST', path, { what: 'log exported' })).toMatchObject({ status: 201 })
  expect(await owner.api('POST', path, { what: 'share revoked' })).toMatchObject({ code: 'MalformedBody' })
  expect(await stranger.api('POST', path, { what: 'log exported' })).toMatchObject({ code: 'NoRight' })
  expect((await owner.api('GET', path)).body.entries).toMatchObject([{ what: 'log exported' }])
})

const shareOf = async (owner: Person, storeId: string, terms: object) => {
  const answer = await owner.api('POST', `/api/stores/${storeId}/shares`, terms)
  expect(answer.status).toBe(201)
  return answer.body
}

const look = (person: Person, token: string) => person.api('POST', '/api/shares/look', { token })

const open = (person: Person, token: string) => person.api('POST', '/api/shares/open', { token })
