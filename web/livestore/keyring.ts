import type { ShareLink } from '#sealing/share-link.ts'
import { storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import type { WorkspaceKey } from '#sealing/workspace-link.ts'
import { get, getAll, type Keyring, put } from './device-db.ts'
import type { GivenShare } from './given-shares.ts'
import { beginKeyring, keepSecrets, keyringOf, secretsIn } from './keyrings.ts'
import type { KnownSecrets } from './owner-secrets.ts'
import { keepRight } from './rights.ts'
import { session } from './session.ts'

/**
 * The keys of this device.
 *
 *     keyrings   the secrets of each workspace on this device: made here, or come with its link
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
  const keyring = (await keyringOf(workspaceId)) ?? (known === undefined ? await beginKeyring(workspaceId) : undefined)
  if (keyring !== undefined) await deriveStoreKeys(keyring, storeId)
}

/** The links are tried in turn: an older one may hold when a newer one has ended. */
const fetchStoreKeys = async ([link, ...others]: readonly ShareLink[]): Promise<void> => {
  if (link === undefined) return
  const { openLink } = await import('./given-shares.ts')
  const given = await openLink(link)
  if (!(given instanceof Error)) return keepGivenKeys(given, link)
  if (others.length === 0) throw given
  return fetchStoreKeys(others)
}

/** Keeps what a share gave: from then on its store opens here, offline too. */
export const keepGivenKeys = async ({ content, right }: GivenShare, link: ShareLink): Promise<void> => {
  const { storeId, secrets } = content
  const [secret] = secrets
  if (secret === undefined) throw new Error(`The share of ${storeId} gave no secret.`) // our bug: one without does not open
  await put('storeKeys', { ...(await storeKeysFrom(secret, storeId)), workspaceId: session.workspaceId, link })
  await keepRight(right)
}

/** Keeps the secrets that a link leads to. What was derived for its workspace from others is derived anew. */
export const keepWorkspaceKeys = async (workspaceId: string, { secrets, changes }: KnownSecrets): Promise<void> => {
  const keyring = await keepSecrets(workspaceId, secrets, changes)
  const derived = (await getAll('storeKeys')).filter(
    (keys) => keys.workspaceId === workspaceId && keys.link === undefined,
  )
  await Promise.all(derived.map(({ storeId }) => deriveStoreKeys(keyring, storeId)))
}

/** The first keys of a store are of the first secret; what came since has its place in the store's table of keys. */
const deriveStoreKeys = async ({ workspaceId, secrets: [first] }: Keyring, storeId: string) => {
  if (first === undefined) throw new Error(`The keyring of ${workspaceId} is empty.`) // our bug
  const keys = await storeKeysFrom(await storeSecretFrom(first.ownerKey, storeId), storeId)
  await put('storeKeys', { ...keys, workspaceId })
}

/** To show it to the person, for the next device: the newest secret leads to all others. */
export const workspaceKeyOf = async (workspaceId: string): Promise<WorkspaceKey> => {
  const secret = (await secretsIn(await keyringIn(workspaceId))).at(-1)
  if (secret === undefined) throw new Error(`The keyring of ${workspaceId} is empty.`) // our bug
  return { workspaceId, secret }
}

export const keyringIn = async (workspaceId: string): Promise<Keyring> =>
  (await keyringOf(workspaceId)) ?? (await beginKeyring(workspaceId))
