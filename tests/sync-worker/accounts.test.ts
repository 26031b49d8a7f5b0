import { expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { makeAuthenticator } from './authenticator.ts'
import { pushAs } from './http.ts'
import { cookieIn, knock, openSocket, type Person, personWith, signIn } from './people.ts'
import { ciphertextOf, event, outcomeOf } from './rpc.ts'

const server = serverForThisFile()

// First: the server is fresh, and has no table yet.
test('[AC3] devices that sign in to a fresh server at once all get an account', async () => {
  const people = await Promise.all(Array.from({ length: 6 }, () => signIn(server.url)))
  expect(new Set(people.map(({ accountId }) => accountId)).size).toBe(6)
  for (const person of people) expect((await person.api('GET', '/api/devices')).status).toBe(200)
})

test('[AC1] one request makes an anonymous account; its cookie is HttpOnly, SameSite=Strict, and of this host alone', async () => {
  const answer = await personWith(server.url, '').api('POST', '/api/auth/sign-in/anonymous', {})
  expect(answer.body.user.isAnonymous).toBe(true)
  const cookie = String(answer.headers.get('set-cookie'))
  expect(cookie).toMatch(/^pjai\.session_token=[^;]+; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Strict$/)
})

test('[AC1] signing in anonymously twice is refused: a device has one account', async () => {
  const person = await signIn(server.url)
  const again = await person.api('POST', '/api/auth/sign-in/anonymous', {})
  expect(again).toMatchObject({ status: 400, code: 'ANONYMOUS_USERS_CANNOT_SIGN_IN_AGAIN_ANONYMOUSLY' })
})

test('[AC2] without a session the API and the logs are closed, but for health and signing in', async () => {
  const nobody = personWith(server.url, '')
  for (const path of ['/api/devices', '/api/stores', '/api/stores/persona_x', '/api/stores/persona_x/access'])
    expect(await nobody.api('GET', path)).toMatchObject({ status: 401, code: 'NotSignedIn' })
  expect(await nobody.api('POST', '/api/pairings', {})).toMatchObject({ status: 401, code: 'NotSignedIn' })
  expect(await knock(nobody, 'persona_x')).toEqual({ status: 401, code: 'NotSignedIn' })
  expect((await nobody.api('GET', '/api/health')).status).toBe(200)
  expect((await nobody.api('GET', '/api/auth/get-session')).status).toBe(200)
})

test('[AC4] an e-mail attached to an anonymous account keeps what it owns, its rights and its other devices', async () => {
  const [laptop, friend] = [await signIn(server.url), await signIn(server.url)]
  const phone = await pair(laptop, await signIn(server.url))
  await pushAs(laptop, 'persona_mine', [event(1)])
  await open(laptop, await share(friend, 'persona_theirs', { role: 'editor' }))
  const socket = await openSocket(phone, 'persona_mine')

  await attachEmail(laptop, 'Ada@Example.org')
  expect((await laptop.api('GET', '/api/account')).body).toEqual({
    accountId: laptop.accountId,
    email: 'ada@example.org',
    passkeys: [],
  })
  for (const one of [laptop, phone])
    expect(await storesOf(one)).toEqual({ persona_mine: 'owner', persona_theirs: 'editor' })
  expect(await outcomeOf(await pushAs(phone, 'persona_mine', [event(2, 'after')]))).toBe('Success')
  await expect.poll(() => socket.received.join()).toContain(ciphertextOf(event(2, 'after'))) // no socket was closed
  socket.close()

  const tablet = await signInByEmail(await signIn(server.url), 'ada@example.org')
  expect(tablet.accountId).toBe(laptop.accountId)
  expect(await storesOf(tablet)).toEqual({ persona_mine: 'owner', persona_theirs: 'editor' })
  expect((await tablet.api('GET', '/api/devices')).body.devices).toHaveLength(3)
})

test('[AC4] an account that has a passkey gets an e-mail too, and loses nothing', async () => {
  const laptop = await signIn(server.url)
  await pushAs(laptop, 'persona_both', [event(1)])
  const authenticator = makeAuthenticator(server.url)
  await registerPasskey(laptop, authenticator)
  await attachEmail(laptop, 'both@example.org')
  for (const back of [
    await signInByEmail(await signIn(server.url), 'both@example.org'),
    await signInByPasskey(await signIn(server.url), authenticator),
  ]) {
    expect(back.accountId).toBe(laptop.accountId)
    expect(await storesOf(back)).toEqual({ persona_both: 'owner' })
  }
})

test('[AC17] an e-mail that is taken or none, and a password that is too short, are refused with a sentence', async () => {
  await attachEmail(await signIn(server.url), 'taken@example.org')
  const person = await signIn(server.url)
  const attach = (email: string, given = password) =>
    person.api('POST', '/api/auth/attach-email', { email, password: given }, elsewhere())
  expect(await attach('taken@example.org')).toMatchObject({
    code: 'USER_ALREADY_EXISTS',
    body: { error: { message: 'This e-mail belongs to another account. Sign in to it, or use another e-mail.' } },
  })
  expect(await attach('nobody')).toMatchObject({ code: 'INVALID_EMAIL' })
  expect(await attach('new@example.org', 'short')).toMatchObject({
    code: 'PASSWORD_TOO_SHORT',
    body: { error: { message: 'A password has at least 10 characters.' } },
  })
  expect(await attach('new@example.org', 'x'.repeat(129))).toMatchObject({ code: 'PASSWORD_TOO_LONG' })
  expect((await person.api('GET', '/api/account')).body).toMatchObject({ email: null })
  await attachEmail(person, 'new@example.org')
  expect(await attach('newer@example.org')).toMatchObject({ code: 'PASSWORD_ALREADY_SET' })
  const change = (currentPassword: string) =>
    person.api('POST', '/api/auth/change-password', { currentPassword, newPassword: 'horse correct' }, elsewhere())
  expect(await change('not this one')).toMatchObject({
    code: 'INVALID_PASSWORD',
    body: { error: { message: 'The present password is another one.' } },
  })
  expect(await change(password)).toMatchObject({ status: 200 })
})

test('[AC17] of two accounts that come with one e-mail at once, one gets it', async () => {
  const people = await Promise.all([signIn(server.url), signIn(server.url)])
  const body = { email: 'race@example.org', password }
  const answers = await Promise.all(
    people.map((person) => person.api('POST', '/api/auth/attach-email', body, elsewhere())),
  )
  expect(answers.map(({ code }) => code)).toEqual(expect.arrayContaining(['USER_ALREADY_EXISTS', undefined]))
})

test('[AC5] a device that signs in to an account brings along what it had, and leaves its other devices behind', async () => {
  await attachEmail(await signIn(server.url), 'grace@example.org')
  const tablet = await signIn(server.url)
  const lent = await pair(tablet, await signIn(server.url))
  await pushAs(tablet, 'persona_tablet', [event(1)])

  const named = await signInByEmail(tablet, 'grace@example.org')
  expect(await storesOf(named)).toEqual({ persona_tablet: 'owner' })
  expect(await lent.api('GET', '/api/stores')).toMatchObject({ code: 'NotSignedIn' })
})

test('[AC5] a wrong password is refused, and changes nothing', async () => {
  await attachEmail(await signIn(server.url), 'linus@example.org')
  const person = await signIn(server.url)
  await pushAs(person, 'persona_kept', [event(1)])
  const answer = await person.api(
    'POST',
    '/api/auth/sign-in/email',
    {
      email: 'linus@example.org',
      password: 'wrong wrong',
    },
    elsewhere(),
  )
  expect(answer).toMatchObject({ status: 401, code: 'INVALID_EMAIL_OR_PASSWORD' })
  expect(await storesOf(person)).toEqual({ persona_kept: 'owner' })
})

test('[AC6] devices are listed with what they are and when they were seen', async () => {
  const laptop = await signIn(server.url)
  const phone = await pair(
    laptop,
    await signIn(server.url),
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1',
  )
  const { devices } = (await phone.api('GET', '/api/devices')).body
  const aTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT/)
  const seen = { id: expect.any(String), firstSeenAt: aTime, lastSeenAt: aTime }
  expect(devices).toHaveLength(2)
  expect(devices).toContainEqual({ ...seen, browser: 'Chrome', platform: 'Linux', isThisDevice: false })
  expect(devices).toContainEqual({ ...seen, browser: 'Safari', platform: 'iOS', isThisDevice: true })
  expect(JSON.stringify(devices)).not.toContain(laptop.cookie.slice(20, 40)) // no token
})

