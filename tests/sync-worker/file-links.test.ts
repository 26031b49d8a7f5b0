import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { putBlob } from './blob-requests.ts'
import { type Person, personWith, signIn } from './people.ts'

const server = serverForThisFile()
let owner: Person
/** Whoever has a link: no session, no account. */
let anybody: Person

beforeAll(async () => {
  owner = await signIn(server.url)
  anybody = personWith(server.url, '')
}, 120_000)

const keyId = 'k'.repeat(22)
const chunks = [randomBytes(5000), randomBytes(70)]

const make = async (storeId: string, terms: object = {}) => {
  const { status, body } = await owner.api('POST', `/api/stores/${storeId}/file-links`, {
    keyId,
    chunks: 2,
    sealed: 'c2VhbGVk',
    ...terms,
  })
  expect(status).toBe(201)
  const { linkId, token } = body as unknown as { readonly linkId: string; readonly token: string } // as it is answered
  const address = `/api/stores/${storeId}/file-links/${linkId}`
  for (const [index, bytes] of chunks.entries())
    expect(await putBlob(owner, `${address}/chunks/${index}`, bytes)).toMatchObject({ status: 201 })
  return { address, token, linkId }
}

const look = (token: string) => anybody.api('POST', '/api/file-links/look', { token })
const read = (token: string, chunk: number) => anybody.api('POST', '/api/file-links/read', { token, chunk })
const bytesOf = async (token: string, chunk: number) => {
  const response = await fetch(`${server.url}/api/file-links/read`, {
    method: 'POST',
    body: JSON.stringify({ token, chunk }),
  })
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers }
}
const linksOf = async (storeId: string) =>
  (await owner.api('GET', `/api/stores/${storeId}/file-links`)).body as unknown as { readonly links: readonly object[] } // as it is answered

test('[AT66] whoever has the link to a file reads that file, signed in or not, and each download is counted and logged', async () => {
  const { token, linkId } = await make('persona_linked')
  expect(await look(token)).toMatchObject({ status: 200, body: { chunks: 2, sealed: 'c2VhbGVk', expiresAt: null } })
  expect(await linksOf('persona_linked')).toMatchObject({ links: [{ linkId, downloads: 0, lastDownloadAt: null }] })
  for (let times = 0; times < 2; times++)
    for (const [index, plain] of chunks.entries()) {
      const { status, bytes, headers } = await bytesOf(token, index)
      expect([status, bytes.equals(plain), headers.get('Cache-Control')]).toEqual([200, true, 'no-store'])
    }
  const listed = await linksOf('persona_linked')
  expect(listed).toMatchObject({ links: [{ linkId, downloads: 2, lastDownloadAt: expect.any(String) }] })
  expect(JSON.stringify(listed)).not.toContain(token)
  const { body } = await owner.api('GET', '/api/stores/persona_linked/access')
  expect(body.entries.map(({ what, why }) => `${what} ${why}`)).toEqual([
    `file downloaded ${linkId} 2`,
    `file downloaded ${linkId} 1`,
    `file link opened ${linkId}`,
    `file link created ${linkId}`,
  ])
})

test('[AT67] a link to a file gives nothing else: no other chunk, blob, log, key or list, and no other page may use it', async () => {
  const { token, linkId } = await make('persona_closed')
  const blob = `/api/stores/persona_closed/blobs/${keyId}/${'b'.repeat(22)}`
  await putBlob(owner, blob, Buffer.from('another file'))
  expect(await read(token, 2)).toMatchObject({ status: 404, code: 'BlobNotFound' })
  for (const body of [{ token, chunk: -1 }, { token, chunk: 1.5 }, { token, chunk: 'b'.repeat(22) }, { chunk: 0 }])
    expect(await anybody.api('POST', '/api/file-links/read', body)).toMatchObject({ code: 'MalformedBody' })
  for (const wrong of ['', linkId, `${token}x`])
    expect(await read(wrong, 0)).toMatchObject({ status: 404, code: 'FileLinkNotFound' })
  for (const path of [blob, '/api/stores/persona_closed/keys', '/api/stores/persona_closed/file-links'])
    expect(await anybody.api('GET', path, undefined, { Authorization: token })).toMatchObject({ code: 'NotSignedIn' })
  const foreign = { Origin: 'https://evil.example' }
  expect(await anybody.api('POST', '/api/file-links/look', { token }, foreign)).toMatchObject({ code: 'ForeignOrigin' })
  expect(await anybody.api('GET', '/api/file-links/look')).toMatchObject({ status: 405 })
})

