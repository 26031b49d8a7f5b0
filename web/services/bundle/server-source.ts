import { Schema } from '@livestore/livestore'
import type { PersonaSource } from '#bundle/gather-persona.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { secretToText, storeSecretFrom } from '#sealing/store-secret.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { get } from '#web/livestore/device-db.ts'
import { openLink } from '#web/livestore/given-shares.ts'
import { keyringOf } from '#web/livestore/keyrings.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { readLogPage } from '#web/services/log-pages.ts'
import { ask, ServerRefused, send } from '#web/services/server.ts'

/** What the server of this page has of a store, opened by the keys of this device. */
export const serverSource = async (storeId: string, anchors: readonly Anchor[]): Promise<PersonaSource> => {
  const first = await get('storeKeys', storeId)
  if (first === undefined) throw new Error('This device has no key of this persona. Open it once, then export it.')
  const keys = await makeKeysOf(storeId)
  const page = readLogPage(storeId)
  return {
    storeId,
    anchors: async () => anchors,
    page: async (after) => sure(await page(after)),
    keyTable: remoteKeyTable(self.location.origin, storeId),
    keys,
    first,
    secrets: () => secretsOf(storeId, keys),
    serverKey: async () => decodeKey(sure(await ask('GET', '/api/signing-key'))).publicKey,
    blob: async (name) => {
      const found = await send(`/api/stores/${storeId}/blobs/${name}`, {})
      if (found instanceof Response) return new Uint8Array(await found.arrayBuffer())
      if (found instanceof ServerRefused && found.code === 'BlobNotFound') return undefined
      throw found
    },
  }
}

/** What a device signed in by a link was given, or what its owner's secrets give. */
const secretsOf = async (storeId: string, keys: SubjectKeys) => {
  const generations = await keys.generations()
  const { workspaceId = '', link } = (await get('storeKeys', storeId)) ?? {}
  const { secrets = [] } = (await keyringOf(workspaceId)) ?? {}
  const share = link === undefined ? undefined : await openLink(link)
  if (share instanceof Error) throw share
  return Promise.all(
    generations.map(async ({ generation, era }) => {
      const ownerKey = secrets[era]?.ownerKey
      const derived = async () => (ownerKey === undefined ? undefined : storeSecretFrom(ownerKey, storeId, generation))
      const secret = share === undefined ? await derived() : share.content.secrets[generation]
      if (secret === undefined)
        throw new Error('This device does not hold all secrets of this persona yet. Connect, and export again.')
      return { generation, era, secret: secretToText(secret) }
    }),
  )
}

const sure = <A>(answer: A | Error): A => {
  if (answer instanceof Error) throw answer
  return answer
}

const decodeKey = Schema.decodeUnknownSync(Schema.Struct({ publicKey: Schema.String }))
