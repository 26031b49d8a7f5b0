import { createHash, webcrypto } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { pullAs, pushAs } from './http.ts'
import { type Answer, knock, openSocket, type Person, signIn } from './people.ts'
import { event, eventsIn } from './rpc.ts'

const server = serverForThisFile()
let owner: Person

beforeAll(async () => {
  owner = await signIn(server.url)
}, 120_000)

const row = (name: string) => ({ keyId: name.padEnd(22, '_'), wrapped: 'A'.repeat(80) })
const [tea, jam] = [row('tea'), row('jam')]
const never = 'never'.padEnd(22, '_')

const erase = (who: Person, storeId: string, order: object) => who.api('POST', `/api/stores/${storeId}/erasures`, order)

const keysIn = async (storeId: string) => (await owner.api('GET', `/api/stores/${storeId}/keys`)).body.rows

/** What a certificate states, when its signature holds. */
const stated = async ({ body: { statement, signature, publicKey } }: Answer) => {
  const [key, signed] = [publicKey, signature].map((text) => Buffer.from(text, 'base64url'))
  const imported = await webcrypto.subtle.importKey('raw', key!, 'Ed25519', false, ['verify'])
  expect(await webcrypto.subtle.verify('Ed25519', imported, signed!, Buffer.from(statement))).toBe(true)
  expect((await owner.api('GET', '/api/signing-key')).body).toEqual({ algorithm: 'Ed25519', publicKey })
  return JSON.parse(statement)
}

test('[ER1] keys are destroyed for everybody and for ever, others stay, and whoever reads on learns of it', async () => {
  const path = '/api/stores/persona_some/keys'
  await owner.api('POST', path, { keys: [tea, jam] })
  expect(await erase(owner, 'persona_some', { keyIds: [tea.keyId, never] })).toMatchObject({ status: 201 })
  const gone = [tea.keyId, never].map((keyId) => ({ keyId, wrapped: null }))
  expect(await keysIn('persona_some')).toEqual([jam, ...gone])
  expect((await owner.api('GET', `${path}?from=2`)).body.rows).toEqual(gone)
  const again = await owner.api('POST', path, { keys: [tea, { ...jam, keyId: never }] })
  expect(again.body.rows).toEqual(gone)
})

test('[ER2] a certificate says which keys were destroyed when, signed; asked again it says the same', async () => {
  await owner.api('POST', '/api/stores/persona_certified/keys', { keys: [tea] })
  const first = await stated(await erase(owner, 'persona_certified', { keyIds: [tea.keyId] }))
  expect(first).toMatchObject({ certificate: 'pjai erasure 1', storeId: 'persona_certified' })
  expect(first.destroyed).toEqual([{ keyId: tea.keyId, at: first.issuedAt }])
  const second = await stated(await erase(owner, 'persona_certified', { keyIds: [tea.keyId, jam.keyId] }))
  expect(second.destroyed).toMatchObject([...first.destroyed, { keyId: jam.keyId }])
})

test('[ER3] what is no order to erase is refused and destroys nothing', async () => {
  await owner.api('POST', '/api/stores/persona_strict/keys', { keys: [tea] })
  const orders = [{}, { keyIds: [] }, { keyIds: ['short'] }, { everything: false }, { keyIds: [tea.keyId], all: 1 }]
  for (const order of orders)
    expect(await erase(owner, 'persona_strict', order)).toMatchObject({ status: 400, code: 'MalformedBody' })
  const stranger = await signIn(server.url)
  expect(await erase(stranger, 'persona_strict', { keyIds: [tea.keyId] })).toMatchObject({ code: 'NoRight' })
  expect(await erase(stranger, 'persona_strict', { everything: true })).toMatchObject({ code: 'NoRight' })
  expect(await keysIn('persona_strict')).toEqual([tea])
})

test('[ER4] a store erased as a whole closes its sockets, ends its shares, and is nobody’s any more', async () => {
  const storeId = 'persona_whole'
  await owner.api('POST', `/api/stores/${storeId}/keys`, { keys: [tea, jam] })
  await pushAs(owner, storeId, [event(1)])
  const reader = await signIn(server.url)
  const share = await owner.api('POST', `/api/stores/${storeId}/shares`, { role: 'viewer' })
  await reader.api('POST', '/api/shares/open', { token: share.body.token })
  const sockets = await Promise.all([openSocket(owner, storeId), openSocket(reader, storeId)])

  const certificate = await stated(await erase(owner, storeId, { everything: true }))
  const ids = [jam.keyId, tea.keyId].sort().join('\n')
  expect(certificate.everything).toEqual({ keys: 2, sha256: createHash('sha256').update(ids).digest('hex') })
  for (const { closed } of sockets) expect(await closed).toEqual({ code: 4403, reason: 'StoreErased' })
  for (const person of [owner, reader, await signIn(server.url)]) {
    expect(await knock(person, storeId)).toEqual({ status: 403, code: 'NoRight' })
    for (const path of ['', '/keys', '/access'])
      expect(await person.api('GET', `/api/stores/${storeId}${path}`)).toMatchObject({
        status: 410,
        code: 'StoreErased',
      })
  }
  expect(await owner.api('POST', `/api/stores/${storeId}/keys`, { keys: [tea] })).toMatchObject({ status: 410 })
  expect((await stated(await erase(owner, storeId, { everything: true }))).everything.keys).toBe(2)
  expect(await erase(reader, storeId, { everything: true })).toMatchObject({ code: 'StoreErased' })
})

test('[ER5] an account is erased when all it owns is, and nothing is kept of it', async () => {
  const leaving = await signIn(server.url)
  await leaving.api('GET', '/api/stores/workspace_leaving')
  expect(await leaving.api('DELETE', '/api/account')).toMatchObject({ status: 409, code: 'StoresRemain' })
  expect((await leaving.api('GET', '/api/devices')).status).toBe(200)
  await erase(leaving, 'workspace_leaving', { everything: true })
  expect(await leaving.api('DELETE', '/api/account')).toMatchObject({ status: 200 })
  expect(await leaving.api('GET', '/api/devices')).toMatchObject({ status: 401, code: 'NotSignedIn' })
  const next = await signIn(server.url)
  expect(await next.api('GET', '/api/stores/workspace_leaving')).toMatchObject({ code: 'StoreErased' })
})

test('[ER6] the log stays as it is, and what is not erased goes on', async () => {
  const storeId = 'persona_goeson'
  await pushAs(owner, storeId, [event(1), event(2)])
  const before = await eventsIn(await pullAs(owner, storeId))
  await erase(owner, storeId, { keyIds: [tea.keyId] })
  expect(await eventsIn(await pullAs(owner, storeId))).toEqual(before)
  expect((await pushAs(owner, storeId, [event(3)])).ok).toBe(true)
})
