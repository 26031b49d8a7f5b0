import { expect, test } from 'vitest'
import { blobIdOf, ChunkBroken, type ChunkPlace, openChunk, sealChunk } from '#sealing/sealed-chunk.ts'
import { newSecret, storeKeysFrom } from '#sealing/store-secret.ts'

const newKey = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
const plain = new TextEncoder().encode('The harbour lights in Lisbon')
const place: ChunkPlace = { storeId: 'persona_ada', keyId: 'k'.repeat(22), sha256: 'ab', index: 0, count: 2 }

test('[AT16] a chunk opens where it was sealed for, as it was, and says nothing before', async () => {
  const key = await newKey()
  const sealed = await sealChunk(key, place, plain)
  expect(await openChunk(key, place, sealed)).toEqual(plain)
  expect(Buffer.from(sealed).toString('latin1')).not.toContain('Lisbon')
  expect(await sealChunk(key, place, plain)).not.toEqual(sealed)
})

test.each([
  ['another store', { storeId: 'persona_eve' }],
  ['another key’s name', { keyId: 'l'.repeat(22) }],
  ['another file', { sha256: 'cd' }],
  ['another place', { index: 1 }],
  ['the thumbnail', { index: 'thumbnail' as const }],
  ['a longer file', { count: 3 }],
])('[AT17] a chunk moved to %s does not open', async (_, moved) => {
  const key = await newKey()
  const sealed = await sealChunk(key, place, plain)
  expect(await openChunk(key, { ...place, ...moved }, sealed)).toBeInstanceOf(ChunkBroken)
})

test('[AT17] a chunk that was changed, cut short, or sealed with another key does not open', async () => {
  const key = await newKey()
  const sealed = await sealChunk(key, place, plain)
  for (const at of [0, 12, sealed.length - 1]) {
    const changed = sealed.slice()
    changed[at]! ^= 1
    expect(await openChunk(key, place, changed)).toBeInstanceOf(ChunkBroken)
  }
  for (const length of [0, 5, 20])
    expect(await openChunk(key, place, sealed.slice(0, length))).toBeInstanceOf(ChunkBroken)
  expect(await openChunk(await newKey(), place, sealed)).toBeInstanceOf(ChunkBroken)
})

test('[AT18] the name of a blob is the same for the same bytes of a subject, and tells who has no key nothing', async () => {
  const secret = newSecret()
  const [here, there] = [await storeKeysFrom(secret, 'persona_ada'), await storeKeysFrom(secret, 'persona_ada')]
  const name = await blobIdOf(here, 'conversationId c1', place)
  expect(name).toMatch(/^[\w-]{22}$/)
  expect(await blobIdOf(there, 'conversationId c1', place)).toBe(name)
  const others = await Promise.all([
    blobIdOf(here, 'conversationId c2', place),
    blobIdOf(here, 'conversationId c1', { ...place, index: 1 }),
    blobIdOf(here, 'conversationId c1', { ...place, sha256: 'cd' }),
    blobIdOf(await storeKeysFrom(newSecret(), 'persona_ada'), 'conversationId c1', place),
    blobIdOf(await storeKeysFrom(secret, 'persona_eve'), 'conversationId c1', place),
  ])
  expect(new Set([name, ...others]).size).toBe(6)
})
