import { beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { type Person, personWith, signIn } from './people.ts'

const server = serverForThisFile()
let owner: Person

beforeAll(async () => {
  owner = await signIn(server.url)
}, 120_000)

const row = (n: number) => ({ keyId: `key${n}`.padEnd(22, '_'), wrapped: 'A'.repeat(80) })
const rows = (count: number) => Array.from({ length: count }, (_, n) => row(n))
const keysOf = (storeId: string) => `/api/stores/${storeId}/keys`

test('[SY32] what is no page of keys, or too large a one, is refused and adds nothing', async () => {
  const path = keysOf('persona_strict')
  for (const keys of [[], [row(1), { ...row(2), wrapped: 'short' }], rows(501)])
    expect(await owner.api('POST', path, { keys })).toMatchObject({ status: 400, code: 'MalformedBody' })
  expect(await owner.api('POST', path, { keys: rows(600) })).toMatchObject({ status: 413, code: 'BodyTooLarge' })
  expect(await owner.api('GET', `${path}?from=-1`)).toMatchObject({ status: 400, code: 'MalformedPage' })
  expect(await owner.api('DELETE', path)).toMatchObject({ status: 405 })
  expect((await owner.api('GET', path)).body).toEqual({ rows: [], next: 0, more: false })
  expect((await owner.api('POST', path, { keys: rows(500) })).body.rows).toHaveLength(500)
})

test('[SY34] keys are read by those who may read the log, added by those who may write to it, and by nobody else', async () => {
  const storeId = 'persona_shared'
  await owner.api('POST', keysOf(storeId), { keys: [row(1)] })
  const withRole = async (role: string) => {
    const person = await signIn(server.url)
    const share = await owner.api('POST', `/api/stores/${storeId}/shares`, { role })
    await person.api('POST', '/api/shares/open', { token: share.body.token })
    return person
  }
  const [editor, viewer] = [await withRole('editor'), await withRole('viewer')]
  for (const person of [owner, editor, viewer])
    expect((await person.api('GET', keysOf(storeId))).body.rows).toContainEqual(row(1))
  expect(await editor.api('POST', keysOf(storeId), { keys: [row(2)] })).toMatchObject({ status: 200 })
  expect(await viewer.api('POST', keysOf(storeId), { keys: [row(3)] })).toMatchObject({ code: 'MayNotWrite' })
  const stranger = await signIn(server.url)
  expect(await stranger.api('GET', keysOf(storeId))).toMatchObject({ status: 403, code: 'NoRight' })
  expect(await personWith(server.url, '').api('GET', keysOf(storeId))).toMatchObject({ code: 'NotSignedIn' })
  const foreign = { Origin: 'https://evil.example' }
  expect(await owner.api('GET', keysOf(storeId), undefined, foreign)).toMatchObject({ code: 'ForeignOrigin' })
  expect((await owner.api('GET', keysOf(storeId))).body.rows).toEqual([row(1), row(2)])
})
