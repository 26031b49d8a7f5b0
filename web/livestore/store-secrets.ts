import { storeSecretFrom } from '#sealing/store-secret.ts'
import { get } from './device-db.ts'
import { openLink } from './given-shares.ts'
import { keyringIn } from './keyring.ts'
import { session } from './session.ts'
import { makeKeysOf } from './store-keys.ts'

/** The secrets of a store from the oldest on, to share it. Of another person's they are asked for: no device keeps them. */
export const storeSecretsOf = async (storeId: string): Promise<readonly Uint8Array<ArrayBuffer>[] | Error> => {
  const keys = await get('storeKeys', storeId)
  const link = keys?.link
  if (link !== undefined) {
    const given = await openLink(link)
    return given instanceof Error ? given : given.content.secrets
  }
  const { secrets } = await keyringIn(keys?.workspaceId ?? session.workspaceId)
  const generations = await (await makeKeysOf(storeId)).generations()
  return Promise.all(
    generations.flatMap(({ generation, era }) => {
      const ownerKey = secrets[era]?.ownerKey
      return ownerKey === undefined ? [] : [storeSecretFrom(ownerKey, storeId, generation)]
    }),
  )
}

/** The secret of the generation that comes next, by the owner's newest. */
export const nextSecretOf = async (storeId: string): Promise<Uint8Array<ArrayBuffer>> => {
  const keys = await get('storeKeys', storeId)
  const newest = (await keyringIn(keys?.workspaceId ?? session.workspaceId)).secrets.at(-1)
  const last = (await (await makeKeysOf(storeId)).generations()).at(-1)
  if (newest === undefined || last === undefined) throw new Error(`${storeId} has no keys to go on from.`) // our bug
  return storeSecretFrom(newest.ownerKey, storeId, last.generation + 1)
}
