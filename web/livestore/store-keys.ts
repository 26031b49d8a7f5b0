import { KeyTableUnreachable, remoteKeyTable } from '#sealing/key-table.ts'
import type { ShareLink } from '#sealing/share-link.ts'
import { storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import { type LaterKeys, makeSubjectKeys, type SubjectKeys } from '#sealing/subject-keys.ts'
import { WrongSecret } from '#sealing/wrapped-key.ts'
import { get } from './device-db.ts'
import { openLink } from './given-shares.ts'

/**
 * The keys of a store's subjects, for a worker that syncs it and a page that shares it. The page put the store's first
 * keys in place before it opened the store; those of later generations follow from the owner's, or come with the share.
 */
export const makeKeysOf = async (storeId: string): Promise<SubjectKeys> => {
  const first = await get('storeKeys', storeId)
  if (first === undefined) throw new Error(`This device has no key of ${storeId}.`) // our bug
  const { workspaceId, link } = first
  const table = remoteKeyTable(self.location.origin, storeId)
  if (link === undefined) return makeSubjectKeys(first, table, derived(storeId, workspaceId))
  return untilHandedOver(makeSubjectKeys(first, table, given(storeId, link)))
}

const derived =
  (storeId: string, workspaceId: string): LaterKeys =>
  async (generation) => {
    const keyring = await get('keyrings', workspaceId)
    if (keyring === undefined) return undefined
    return storeKeysFrom(await storeSecretFrom(keyring.ownerKey, storeId, generation), storeId)
  }

const given =
  (storeId: string, link: ShareLink): LaterKeys =>
  async (generation) => {
    const share = await openLink(link)
    const secret = share instanceof Error ? undefined : share.content.secrets[generation]
    return secret && storeKeysFrom(secret, storeId)
  }

/** The owner's device may have begun a generation that it has not handed over yet: that is worth waiting for. */
const untilHandedOver = (keys: SubjectKeys): SubjectKeys => ({
  ...keys,
  toOpen: (keyIds) =>
    keys.toOpen(keyIds).catch((cause: unknown) => {
      throw cause instanceof WrongSecret ? new KeyTableUnreachable({ cause }) : cause
    }),
})