test('[AC7] revoking a device ends its session and closes its sockets at once, and no other', async () => {
  const laptop = await signIn(server.url)
  const phone = await pair(laptop, await signIn(server.url))
  await pushAs(laptop, 'persona_revoke', [event(1)])
  const [kept, lost] = [await openSocket(laptop, 'persona_revoke'), await openSocket(phone, 'persona_revoke')]
  const id = await idOf(phone)

  expect(await laptop.api('DELETE', `/api/devices/${id}`)).toMatchObject({ status: 200, body: { id } })
  expect(await lost.closed).toEqual({ code: 4403, reason: 'DeviceRevoked' })
  expect(await phone.api('GET', '/api/devices')).toMatchObject({ status: 401 })
  expect(await knock(phone, 'persona_revoke')).toMatchObject({ status: 401 })
  expect(await Promise.race([kept.closed, knock(laptop, 'persona_revoke')])).toMatchObject({ status: 101 })
  expect(await laptop.api('DELETE', `/api/devices/${id}`)).toMatchObject({ status: 404, code: 'DeviceNotFound' })
  kept.close()
})

test('[AC7] signing out closes the sockets of the device too', async () => {
  const person = await signIn(server.url)
  await attachEmail(person, 'out@example.org')
  const socket = await openSocket(person, 'persona_out')
  expect((await person.api('POST', '/api/auth/sign-out', {})).status).toBe(200)
  expect(await socket.closed).toEqual({ code: 4403, reason: 'DeviceRevoked' })
})

