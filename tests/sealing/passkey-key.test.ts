import { expect, test } from 'vitest'
import { passkeyKeyFrom } from '#sealing/passkey-key.ts'
import { newRecipientPair } from '#sealing/recipient-pair.ts'
import { KeyringBroken, openKeyring, sealKeyring } from '#sealing/recovery-key.ts'
import { newSecret } from '#sealing/store-secret.ts'

test('[RK7] a keyring sealed by a passkey opens with its secret, and with no other secret or passkey', async () => {
  const [secret, keyring] = [newSecret(), [{ workspaceId: 'a', secret: newSecret() }]]
  const { privateKey } = await newRecipientPair(true)
  const sealed = await sealKeyring(await passkeyKeyFrom('mine', secret), keyring, privateKey)
  expect(await openKeyring(await passkeyKeyFrom('mine', secret), sealed)).toMatchObject({ workspaces: keyring })
  expect(await openKeyring(await passkeyKeyFrom('mine', newSecret()), sealed)).toBeInstanceOf(KeyringBroken)
  expect(await openKeyring(await passkeyKeyFrom('other', secret), sealed)).toBeInstanceOf(KeyringBroken)
  expect((await passkeyKeyFrom('mine', secret)).key.extractable).toBe(false)
})
