import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { getBlob, putBlob } from './blob-requests.ts'
import { type Person, signIn } from './people.ts'

const server = serverForThisFile()
let owner: Person

beforeAll(async () => {
  owner = await signIn(server.url)
}, 120_000)

const id = (letter: string) => letter.repeat(22)
const path = (storeId: string, blobId: string, keyId = id('k')) => `/api/stores/${storeId}/blobs/${keyId}/${blobId}`

test('[SY35] a blob is put, read as it was, and removed; twice is no error', async () => {
  const [address, bytes] = [path('persona_blobs', id('a')), randomBytes(5_000_000)]
  expect(await putBlob(owner, address, bytes)).toMatchObject({
    status: 201,
    body: { blobId: id('a'), bytes: 5_000_000 },
  })
  expect(await putBlob(owner, address, bytes)).toMatchObject({
    status: 200,
    body: { blobId: id('a'), bytes: 5_000_000 },
  })
  const found = await getBlob(owner, address)
  expect(Buffer.from(await found.arrayBuffer()).equals(bytes)).toBe(true)
  expect(found.headers.get('Content-Type')).toBe('application/octet-stream')
  expect(found.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(found.headers.get('Cache-Control')).toBe('no-store')
  for (let times = 0; times < 2; times++) expect(await owner.api('DELETE', address)).toMatchObject({ status: 200 })
  expect(await owner.api('GET', address)).toMatchObject({ status: 404, code: 'BlobNotFound' })
})

test('[SY36] what stands under an id never becomes something else', async () => {
  const address = path('persona_once', id('b'))
  const answers = await Promise.all(['one', 'two'].map((text) => putBlob(owner, address, Buffer.from(text))))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
  const winner = answers[0]?.status === 201 ? 'one' : 'two'
  expect(await putBlob(owner, address, Buffer.from('three'))).toMatchObject({ status: 409, code: 'BlobExists' })
  expect(await (await getBlob(owner, address)).text()).toBe(winner)
})

test('[SY37] a blob that is too large, empty, of unknown length or under no legal id is refused, and nothing is kept', async () => {
  const address = path('persona_limits', id('c'))
  const put = (where: string, bytes: Buffer) => putBlob(owner, where, bytes)
  expect(await put(address, Buffer.alloc(5_000_001))).toMatchObject({ status: 413, code: 'BlobTooLarge' })
  expect(await put(address, Buffer.alloc(0))).toMatchObject({ status: 400, code: 'MalformedBody' })
  for (const blobId of ['short', id('d').slice(1), `${id('d')}d`])
    expect(await put(path('persona_limits', blobId), Buffer.from('x'))).toMatchObject({ code: 'IllegalBlobId' })
  expect(await put(path('persona_limits', id('d'), 'short'), Buffer.from('x'))).toMatchObject({ code: 'IllegalBlobId' })
  expect(await put(path('persona_limits', '..%2Fpersona_x%2Faaaaaaa'), Buffer.from('x'))).toMatchObject({ status: 404 })
  expect(await owner.api('GET', address)).toMatchObject({ code: 'BlobNotFound' })
})

test('[SY37] a body that does not say how long it is, is refused', async () => {
  const headers = { Origin: server.url, Cookie: owner.cookie, 'Transfer-Encoding': 'chunked' }
  const sent = request(server.url + path('persona_limits', id('f')), { agent: false, method: 'PUT', headers }) // its connection ends
  sent.end('sealed')
  const [response] = await once(sent, 'response')
  expect(response.statusCode).toBe(411)
})

test('[SY38] stores do not see each other’s blobs', async () => {
  await putBlob(owner, path('persona_one', id('e')), Buffer.from('mine'))
  expect(await owner.api('GET', path('persona_two', id('e')))).toMatchObject({ status: 404, code: 'BlobNotFound' })
  expect(await owner.api('GET', path('persona_On', id('e')))).toMatchObject({ status: 400, code: 'IllegalStoreId' })
})

test('[AT20] one can ask whether a blob is there without reading it', async () => {
  const address = path('persona_asked', id('g'))
  const ask = () => fetch(server.url + address, { method: 'HEAD', headers: { Cookie: owner.cookie } })
  expect((await ask()).status).toBe(404)
  await putBlob(owner, address, Buffer.from('sealed'))
  expect((await ask()).status).toBe(200)
})

test('[AT21] blobs go with the key that sealed them, those of other keys and stores stay, and none comes after', async () => {
  const at = (keyId: string, blobId = id('a')) => path('persona_erased', blobId, keyId)
  const [gone, kept, elsewhere] = [at(id('g')), at(id('h')), path('persona_other', id('a'), id('g'))]
  for (const address of [gone, at(id('g'), id('b')), kept, elsewhere])
    await putBlob(owner, address, Buffer.from('sealed'))
  const never = Array.from({ length: 100 }, (_, n) => `n${n}`.padEnd(22, '_'))
  const order = { keyIds: [id('g'), ...never] }
  expect(await owner.api('POST', '/api/stores/persona_erased/erasures', order)).toMatchObject({ status: 201 })
  for (const address of [gone, at(id('g'), id('b'))])
    expect(await owner.api('GET', address)).toMatchObject({ code: 'BlobNotFound' })
  for (const address of [kept, elsewhere]) expect((await getBlob(owner, address)).status).toBe(200)
  expect(await putBlob(owner, gone, Buffer.from('late'))).toMatchObject({ status: 410, code: 'KeyDestroyed' })
  expect(await owner.api('GET', gone)).toMatchObject({ code: 'BlobNotFound' })
})