test('[AT67] only the owner of a store makes, fills, lists and revokes links to its files', async () => {
  const { address } = await make('persona_owned')
  const { token } = (await owner.api('POST', '/api/stores/persona_owned/shares', { role: 'editor', canShare: true }))
    .body
  const editor = await signIn(server.url)
  await editor.api('POST', '/api/shares/open', { token })
  const stranger = await signIn(server.url)
  for (const [person, code] of [
    [editor, 'MayNotShare'],
    [stranger, 'NoRight'],
  ] as const) {
    const terms = { keyId, chunks: 1, sealed: 'eA==' }
    expect(await person.api('POST', '/api/stores/persona_owned/file-links', terms)).toMatchObject({ code })
    expect(await person.api('GET', '/api/stores/persona_owned/file-links')).toMatchObject({ code })
    expect(await putBlob(person, `${address}/chunks/0`, Buffer.from('x'))).toMatchObject({ code })
    expect(await person.api('DELETE', address)).toMatchObject({ code })
  }
  expect(await putBlob(owner, `${address}/chunks/2`, Buffer.from('x'))).toMatchObject({ status: 404 })
  expect(await putBlob(owner, `${address}/chunks/0`, Buffer.alloc(5_000_001))).toMatchObject({ code: 'BlobTooLarge' })
  const elsewhere = address.replace('persona_owned', 'persona_other')
  expect(await owner.api('DELETE', elsewhere)).toMatchObject({ code: 'FileLinkNotFound' })
})

test('[AT68] a link that was revoked or has expired gives nothing from then on, and its copy of the file is gone', async () => {
  const { token, address } = await make('persona_ended')
  expect(await bytesOf(token, 1)).toMatchObject({ status: 200 })
  for (let times = 0; times < 2; times++) expect(await owner.api('DELETE', address)).toMatchObject({ status: 200 })
  for (const answer of [await look(token), await read(token, 0)])
    expect(answer).toMatchObject({ status: 410, code: 'FileLinkRevoked' })
  expect(await putBlob(owner, `${address}/chunks/0`, Buffer.from('x'))).toMatchObject({ code: 'FileLinkRevoked' })

  const over = await owner.api('POST', '/api/stores/persona_ended/file-links', {
    keyId,
    chunks: 1,
    sealed: 'eA==',
    expiresAt: '2020-01-01T00:00:00.000Z',
  })
  expect(await look(over.body.token)).toMatchObject({ status: 410, code: 'FileLinkExpired' })
  const { body } = await owner.api('GET', '/api/stores/persona_ended/access')
  expect(body.entries).toContainEqual(expect.objectContaining({ what: 'file link refused', why: 'FileLinkRevoked' }))
})

test('[AT69] a link is erased with the key of its file, or with the persona, and none is made after', async () => {
  const { token, address } = await make('persona_forgotten')
  const other = await make('persona_forgotten', { keyId: 'o'.repeat(22) })
  expect(await owner.api('POST', '/api/stores/persona_forgotten/erasures', { keyIds: [keyId] })).toMatchObject({
    status: 201,
  })
  for (const answer of [await look(token), await read(token, 0)])
    expect(answer).toMatchObject({ status: 410, code: 'FileErased' })
  expect(await putBlob(owner, `${address}/chunks/0`, Buffer.from('x'))).toMatchObject({ status: 410 })
  const again = await owner.api('POST', '/api/stores/persona_forgotten/file-links', {
    keyId,
    chunks: 1,
    sealed: 'eA==',
  })
  expect(again).toMatchObject({ status: 410, code: 'KeyDestroyed' })
  expect((await bytesOf(other.token, 0)).status).toBe(200)
  await owner.api('POST', '/api/stores/persona_forgotten/erasures', { everything: true })
  expect(await read(other.token, 0)).toMatchObject({ status: 410, code: 'FileErased' })
})
