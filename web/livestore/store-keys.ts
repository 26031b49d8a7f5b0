import { KeyTableUnreachable, remoteKeyTable } from '#sealing/key-table.ts'
import type { ShareLink } from '#sealing/share-link.ts'
import { storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import { type KeyTable, type LaterKeys, makeSubjectKeys, type SubjectKeys } from '#sealing/subject-keys.ts'
import { WrongSecret } from '#sealing/wrapped-key.ts'
import { ServerAway } from '#web/services/server.ts'
import { get } from './device-db.ts'
import { openLink } from './given-shares.ts'
import { keyringOf } from './keyrings.ts'
import { learnSecrets } from './owner-secrets.ts'

/**
 * The keys of a store's subjects, for a worker that syncs it and a page that shares it. The page put the store's first
 * keys in place before it opened the store; those of later generations follow from the owner's, or come with the share.
 */
export const makeKeysOf = async (
  storeId: string,
  table: KeyTable = remoteKeyTable(self.location.origin, storeId),
): Promise<SubjectKeys> => {
  const first = await get('storeKeys', storeId)
  if (first === undefined) throw new Error(`This device has no key of ${storeId}.`) // our bug
  const { workspaceId, link } = first
  if (link === undefined) return makeSubjectKeys(first, table, derived(storeId, workspaceId))
  return untilHandedOver(makeSubjectKeys(first, table, given(storeId, link)))
}

const derived = (storeId: string, workspaceId: string): LaterKeys => ({
  of: async (generation) => {
    const { secrets = [] } = (await keyringOf(workspaceId)) ?? {}
    return Promise.all(
      secrets.map(async ({ ownerKey }) => storeKeysFrom(await storeSecretFrom(ownerKey, storeId, generation), storeId)),
    )
  },
  learn: async () => {
    const learnt = await learnSecrets(workspaceId)
    if (learnt instanceof ServerAway) throw new KeyTableUnreachable({ cause: learnt })
  },
})

const given = (storeId: string, link: ShareLink): LaterKeys => ({
  of: async (generation) => {
    const share = await openLink(link)
    const secret = share instanceof Error ? undefined : share.content.secrets[generation]
    return secret === undefined ? [] : [await storeKeysFrom(secret, storeId)]
  },
  learn: async () => undefined, // asked for with each generation
})

/** The owner's device may have begun a generation that it has not handed over yet: that is worth waiting for. */
const untilHandedOver = (keys: SubjectKeys): SubjectKeys => ({
  ...keys,
  toOpen: (keyIds) =>
    keys.toOpen(keyIds).catch((cause: unknown) => {
      throw cause instanceof WrongSecret ? new KeyTableUnreachable({ cause }) : cause
    }),
})