test('[AC8] a pairing code lets one device in, once; nonsense lets nobody in', async () => {
  const [laptop, phone, thief] = [await signIn(server.url), await signIn(server.url), await signIn(server.url)]
  const { body, status } = await laptop.api('POST', '/api/pairings', {})
  expect({ status, ...body }).toEqual({
    status: 201,
    code: expect.stringMatching(/^[0-9a-z]{26}$/),
    expiresAt: expect.any(String),
  })
  expect(Date.parse(body.expiresAt) - Date.now()).toBeLessThanOrEqual(600_000)

  expect(await phone.api('POST', '/api/pairings/use', { code: body.code })).toMatchObject({
    status: 200,
    body: { accountId: laptop.accountId },
  })
  const use = (code: unknown) => thief.api('POST', '/api/pairings/use', { code })
  expect(await use(body.code)).toMatchObject({ status: 410, code: 'PairingUsed' })
  expect(await use('0'.repeat(26))).toMatchObject({ status: 404, code: 'PairingNotFound' })
  expect(await use(7)).toMatchObject({ status: 400, code: 'MalformedBody' })
})

test('[AC8] a code is worth nothing once the device that made it is revoked', async () => {
  const laptop = await signIn(server.url)
  const phone = await pair(laptop, await signIn(server.url))
  const { code } = (await phone.api('POST', '/api/pairings', {})).body
  await laptop.api('DELETE', `/api/devices/${await idOf(phone)}`)
  const thief = await signIn(server.url)
  expect(await thief.api('POST', '/api/pairings/use', { code })).toMatchObject({ status: 404, code: 'PairingNotFound' })
})

