import { newSecret, ownerKeyFrom, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import type { WorkspaceKey } from '#sealing/workspace-link.ts'
import { get, getAll, type Keyring, put, putIfAbsent } from './device-db.ts'
import { session } from './session.ts'

/**
 * The keys of this device.
 *
 *     keyrings   the secret of each workspace on this device: made here, or come with its link
 *     storeKeys  what each store is sealed with, derived from it; workers read them from here
 *
 * A store opened once keeps its keys, whichever workspace the device shows later.
 */
export const ensureStoreKeys = async (storeId: string): Promise<void> => {
  if (ensured.has(storeId)) return
  const known = await get('storeKeys', storeId)
  // Those kept by an older version lack the newest of them.
  if (known?.presenceKey === undefined) {
    const { workspaceId } = known ?? session
    // A key that is in use is never made anew from another secret.
    const keyring =
      (await get('keyrings', workspaceId)) ?? (known === undefined ? await beginKeyring(workspaceId) : undefined)
    if (keyring !== undefined) await deriveStoreKeys(keyring, storeId)
  }
  ensured.add(storeId)
}

const ensured = new Set<string>()

/** Two tabs may begin it at the same time: the first one's secret is both's. */
const beginKeyring = async (workspaceId: string) =>
  putIfAbsent('keyrings', workspaceId, await keyringFrom({ workspaceId, secret: newSecret() }))

/** Keeps the secret that came with a link. What was derived for its workspace from another one is derived anew. */
export const keepWorkspaceKey = async (key: WorkspaceKey): Promise<void> => {
  const keyring = await keyringFrom(key)
  await put('keyrings', keyring)
  const derived = (await getAll('storeKeys')).filter(({ workspaceId }) => workspaceId === key.workspaceId)
  await Promise.all(derived.map(({ storeId }) => deriveStoreKeys(keyring, storeId)))
}

const deriveStoreKeys = async ({ workspaceId, ownerKey }: Keyring, storeId: string) => {
  const keys = await storeKeysFrom(await storeSecretFrom(ownerKey, storeId), storeId)
  await put('storeKeys', { ...keys, workspaceId })
}

export const hasWorkspaceKey = async (workspaceId: string): Promise<boolean> =>
  (await get('keyrings', workspaceId)) !== undefined

/** To show it to the person, for the next device. */
export const workspaceKeyOf = async (workspaceId: string): Promise<WorkspaceKey> => {
  const { deviceKey, nonce, sealedSecret } = (await get('keyrings', workspaceId)) ?? (await beginKeyring(workspaceId))
  const secret = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce }, deviceKey, sealedSecret)
  return { workspaceId, secret: new Uint8Array(secret) }
}

const keyringFrom = async ({ workspaceId, secret }: WorkspaceKey): Promise<Keyring> => {
  const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealedSecret = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, deviceKey, secret)
  return { workspaceId, ownerKey: await ownerKeyFrom(secret), deviceKey, nonce, sealedSecret }
}
