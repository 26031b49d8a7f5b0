import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { filesWith, serverFiles } from '#tests/support/server-files.ts'
import { type Person, signIn } from './people.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-erased-'))
let server: TestServer
let owner: Person

beforeAll(async () => {
  server = await startServer({ dataDir })
  owner = await signIn(server.url)
}, 120_000)

afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

const mark = randomBytes(9).toString('base64')

const randomKey = () => ({
  keyId: randomBytes(16).toString('base64url'),
  wrapped: mark + randomBytes(51).toString('base64'),
})

/** The wrapped keys that stand anywhere in the server's files. */
const found = () => {
  const wrapped = new RegExp(`${mark.replaceAll('+', '\\+')}[A-Za-z0-9+/]{68}`, 'g')
  return new Set(serverFiles(dataDir).flatMap(({ bytes }) => bytes.toString('latin1').match(wrapped) ?? []))
}

const erase = async (storeId: string, order: object, who = owner) =>
  expect(await who.api('POST', `/api/stores/${storeId}/erasures`, order)).toMatchObject({ status: 201 })

test.each([3000, 20_000])(
  '[ER16] of a key that was destroyed, one of %i, no byte stays on the server',
  async (count) => {
    const storeId = `persona_of${count}`
    const keys = Array.from({ length: count }, randomKey)
    for (let from = 0; from < count; from += 500)
      await owner.api('POST', `/api/stores/${storeId}/keys`, { keys: keys.slice(from, from + 500) })
    expect(found().size).toBe(count)
    const third = (rest: number) => keys.filter((_, index) => index % 3 === rest && index < 3000)
    for (const gone of [third(0), third(1)]) {
      await erase(storeId, { keyIds: gone.map(({ keyId }) => keyId) })
      const left = found()
      expect(gone.filter(({ wrapped }) => left.has(wrapped))).toEqual([])
    }
    expect(found().size).toBe(count - 2000)
    await erase(storeId, { everything: true })
    expect(found().size).toBe(0)
  },
  120_000,
)

test('[ER17] of an erased account no byte of a keyring, of what a share hands over or of a blob stays on the server', async () => {
  const accounts = await Promise.all(['a', 'b', 'c', 'd', 'e'].map(keepAll))
  const [, leaving, , alsoLeaving] = accounts
  for (const account of [leaving, alsoLeaving]) {
    expect(notKept(account?.kept)).toEqual([])
    await erase(account!.storeId, { everything: true }, account!.person)
    expect(await account?.person.api('DELETE', '/api/account')).toMatchObject({ status: 200 })
  }
  for (const account of accounts) {
    const isGone = account === leaving || account === alsoLeaving
    expect(notKept(account.kept)).toEqual(isGone ? Object.keys(account.kept) : [])
  }
})

/** An account with something of all that the server keeps sealed. */
const keepAll = async (letter: string) => {
  const person = await signIn(server.url)
  const storeId = `persona_whole${letter}`
  const text = () => randomBytes(30).toString('hex')
  const kept = { share: text(), keyring: text(), blob: text() }
  const headers = { Origin: server.url, Cookie: person.cookie }
  const blobUrl = `${server.url}/api/stores/${storeId}/blobs/${letter.repeat(22)}/${letter.repeat(22)}`
  await person.api('GET', `/api/stores/${storeId}`)
  const answers = [
    await person.api('PUT', '/api/recovery', {
      id: letter.repeat(22),
      proof: letter.repeat(43),
      keyring: kept.keyring,
    }),
    await person.api('POST', `/api/stores/${storeId}/shares`, { role: 'viewer', sealed: kept.share }),
    await fetch(blobUrl, { method: 'PUT', body: kept.blob, headers }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 201])
  return { person, storeId, kept }
}

const notKept = (kept: Readonly<Record<string, string>> = {}) =>
  Object.keys(kept).filter((name) => filesWith(dataDir, kept[name] ?? '').length === 0)