test('[AC9] what a paired device had moves to the account, and its anonymous account is gone', async () => {
  const [laptop, phone] = [await signIn(server.url), await signIn(server.url)]
  await pushAs(phone, 'persona_phone', [event(1)])
  const paired = await pair(laptop, phone)
  expect(await storesOf(laptop)).toEqual({ persona_phone: 'owner' })
  expect(await storesOf(paired)).toEqual({ persona_phone: 'owner' })
  expect(await phone.api('GET', '/api/stores')).toMatchObject({ status: 401 })
})

test('[AC9] an account with a name stays when one of its devices is paired with another', async () => {
  const named = await signIn(server.url)
  await attachEmail(named, 'stays@example.org')
  await pushAs(named, 'persona_stays', [event(1)])
  const laptop = await signIn(server.url)
  expect(await storesOf(await pair(laptop, named))).toEqual({})
  const back = await signInByEmail(personWith(server.url, ''), 'stays@example.org')
  expect(await storesOf(back)).toEqual({ persona_stays: 'owner' })
})

test('[AC11] a page of another origin gets nothing from the API, signed in or not', async () => {
  const person = await signIn(server.url)
  for (const Origin of ['https://evil.example', 'null'])
    for (const [method, path] of [
      ['GET', '/api/devices'],
      ['POST', '/api/pairings'],
      ['POST', '/api/auth/sign-out'],
      ['POST', '/api/auth/sign-in/anonymous'],
    ] as const)
      expect(await person.api(method, path, method === 'POST' ? {} : undefined, { Origin })).toMatchObject({
        status: 403,
        code: 'ForeignOrigin',
      })
  expect((await person.api('GET', '/api/devices')).status).toBe(200)
})

test('[AC12] passwords cannot be tried one after the other', async () => {
  const nobody = personWith(server.url, '')
  const from = { 'CF-Connecting-IP': '203.0.113.9' }
  const tries = Array.from({ length: 6 }, () => ({ email: 'ada@example.org', password: 'not this one' }))
  const answers = []
  for (const body of tries) answers.push(await nobody.api('POST', '/api/auth/sign-in/email', body, from))
  expect(answers.at(-1)).toMatchObject({ status: 429, code: 'TooManyRequests' })
  expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(answers.at(-1)?.body.error?.message).toMatch(/^Too many tries. Try again in \d+ s.$/)
})

test('[AC13] what better-auth could do besides is not there', async () => {
  const person = await signIn(server.url)
  for (const path of [
    'list-sessions',
    'sign-up/email',
    'passkey/delete-passkey',
    'revoke-sessions',
    'delete-user',
    'delete-anonymous-user',
    'update-session',
    'ok',
    'open-session',
  ])
    expect(await person.api('POST', `/api/auth/${path}`, {})).toMatchObject({ status: 404, code: 'NotFound' })
})

test('[AC14] with a passkey an account is no longer anonymous, and another device signs in to it', async () => {
  const laptop = await signIn(server.url)
  await pushAs(laptop, 'persona_keyed', [event(1)])
  const authenticator = makeAuthenticator(server.url)
  await registerPasskey(laptop, authenticator)
  const { body } = await laptop.api('GET', '/api/auth/get-session')
  expect(body.user).toMatchObject({ id: laptop.accountId, isAnonymous: false })

  const phone = await signIn(server.url)
  await pushAs(phone, 'persona_carried', [event(1)])
  const named = await signInByPasskey(phone, authenticator)
  expect(named.accountId).toBe(laptop.accountId)
  expect(await storesOf(named)).toEqual({ persona_carried: 'owner', persona_keyed: 'owner' })
  expect(await storesOf(laptop)).toEqual({ persona_carried: 'owner', persona_keyed: 'owner' })

  const again = await signInByPasskey(personWith(server.url, ''), authenticator)
  expect(again.accountId).toBe(laptop.accountId)
})

