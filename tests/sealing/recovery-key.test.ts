import { expect, test } from 'vitest'
import { sealChange, secretsFrom } from '#sealing/owner-secrets.ts'
import { newRecipientPair, publicKeyToText } from '#sealing/recipient-pair.ts'
import {
  KeyringBroken,
  NoRecoveryWords,
  newRecoveryWords,
  openKeyring,
  type RecoveryKey,
  recoveryKeyFrom,
  sealKeyring,
} from '#sealing/recovery-key.ts'
import { newSecret, secretToText } from '#sealing/store-secret.ts'

const keyOf = async (words: string) => (await recoveryKeyFrom(words)) as RecoveryKey // what these tests write is one

test('[RK1] a recovery key is twelve words, read however they were written down', async () => {
  const words = newRecoveryWords()
  expect(words.split(' ')).toHaveLength(12)
  const { id, proof } = await keyOf(words)
  expect(id).toMatch(/^[\w-]{22}$/)
  expect(proof).toMatch(/^[\w-]{43}$/)
  const numbered = words.split(' ').map((word, place) => `${place + 1}. ${word.toUpperCase()}\n`)
  expect(await keyOf(numbered.join(''))).toMatchObject({ id, proof })
  expect((await keyOf(newRecoveryWords())).id).not.toBe(id)
})

test('[RK2] words that are no recovery key are refused with a sentence that says why', async () => {
  const refusal = async (written: string) => ((await recoveryKeyFrom(written)) as NoRecoveryWords).message
  expect(await refusal('')).toContain('twelve words; these are 0')
  expect(await refusal('zebra zebra')).toContain('these are 2')
  expect(await refusal(Array.from({ length: 12 }, () => 'zebra').join(' '))).toContain('misspelt')
  expect(await recoveryKeyFrom('x')).toBeInstanceOf(NoRecoveryWords)
})

test('[RK3] a keyring opens with the key that sealed it, whole, and with no other', async () => {
  const [key, other] = [await keyOf(newRecoveryWords()), await keyOf(newRecoveryWords())]
  const keyring = ['a', 'b'].map((workspaceId) => ({ workspaceId, secret: newSecret() }))
  const { privateKey } = await newRecipientPair(true)
  const sealed = await sealKeyring(key, keyring, privateKey)
  expect(await openKeyring(key, sealed)).toMatchObject({ workspaces: keyring })
  expect(await openKeyring(other, sealed)).toBeInstanceOf(KeyringBroken)
  expect(await openKeyring({ ...key, id: other.id }, sealed)).toBeInstanceOf(KeyringBroken)
  for (const broken of ['', '!', sealed.slice(4), `A${sealed.slice(1)}B`])
    expect(await openKeyring(key, broken)).toBeInstanceOf(KeyringBroken)
})

test('[RK8] a keyring opens the secrets that came after it was sealed; one of an older version opens what it knew', async () => {
  const [key, storeId, [from, to]] = [await keyOf(newRecoveryWords()), 'workspace_a', [newSecret(), newSecret()]]
  const pair = await newRecipientPair(true)
  const opened = await openKeyring(key, await sealKeyring(key, [{ workspaceId: 'a', secret: from }], pair.privateKey))
  if (opened instanceof KeyringBroken || opened.privateKey === undefined) throw new Error('It holds no private key.')
  const recipient = { recipientId: 'recovery', publicKey: await publicKeyToText(pair), proof: '' }
  const change = await sealChange(storeId, 1, { from, to }, [recipient])
  const mine = [{ recipientId: 'recovery', privateKey: opened.privateKey }]
  expect(await secretsFrom(storeId, from, [change], mine)).toEqual([from, to])
  expect(opened.privateKey.extractable).toBe(false)

  const older = await sealText(key, JSON.stringify([{ workspaceId: 'a', secret: secretToText(from) }]))
  expect(await openKeyring(key, older)).toEqual({
    workspaces: [{ workspaceId: 'a', secret: from }],
    privateKey: undefined,
  })
})

/** As the first keyrings were sealed. */
const sealText = async ({ id, key }: RecoveryKey, text: string) => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const additionalData = new TextEncoder().encode(id)
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    new TextEncoder().encode(text),
  )
  return Buffer.from([...iv, ...new Uint8Array(sealed)]).toString('base64')
}
