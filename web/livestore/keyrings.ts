import type { SecretChange } from '#sealing/owner-secrets.ts'
import { newRecipientPair } from '#sealing/recipient-pair.ts'
import { newSecret, ownerKeyFrom } from '#sealing/store-secret.ts'
import { type FirstKeyring, get, type KeptSecret, type Keyring, put, putIfAbsent } from './device-db.ts'

type Secret = Uint8Array<ArrayBuffer>

/** The secrets of a workspace on this device, if it has any. */
export const keyringOf = async (workspaceId: string): Promise<Keyring | undefined> => {
  const found = await get('keyrings', workspaceId)
  return found === undefined || 'secrets' in found ? found : upgraded(found)
}

/** Two tabs, or a tab and a worker, may do it at the same time: one pair stands. */
const upgraded = async ({ workspaceId, deviceKey, ...first }: FirstKeyring): Promise<Keyring> => {
  const keyring = { workspaceId, deviceKey, secrets: [first], changes: [], pair: await newRecipientPair() }
  return navigator.locks.request(`pjai-keyring-${workspaceId}`, async () => {
    const found = await get('keyrings', workspaceId)
    if (found !== undefined && 'secrets' in found) return found
    await put('keyrings', keyring)
    return keyring
  })
}

/** Two tabs may begin it at the same time: the first one's secret is both's. */
export const beginKeyring = async (workspaceId: string): Promise<Keyring> => {
  await putIfAbsent('keyrings', workspaceId, await keyringFrom(workspaceId, [newSecret()], []))
  const begun = await keyringOf(workspaceId)
  if (begun === undefined) throw new Error(`The keyring of ${workspaceId} was removed while it was begun.`) // our bug
  return begun
}

/** The oldest first. */
export const secretsIn = ({ deviceKey, secrets }: Keyring): Promise<readonly Secret[]> =>
  Promise.all(
    secrets.map(
      async ({ nonce, sealedSecret }) =>
        new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, deviceKey, sealedSecret)),
    ),
  )

/** Keeps secrets that came with a link, or with a change, and what this device was given the next ones by. */
export const keepSecrets = async (
  workspaceId: string,
  secrets: readonly Secret[],
  changes: readonly SecretChange[],
): Promise<Keyring> => {
  const [before, made] = [await keyringOf(workspaceId), await keyringFrom(workspaceId, secrets, changes)]
  const keyring = before === undefined ? made : { ...made, pair: before.pair }
  await put('keyrings', keyring)
  return keyring
}

const keyringFrom = async (
  workspaceId: string,
  secrets: readonly Secret[],
  changes: readonly SecretChange[],
): Promise<Keyring> => {
  const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const kept = await Promise.all(secrets.map((secret) => keptSecret(deviceKey, secret)))
  return { workspaceId, deviceKey, secrets: kept, changes, pair: await newRecipientPair() }
}

const keptSecret = async (deviceKey: CryptoKey, secret: Secret): Promise<KeptSecret> => {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealedSecret = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, deviceKey, secret)
  return { ownerKey: await ownerKeyFrom(secret), nonce, sealedSecret }
}