test('[AC14] an answer made for another page registers no passkey', async () => {
  const person = await signIn(server.url)
  const asked = await person.api('GET', '/api/auth/passkey/generate-register-options')
  const response = makeAuthenticator('http://evil.example').register(asked.body.challenge)
  const challenged = personWith(server.url, `${person.cookie}; ${cookieIn(asked)}`)
  expect(
    (await challenged.api('POST', '/api/auth/passkey/verify-registration', { response })).status,
  ).toBeGreaterThanOrEqual(400)
  expect((await person.api('GET', '/api/auth/get-session')).body.user.isAnonymous).toBe(true)
})

test('[AC18] the passkeys of an account are listed and removed; without the last one it is anonymous again', async () => {
  const [laptop, stranger] = [await signIn(server.url), await signIn(server.url)]
  const authenticators = [makeAuthenticator(server.url), makeAuthenticator(server.url)] as const
  for (const authenticator of authenticators) await registerPasskey(laptop, authenticator)
  const { passkeys } = (await laptop.api('GET', '/api/account')).body
  expect(passkeys).toMatchObject([{ name: 'Chrome on Linux', keyring: null }, { credentialId: expect.any(String) }])
  expect((await stranger.api('GET', '/api/account')).body.passkeys).toEqual([])

  const [first, second] = passkeys.map(({ id }) => `/api/passkeys/${id}`) as [string, string]
  expect(await stranger.api('DELETE', first)).toMatchObject({ status: 404, code: 'PasskeyNotFound' })
  const isAnonymous = async () => (await laptop.api('GET', '/api/auth/get-session')).body.user.isAnonymous
  expect(await laptop.api('DELETE', first)).toMatchObject({ status: 200 })
  expect(await isAnonymous()).toBe(false)
  expect(await laptop.api('DELETE', second)).toMatchObject({ status: 200 })
  expect(await isAnonymous()).toBe(true)
  const asked = await stranger.api('GET', '/api/auth/passkey/generate-authenticate-options')
  const challenged = personWith(server.url, `${stranger.cookie}; ${cookieIn(asked)}`)
  const response = authenticators[0].signIn(asked.body.challenge)
  expect(await challenged.api('POST', '/api/auth/passkey/verify-authentication', { response })).toMatchObject({
    code: 'PASSKEY_NOT_FOUND',
  })
})

test('[AC19] a device that signs in leaves the session it came with, of its own account or of another', async () => {
  const [laptop, other] = [await signIn(server.url), await signIn(server.url)]
  await attachEmail(laptop, 'again@example.org')
  await attachEmail(other, 'other@example.org')
  const again = await signInByEmail(laptop, 'again@example.org')
  expect((await again.api('GET', '/api/devices')).body.devices).toHaveLength(1)
  expect(await laptop.api('GET', '/api/devices')).toMatchObject({ code: 'NotSignedIn' })
  const socket = await openSocket(again, 'persona_again')
  const moved = await signInByEmail(again, 'other@example.org')
  expect(await socket.closed).toEqual({ code: 4403, reason: 'DeviceRevoked' })
  expect((await moved.api('GET', '/api/devices')).body.devices).toHaveLength(2)
  expect(await storesOf(moved)).toEqual({}) // what is an account's with a name stays there
})

