import { beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { cookieIn, type Person, personWith, signIn } from './people.ts'

const server = serverForThisFile()
let owner: Person
let recipientId: string
const storeId = 'workspace_mine'
const secrets = `/api/stores/${storeId}/secrets`

beforeAll(async () => {
  owner = await signIn(server.url)
  recipientId = (await owner.api('GET', secrets)).body.recipientId
}, 120_000)

const text = (letter: string) => letter.repeat(40)
const recipient = { publicKey: text('A'), proof: text('B') }
const name = (who: Person, id: string, body: unknown = recipient, store = storeId) =>
  who.api('PUT', `/api/stores/${store}/recipients/${id}`, body)
const change = (era: number) => ({
  era,
  publicKey: text('C'),
  previous: text('D'),
  sealed: { [recipientId]: text('E') },
  proofs: { [recipientId]: text('F') },
})

test('[AC27] changes of a secret are kept in order; of two that are made at once, one is refused', async () => {
  expect(await name(owner, recipientId)).toMatchObject({ status: 200 })
  expect(await owner.api('POST', secrets, change(2))).toMatchObject({ status: 409, code: 'SecretChanged' })
  const [one, other] = await Promise.all([1, 1].map((era) => owner.api('POST', secrets, change(era))))
  expect([one?.status, other?.status].toSorted((a, b) => Number(a) - Number(b))).toEqual([201, 409])
  expect(await owner.api('POST', secrets, change(2))).toMatchObject({ status: 201 })
  const { proofs: _, ...kept } = change(2)
  expect((await owner.api('GET', secrets)).body).toEqual({
    changes: [{ ...kept, era: 1 }, kept],
    recipients: [{ recipientId, ...recipient, proof: text('F') }],
    recipientId,
  })
})

test('[AC28] a recipient is there as long as its device, passkey or recovery key, and none can be named that is not', async () => {
  for (const id of ['device-other', 'passkey-other', 'recovery'])
    expect(await name(owner, id)).toMatchObject({ status: 404, code: 'RecipientNotFound' })
  await owner.api('PUT', '/api/recovery', { id: 'r'.repeat(22), proof: 'p'.repeat(43), keyring: 'sealed' })
  expect(await name(owner, 'recovery')).toMatchObject({ status: 200 })

  const { code } = (await owner.api('POST', '/api/pairings', {})).body
  const phone = await signIn(server.url)
  const paired = await phone.api('POST', '/api/pairings/use', { code })
  const joined = personWith(server.url, cookieIn(paired))
  const { recipientId: theirs } = (await joined.api('GET', secrets)).body
  await name(joined, theirs)
  const named = async () => (await owner.api('GET', secrets)).body.recipients.map((it) => it.recipientId)
  expect(await named()).toEqual([recipientId, theirs].sort().concat('recovery'))
  await owner.api('DELETE', `/api/devices/${theirs.replace('device-', '')}`)
  expect(await named()).toEqual([recipientId, 'recovery'])
})

test('[AC29] the changes of a workspace are its owner’s alone, and malformed ones are refused', async () => {
  const stranger = await signIn(server.url)
  expect(await stranger.api('GET', secrets)).toMatchObject({ status: 403, code: 'NoRight' })
  expect(await stranger.api('POST', secrets, change(3))).toMatchObject({ code: 'NoRight' })
  expect(await name(stranger, recipientId)).toMatchObject({ code: 'NoRight' })
  expect(await personWith(server.url, '').api('GET', secrets)).toMatchObject({ code: 'NotSignedIn' })
  const persona = '/api/stores/persona_mine/secrets'
  expect(await owner.api('GET', persona)).toMatchObject({ code: 'NoRight' })
  for (const body of [{}, { ...change(3), previous: 'no base64!' }, { ...change(3), era: 0 }])
    expect(await owner.api('POST', secrets, body)).toMatchObject({ status: 400, code: 'MalformedBody' })
  expect(await name(owner, recipientId, { publicKey: '' })).toMatchObject({ code: 'MalformedBody' })
})
