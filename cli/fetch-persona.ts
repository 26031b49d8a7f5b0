import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Schema } from 'effect'
import {
  type BundleParts,
  type GatherProgress,
  gatherPersona,
  type PersonaSource,
  type Put,
} from '#bundle/gather-persona.ts'
import type { SealedFor } from '#bundle/secrets.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import { LogPage } from '#proof/log-page.ts'
import { anchorEvents } from '#schema/anchors/events.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { secretToText, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { storeNameOf } from './arguments.ts'
import { Problem } from './problem.ts'
import { openSqlite } from './sqlite.ts'
import { findFrom, getFrom, keysOfStore, type Remote, remoteLog } from './sync-client.ts'

interface FetchOptions {
  readonly folder: string
  readonly sealedFor: SealedFor
  readonly say: (line: string) => void
}

/** Brings everything that a server has of a persona into a folder. */
export const fetchPersona = async (
  remote: Remote,
  workspaceId: string,
  personaId: string,
  { folder, sealedFor, say }: FetchOptions,
): Promise<BundleParts> => {
  const put: Put = async (name, pieces) => {
    const path = join(folder, name.replaceAll('/', '.'))
    await writeFile(path, pieces)
    return { name, read: () => createReadStream(path) }
  }
  const onProgress = ({ what, done, of }: GatherProgress) => say(`${done} of ${of} ${what}`)
  const source = await sourceAt(remote, workspaceId, personaId)
  const parts = await gatherPersona(source, { put, sealedFor, openDatabase: await openSqlite(), onProgress })
  if (parts instanceof Error) throw new Problem(`There is no persona ${personaId} on ${remote.server}.`)
  return parts
}

const sourceAt = async (remote: Remote, workspaceId: string, personaId: string): Promise<PersonaSource> => {
  const { server, headers, ownerKeys } = remote
  const storeId = storeNameOf('persona', personaId)
  const [ownerKey] = ownerKeys
  if (ownerKey === undefined) throw new Error('A workspace has at least one secret.') // our bug
  const keys = await keysOfStore(remote, storeId)
  const json = async (path: string): Promise<unknown> => (await getFrom(remote, path)).json()
  return {
    storeId,
    anchors: () => anchorsOf(remote, workspaceId, personaId),
    page: async (after) => decodePage(await json(`/api/stores/${storeId}/log?after=${after}&limit=1000`)),
    keyTable: remoteKeyTable(server, storeId, headers),
    keys,
    first: await storeKeysFrom(await storeSecretFrom(ownerKey, storeId), storeId),
    secrets: () => secretsOf(remote, storeId, keys),
    serverKey: async () => Schema.decodeUnknownSync(SigningKey)(await json('/api/signing-key')).publicKey,
    blob: async (name) => {
      const found = await findFrom(remote, `/api/stores/${storeId}/blobs/${name}`)
      return found === undefined ? undefined : new Uint8Array(await found.arrayBuffer())
    },
  }
}

const SigningKey = Schema.Struct({ publicKey: Schema.String })
const decodePage = Schema.decodeUnknownSync(LogPage)

const secretsOf = async ({ ownerKeys }: Remote, storeId: string, keys: SubjectKeys) =>
  Promise.all(
    (await keys.generations()).map(async ({ generation, era }) => {
      const ownerKey = ownerKeys[era]
      if (ownerKey === undefined) throw new Error('A generation is of a secret that is held.') // our bug
      return { generation, era, secret: secretToText(await storeSecretFrom(ownerKey, storeId, generation)) }
    }),
  )

/** What devices of the workspace saw of the persona's log, in the order in which they said so. */
const anchorsOf = async (remote: Remote, workspaceId: string, personaId: string): Promise<Anchor[]> => {
  const log = await remoteLog(remote, storeNameOf('workspace', workspaceId), workspaceStoreEvents).read()
  return log.flatMap(({ name, args }): Anchor[] => {
    const anchored = name === anchorEvents.checkpointAnchored.name ? decodeAnchored(args) : undefined
    if (anchored?._tag !== 'Some' || anchored.value.personaId !== personaId) return []
    const { checkpoint, deviceId, devicePublicKey, deviceSignature } = anchored.value
    return [{ checkpoint, deviceId, devicePublicKey, deviceSignature }]
  })
}

const decodeAnchored = Schema.decodeUnknownOption(anchorEvents.checkpointAnchored.schema)
