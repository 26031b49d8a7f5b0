import { expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { cookieIn, type Person, personWith, signIn } from './people.ts'

const server = serverForThisFile()

const key = (letter: string) => ({ id: letter.repeat(22), proof: letter.repeat(43) })
const keep = (person: Person, letter: string) =>
  person.api('PUT', '/api/recovery', { ...key(letter), keyring: `sealed ${letter}` })
const recover = (person: Person, letter: string) => person.api('POST', '/api/recovery/use', key(letter))

test('[RK4] who has the recovery key is let into the account, given its sealed keyring, and brings along what he had', async () => {
  const [lost, found] = [await signIn(server.url), await signIn(server.url)]
  await lost.api('GET', '/api/stores/persona_lost')
  await found.api('GET', '/api/stores/persona_new')
  expect((await lost.api('GET', '/api/recovery')).body).toEqual({ madeAt: null })
  expect(await keep(lost, 'a')).toMatchObject({ status: 200 })
  expect((await lost.api('GET', '/api/recovery')).body).toEqual({ madeAt: expect.any(String) })

  const answer = await recover(found, 'a')
  expect(answer).toMatchObject({ status: 200, body: { accountId: lost.accountId, keyring: 'sealed a' } })
  const back = personWith(server.url, cookieIn(answer))
  for (const storeId of ['persona_lost', 'persona_new'])
    expect((await back.api('GET', `/api/stores/${storeId}`)).body).toMatchObject({ role: 'owner' })
  expect((await recover(await signIn(server.url), 'a')).status).toBe(200) // not used up: it is the last resort
})

test('[RK5] a wrong id or proof recovers nothing, and a new key makes the one before worthless', async () => {
  const [owner, stranger] = [await signIn(server.url), await signIn(server.url)]
  await keep(owner, 'b')
  for (const wrong of [{ ...key('b'), proof: 'c'.repeat(43) }, key('c')])
    expect(await stranger.api('POST', '/api/recovery/use', wrong)).toMatchObject({
      status: 404,
      code: 'RecoveryNotFound',
    })
  expect(await stranger.api('POST', '/api/recovery/use', { id: 'b' })).toMatchObject({ code: 'MalformedBody' })
  expect(await personWith(server.url, '').api('PUT', '/api/recovery', {})).toMatchObject({ code: 'NotSignedIn' })
  await keep(owner, 'd')
  expect(await recover(stranger, 'b')).toMatchObject({ code: 'RecoveryNotFound' })
  expect(await recover(stranger, 'd')).toMatchObject({ status: 200 })
})