test('[AC21] a keyring is kept with a passkey, and given to its account alone', async () => {
  const [laptop, stranger] = [await signIn(server.url), await signIn(server.url)]
  await registerPasskey(laptop, makeAuthenticator(server.url))
  const passkeysOf = async (who: Person) => (await who.api('GET', '/api/account')).body.passkeys
  const id = (await passkeysOf(laptop))[0]?.id
  const keep = (who: Person, keyring: unknown) => who.api('PUT', `/api/passkeys/${id}/keyring`, { keyring })
  expect(await keep(stranger, 'mine')).toMatchObject({ status: 404, code: 'PasskeyNotFound' })
  expect(await keep(laptop, 7)).toMatchObject({ code: 'MalformedBody' })
  for (const keyring of ['sealed', 'sealed anew']) {
    expect(await keep(laptop, keyring)).toMatchObject({ status: 200 })
    expect(await passkeysOf(laptop)).toMatchObject([{ keyring }])
  }
  await laptop.api('DELETE', `/api/passkeys/${id}`)
  expect(await keep(laptop, 'gone')).toMatchObject({ code: 'PasskeyNotFound' })
})

const registerPasskey = async (person: Person, authenticator: ReturnType<typeof makeAuthenticator>) => {
  const asked = await person.api('GET', '/api/auth/passkey/generate-register-options')
  expect(asked.body.rp).toEqual({ name: 'PJai', id: '127.0.0.1' })
  const response = authenticator.register(asked.body.challenge)
  const challenged = personWith(server.url, `${person.cookie}; ${cookieIn(asked)}`)
  const body = { response, name: 'Chrome on Linux' }
  expect(await challenged.api('POST', '/api/auth/passkey/verify-registration', body)).toMatchObject({ status: 200 })
}

const signInByPasskey = async (
  person: Person,
  authenticator: ReturnType<typeof makeAuthenticator>,
): Promise<Person> => {
  const asked = await person.api('GET', '/api/auth/passkey/generate-authenticate-options')
  const response = authenticator.signIn(asked.body.challenge)
  const challenged = personWith(server.url, `${person.cookie}; ${cookieIn(asked)}`)
  const answer = await challenged.api('POST', '/api/auth/passkey/verify-authentication', { response })
  expect(answer).toMatchObject({ status: 200 })
  const cookie = cookieIn(answer)
  return personWith(
    server.url,
    cookie,
    (await personWith(server.url, cookie).api('GET', '/api/auth/get-session')).body.user.id,
  )
}

const password = 'correct horse'

/** Each from an address of its own, or the limit of tries per address ends the tests. */
const elsewhere = () => ({ 'CF-Connecting-IP': `198.51.100.${++addresses}` })
let addresses = 0

const attachEmail = async (person: Person, email: string) => {
  const answer = await person.api('POST', '/api/auth/attach-email', { email, password }, elsewhere())
  expect(answer.status).toBe(200)
}

const signInByEmail = async (person: Person, email: string): Promise<Person> => {
  const answer = await person.api('POST', '/api/auth/sign-in/email', { email, password }, elsewhere())
  expect(answer.status).toBe(200)
  return personWith(server.url, cookieIn(answer), answer.body.user.id)
}

const pair = async (shown: Person, used: Person, agent?: string): Promise<Person> => {
  const { code } = (await shown.api('POST', '/api/pairings', {})).body
  const answer = await used.api(
    'POST',
    '/api/pairings/use',
    { code },
    agent === undefined ? {} : { 'User-Agent': agent },
  )
  expect(answer).toMatchObject({ status: 200, body: { accountId: shown.accountId } })
  return personWith(server.url, cookieIn(answer), answer.body.accountId)
}

const share = async (owner: Person, storeId: string, terms: object): Promise<string> =>
  (await owner.api('POST', `/api/stores/${storeId}/shares`, terms)).body.token

const open = (person: Person, token: string) => person.api('POST', '/api/shares/open', { token })

const storesOf = async (person: Person): Promise<Record<string, string>> => {
  const { stores } = (await person.api('GET', '/api/stores')).body
  return Object.fromEntries(stores.map(({ storeId, role }) => [storeId, role]))
}

const idOf = async (person: Person): Promise<string> =>
  (await person.api('GET', '/api/devices')).body.devices.find(({ isThisDevice }) => isThisDevice)?.id ?? ''
