import { expect, test } from 'vitest'
import { newLinkKey } from '#sealing/link-cipher.ts'
import { openSealedShare, ShareBroken, sealShare, shareLink, shareLinkIn } from '#sealing/share-link.ts'
import { newSecret, secretToText } from '#sealing/store-secret.ts'

const content = { storeId: 'persona_ada', name: 'Ada', hue: 210, secrets: [newSecret(), newSecret()] }

test('[SR1] a share is found in a link, or in what follows its #, and in nothing else', () => {
  const share = { token: 'a'.repeat(26), linkKey: newLinkKey() }
  const link = shareLink('https://example.org', share)
  const fragment = link.split('#')[1] ?? ''
  expect(link).toMatch(/^https:\/\/example\.org\/share#\w{26}\.[\w-]{43}$/)
  expect(shareLinkIn(link)).toEqual(share)
  expect(shareLinkIn(`  ${fragment}\n`)).toEqual(share)
  const others = ['', '#', 'hello', link.slice(0, -1), `${link}x`, `${link}.x`, share.token, `short.${share.linkKey}`]
  for (const text of [...others, 'https://example.org/share#../../etc']) expect(shareLinkIn(text)).toBeUndefined()
})

test('[SR2] what a share hands over opens by its link, whole, and by no other', async () => {
  const linkKey = newLinkKey()
  const sealed = await sealShare(linkKey, content)
  expect(await openSealedShare(linkKey, sealed)).toEqual(content)
  expect(await openSealedShare(newLinkKey(), sealed)).toBeInstanceOf(ShareBroken)
  for (const spoilt of ['', '!', sealed.slice(4), `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`])
    expect(await openSealedShare(linkKey, spoilt)).toBeInstanceOf(ShareBroken)
  expect(await openSealedShare('no key', sealed)).toBeInstanceOf(ShareBroken)
})

test('[SR2] what the server keeps of a share names nothing, differs each time, and fits', async () => {
  const linkKey = newLinkKey()
  const sealed = await sealShare(linkKey, content)
  expect(atob(sealed)).not.toMatch(/Ada|persona/)
  expect(sealed).not.toContain(secretToText(content.secrets[0]!))
  expect(await sealShare(linkKey, content)).not.toBe(sealed)
  const many = { ...content, name: '名'.repeat(100), secrets: Array.from({ length: 100 }, newSecret) }
  expect((await sealShare(linkKey, many)).length).toBeLessThan(8000)
})

test('[AU4] a redacted link hands over the owner’s witness of the log, and no secret', async () => {
  const linkKey = newLinkKey()
  const signed = { statement: '{}', publicKey: 'k'.repeat(43), signature: 's'.repeat(86) }
  const anchor = { checkpoint: signed, deviceId: 'd'.repeat(26), devicePublicKey: 'k', deviceSignature: 's' }
  const redacted = { ...content, secrets: [], witness: { serverKey: signed.publicKey, anchors: [anchor] } }
  const sealed = await sealShare(linkKey, redacted)
  expect(await openSealedShare(linkKey, sealed)).toEqual(redacted)
})
