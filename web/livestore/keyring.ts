import { ShareBroken, type ShareLink } from '#sealing/share-link.ts'
import { newSecret, ownerKeyFrom, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import type { WorkspaceKey } from '#sealing/workspace-link.ts'
import { get, getAll, type Keyring, put, putIfAbsent } from './device-db.ts'
import { type GivenShare, openLink } from './given-shares.ts'
import { keepRight } from './rights.ts'
import { session } from './session.ts'
import { makeKeysOf } from './store-keys.ts'

/**
 * The keys of this device.
 *
 *     keyrings   the secret of each workspace on this device: made here, or come with its link
 *     storeKeys  what each store is sealed with: derived from it, or given by a share; workers read them from here
 *
 * A store opened once keeps its keys, whichever workspace the device shows later. `linksTo`: by which links the store
 * came, if it is another person's.
 */
export const ensureStoreKeys = async (
  storeId: string,
  linksTo: (storeId: string) => Promise<readonly ShareLink[]>,
): Promise<void> => {
  const known = await get('storeKeys', storeId)
  if (known?.presenceKey !== undefined) return // those kept by an older version lack the newest of them
  const links = known === undefined ? await linksTo(storeId) : []
  if (links.length > 0) return fetchStoreKeys(links)
  const { workspaceId } = known ?? session
  // A key that is in use is never made anew from another secret.
  const keyring =
    (await get('keyrings', workspaceId)) ?? (known === undefined ? await beginKeyring(workspaceId) : undefined)
  if (keyring !== undefined) await deriveStoreKeys(keyring, storeId)
}

/** The links are tried in turn: an older one may hold when a newer one has ended. */
const fetchStoreKeys = async ([link, ...others]: readonly ShareLink[]): Promise<void> => {
  if (link === undefined) return
  const given = await openLink(link)
  if (!(given instanceof Error)) return keepGivenKeys(given, link)
  if (others.length === 0) throw given
  return fetchStoreKeys(others)
}

/** Keeps what a share gave: from then on its store opens here, offline too. */
export const keepGivenKeys = async ({ content, right }: GivenShare, link: ShareLink): Promise<void> => {
  const { storeId, secrets } = content
  const [secret] = secrets
  if (secret === undefined) throw new ShareBroken()
  await put('storeKeys', { ...(await storeKeysFrom(secret, storeId)), workspaceId: session.workspaceId, link })
  await keepRight(right)
}

/** The secrets of a store from the oldest on, to share it. Of another person's they are asked for: no device keeps them. */
export const storeSecretsOf = async (storeId: string): Promise<readonly Uint8Array<ArrayBuffer>[] | Error> => {
  const keys = await get('storeKeys', storeId)
  const link = keys?.link
  if (link !== undefined) {
    const given = await openLink(link)
    return given instanceof Error ? given : given.content.secrets
  }
  const ownerKey = await ownerKeyFrom((await workspaceKeyOf(keys?.workspaceId ?? session.workspaceId)).secret)
  const generations = await (await makeKeysOf(storeId)).generations()
  return Promise.all(
    Array.from({ length: generations }, (_, generation) => storeSecretFrom(ownerKey, storeId, generation)),
  )
}

/** The secret of the generation that comes after these. */
export const nextSecretOf = async (storeId: string, generations: number): Promise<Uint8Array<ArrayBuffer>> => {
  const keys = await get('storeKeys', storeId)
  const { secret } = await workspaceKeyOf(keys?.workspaceId ?? session.workspaceId)
  return storeSecretFrom(await ownerKeyFrom(secret), storeId, generations)
}

/** Two tabs may begin it at the same time: the first one's secret is both's. */
const beginKeyring = async (workspaceId: string) =>
  putIfAbsent('keyrings', workspaceId, await keyringFrom({ workspaceId, secret: newSecret() }))

/** Keeps the secret that came with a link. What was derived for its workspace from another one is derived anew. */
export const keepWorkspaceKey = async (key: WorkspaceKey): Promise<void> => {
  const keyring = await keyringFrom(key)
  await put('keyrings', keyring)
  const derived = (await getAll('storeKeys')).filter(
    ({ workspaceId, link }) => workspaceId === key.workspaceId && link === undefined,
  )
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
