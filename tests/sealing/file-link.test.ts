import { expect, test } from 'vitest'
import { fileLink, fileLinkIn, linkChunks, openFileCard, sealFileCard } from '#sealing/file-link.ts'
import { newLinkKey } from '#sealing/link-cipher.ts'
import { ChunkBroken } from '#sealing/sealed-chunk.ts'
import { openSealedShare, ShareBroken } from '#sealing/share-link.ts'

const card = { name: 'plan.pdf', mediaType: 'application/pdf', bytes: 9, sha256: 'aa', chunkBytes: 4, encoding: null }
const plain = new Uint8Array([1, 2, 3])

test('[AT70] the link to a file carries token and key in its fragment, and a link that was cut or changed is none', () => {
  const link = { token: 'a'.repeat(26), linkKey: newLinkKey() }
  const address = new URL(fileLink('https://pjai.example', link))
  expect(address.pathname + address.search).toBe('/file')
  expect(fileLinkIn(address.hash)).toEqual(link)
  for (const hash of ['', '#', address.hash.slice(0, -1), `${address.hash}.x`, address.hash.replace('a', '!')])
    expect(fileLinkIn(hash)).toBeUndefined()
})

test('[AT70] what a link hands over opens by its own key alone, each chunk in its place, and as nothing else', async () => {
  const [linkKey, other] = [newLinkKey(), newLinkKey()]
  const sealed = await sealFileCard(linkKey, card)
  expect(sealed).not.toContain('plan')
  expect(await openFileCard(linkKey, sealed)).toEqual(card)
  for (const wrong of [openFileCard(other, sealed), openFileCard(linkKey, `${sealed.slice(0, -4)}AAAA`)])
    expect(await wrong).toBeInstanceOf(ChunkBroken)
  expect(await openSealedShare(linkKey, sealed)).toBeInstanceOf(ShareBroken)

  const chunks = await linkChunks(linkKey, 'aa', 3)
  const chunk = await chunks.seal(1, plain)
  expect(await chunks.open(1, chunk)).toEqual(plain)
  expect(await chunks.open(0, chunk)).toBeInstanceOf(ChunkBroken)
  for (const wrong of [linkChunks(other, 'aa', 3), linkChunks(linkKey, 'bb', 3), linkChunks(linkKey, 'aa', 2)])
    expect(await (await wrong).open(1, chunk)).toBeInstanceOf(ChunkBroken)
})
