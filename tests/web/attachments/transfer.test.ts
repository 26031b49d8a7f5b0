// @vitest-environment node
import { randomBytes, webcrypto } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { newSecret, storeKeysFrom } from '#sealing/store-secret.ts'
import { serverForThisFile } from '#tests/support/served.ts'
import { type Person, signIn } from '#tests/sync-worker/people.ts'
import { FileFailure } from '#web/services/attachments/file-failure.ts'
import { makeRemoteBlobs, type RemoteBlobs } from '#web/services/attachments/remote-blobs.ts'
import { newSha256 } from '#web/services/attachments/sha256.ts'
import { fetchContent, removeContent, sendContent, type Transfer } from '#web/services/attachments/transfer.ts'

const server = serverForThisFile()
let owner: Person

beforeAll(async () => {
  owner = await signIn(server.url)
}, 120_000)

const chunkBytes = 100_000

const makeChunks = (bytes: Uint8Array<ArrayBuffer> = new Uint8Array()) => {
  const held = new Map<number | 'thumbnail', Uint8Array<ArrayBuffer>>()
  for (let at = 0; at < bytes.length; at += chunkBytes) held.set(at / chunkBytes, bytes.slice(at, at + chunkBytes))
  return {
    held,
    has: async (index: number | 'thumbnail') => held.has(index),
    read: async (index: number | 'thumbnail') => held.get(index),
    write: async (index: number | 'thumbnail', plain: Uint8Array<ArrayBuffer>) => void held.set(index, plain),
  }
}

/** Two devices of one person with the same keys, and what each asked of the real server. */
const setUp = async (storeId: string, bytes = new Uint8Array(randomBytes(950_001))) => {
  const secret = newSecret()
  const key = await webcrypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const hash = await newSha256()
  hash.update(bytes)
  const content = { sha256: hash.digest(), bytes: bytes.length, chunkBytes }
  const device = async (chunks: ReturnType<typeof makeChunks>) => {
    const asked: string[] = []
    const real = makeRemoteBlobs(server.url, storeId, { Cookie: owner.cookie, Origin: server.url })
    const blobs: RemoteBlobs = {
      ...real,
      put: async (...args) => {
        asked.push('put')
        await real.put(...args)
      },
      get: async (...args) => {
        asked.push('get')
        return real.get(...args)
      },
    }
    const first = await storeKeysFrom(secret, storeId)
    const transfer: Transfer = {
      content,
      first,
      subject: 'conversationId c1',
      keyId: 'k'.repeat(22),
      key,
      blobs,
      chunks,
    }
    return { asked, chunks, transfer }
  }
  return { bytes, device, here: await device(makeChunks(bytes)), there: await device(makeChunks()) }
}

const joined = (chunks: ReturnType<typeof makeChunks>) =>
  Buffer.concat(Array.from({ length: chunks.held.size }, (_, index) => chunks.held.get(index)!))

test('[AT22] what one device sends, another of the same person fetches, byte for byte', async () => {
  const { bytes, here, there } = await setUp('persona_whole')
  const progress: number[] = []
  await sendContent({ ...here.transfer, onProgress: (done, all) => progress.push(done / all) })
  await fetchContent(there.transfer)
  expect(joined(there.chunks).equals(bytes)).toBe(true)
  expect(progress).toEqual(Array.from({ length: 10 }, (_, index) => (index + 1) / 10))
})

test('[AT23] a transfer that was cut short goes on at the first chunk that is missing, both ways', async () => {
  const { bytes, here, there } = await setUp('persona_resumed')
  const cut = new AbortController()
  const cutAt = (count: number) => (done: number) => done === count && cut.abort()
  const stopped = { signal: cut.signal, onProgress: cutAt(4) }
  await expect(sendContent({ ...here.transfer, ...stopped })).rejects.toThrow(/abort/i)
  expect(here.asked).toHaveLength(4)
  await sendContent(here.transfer)
  expect(here.asked).toHaveLength(10)

  const again = new AbortController()
  const onProgress = (done: number) => done === 7 && again.abort()
  await expect(fetchContent({ ...there.transfer, signal: again.signal, onProgress })).rejects.toThrow(/abort/i)
  await fetchContent(there.transfer)
  expect(there.asked).toHaveLength(10)
  expect(joined(there.chunks).equals(bytes)).toBe(true)
})

