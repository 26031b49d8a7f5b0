import { expect, test } from 'vitest'
import {
  provenRecipients,
  proveRecipient,
  type Recipient,
  SecretChangeBroken,
  sealChange,
  secretsFrom,
} from '#sealing/owner-secrets.ts'
import { newRecipientPair, publicKeyToText } from '#sealing/recipient-pair.ts'
import { newSecret } from '#sealing/store-secret.ts'

const storeId = 'workspace_mine'

const recipient = async (recipientId: string, secret: Uint8Array<ArrayBuffer>) => {
  const pair = await newRecipientPair()
  const publicKey = await publicKeyToText(pair)
  const proof = await proveRecipient(secret, storeId, { recipientId, publicKey })
  return { known: { recipientId, publicKey, proof } satisfies Recipient, mine: { recipientId, ...pair } }
}

/** Three secrets; a phone that was handed both changes, and a tablet that was signed out before the second. */
const changed = async () => {
  const secrets = [newSecret(), newSecret(), newSecret()] as const
  const [s0, s1, s2] = secrets
  const [phone, tablet] = [await recipient('phone', s0), await recipient('tablet', s0)]
  const first = await sealChange(storeId, 1, { from: s0, to: s1 }, [phone.known, tablet.known])
  const second = await sealChange(storeId, 2, { from: s1, to: s2 }, [phone.known])
  return { secrets, phone, tablet, changes: [first, second] }
}

test('[SE15] a secret gives all before it, and all after it that were sealed to whoever holds it', async () => {
  const { secrets, phone, tablet, changes } = await changed()
  const [s0, s1, s2] = secrets
  for (const known of secrets) {
    expect(await secretsFrom(storeId, known, changes, [phone.mine])).toEqual(secrets)
  }
  expect(await secretsFrom(storeId, s2, changes)).toEqual(secrets)
  expect(await secretsFrom(storeId, s1, changes)).toEqual([s0, s1])
  expect(await secretsFrom(storeId, s0, changes, [tablet.mine])).toEqual([s0, s1])
  expect(await secretsFrom(storeId, s0, [])).toEqual([s0])
})

test('[SE16] a change that no holder of the secret before it made is refused, and so is one of another workspace', async () => {
  const { secrets, phone, changes } = await changed()
  const [s0, s1] = secrets
  const [first] = changes
  const forged = await sealChange(storeId, 1, { from: newSecret(), to: newSecret() }, [phone.known])
  await expect(secretsFrom(storeId, s0, [forged], [phone.mine])).rejects.toThrow(SecretChangeBroken)
  const torn = { ...first!, previous: forged.previous }
  await expect(secretsFrom(storeId, s0, [torn], [phone.mine])).rejects.toThrow(SecretChangeBroken)
  const moved = await sealChange('workspace_other', 1, { from: s0, to: s1 }, [phone.known])
  expect(await secretsFrom(storeId, s0, [moved], [phone.mine])).toEqual([s0])
})

test('[SE17] nothing is handed to a recipient that no holder of the secret named', async () => {
  const secret = newSecret()
  const [phone, tablet, stranger] = [
    await recipient('phone', secret),
    await recipient('tablet', secret),
    await recipient('device', newSecret()),
  ]
  const swapped = { ...tablet.known, publicKey: stranger.known.publicKey }
  const named = [phone.known, swapped, stranger.known]
  expect(await provenRecipients(secret, storeId, named)).toEqual([phone.known])
  expect(await provenRecipients(secret, 'workspace_other', named)).toEqual([])
})