test('[EP15] several chunks are fetched at once, in their order, and not more of them', async () => {
  const { bytes, here, there } = await setUp('persona_several')
  await sendContent(here.transfer)
  const { blobs } = there.transfer
  let [coming, most] = [0, 0]
  const written: (number | 'thumbnail')[] = []
  await fetchContent({
    ...there.transfer,
    atOnce: 3,
    blobs: {
      ...blobs,
      get: async (...args) => {
        most = Math.max(most, ++coming)
        return blobs.get(...args)
      },
    },
    chunks: {
      ...there.chunks,
      write: async (index, plain) => {
        written.push(index)
        coming--
        await there.chunks.write(index, plain)
      },
    },
  })
  expect(most).toBe(3)
  expect(written).toEqual([...Array(10).keys()])
  expect(joined(there.chunks).equals(bytes)).toBe(true)
})

test('[AT24] what the server has already is not sent again, and two devices that send at once end with one copy', async () => {
  const { bytes, here, there, device } = await setUp('persona_twice')
  const twin = await device(makeChunks(bytes))
  await Promise.all([sendContent(here.transfer), sendContent(twin.transfer)])
  await sendContent(here.transfer)
  expect(here.asked.length).toBeLessThanOrEqual(10)
  await fetchContent(there.transfer)
  expect(joined(there.chunks).equals(bytes)).toBe(true)
})

test('[AT25] chunks that make up another file than was added count for nothing', async () => {
  const { here, there } = await setUp('persona_corrupt')
  here.chunks.held.set(3, new Uint8Array(randomBytes(chunkBytes)))
  await sendContent(here.transfer)
  await expect(fetchContent(there.transfer)).rejects.toMatchObject({ code: 'corrupt' })
})

test('[AT26] why a transfer failed is told apart: no server, no right, an erased key, a missing chunk, an impossible file', async () => {
  const { here, there } = await setUp('persona_failing')
  const failing = (more: Partial<Transfer>) =>
    sendContent({ ...here.transfer, ...more }).catch((error: unknown) => error)
  const away = makeRemoteBlobs('http://127.0.0.1:9', 'persona_failing')
  expect(await failing({ blobs: away })).toMatchObject({ code: 'offline' })
  const stranger = await signIn(server.url)
  await owner.api('GET', '/api/stores/persona_failing')
  const foreign = makeRemoteBlobs(server.url, 'persona_failing', { Cookie: stranger.cookie, Origin: server.url })
  expect(await failing({ blobs: foreign })).toMatchObject({ code: 'refused' })
  await owner.api('POST', '/api/stores/persona_failing/erasures', { keyIds: ['e'.repeat(22)] })
  expect(await failing({ keyId: 'e'.repeat(22) })).toMatchObject({ code: 'erased' })
  await expect(fetchContent(there.transfer)).rejects.toMatchObject({ code: 'missing' })
  const endless = { ...here.transfer.content, chunkBytes: 1e-9 }
  expect(await failing({ content: endless })).toMatchObject({ code: 'malformed' })
  for (const code of ['offline', 'noRoom', 'full'] as const)
    expect(new FileFailure({ code }).message).toMatch(/^[A-Z].*\.$/)
})

test('[AT27] the chunks of a discarded file are taken away from the server', async () => {
  const { here, there } = await setUp('persona_removed')
  here.chunks.held.set('thumbnail', new Uint8Array([1, 2, 3]))
  await sendContent(here.transfer)
  await removeContent(here.transfer)
  await removeContent(here.transfer)
  await expect(fetchContent(there.transfer)).rejects.toMatchObject({ code: 'missing' })
})
