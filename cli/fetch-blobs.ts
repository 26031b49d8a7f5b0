import type { OpenedEvent } from '#bundle/opened-events.ts'
import type { Content } from '#bundle/write-bundle.ts'
import { chunkCountOf } from '#schema/attachments/chunks.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { openReplay } from '#schema/stores/replay.ts'
import { createTables } from '#schema/stores/state-tables.ts'
import { blobIdOf } from '#sealing/sealed-chunk.ts'
import { type StoreKeys, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { openSqlite } from './sqlite.ts'
import { findFrom, type Remote } from './sync-client.ts'

type File = Pick<Attachment, 'conversationId' | 'personaId' | 'sha256' | 'bytes' | 'chunkBytes'> & {
  readonly keyId: string
}

/** The sealed chunks of all files that the log knows of and the server has. */
export const fetchBlobs = async (
  remote: Remote,
  storeId: string,
  events: AsyncIterable<OpenedEvent>,
  put: (name: string, bytes: Uint8Array) => Promise<Content>,
  say: (line: string) => void,
): Promise<Content[]> => {
  const [ownerKey] = remote.ownerKeys
  if (ownerKey === undefined) throw new Error('A workspace has at least one secret.') // our bug
  const first = await storeKeysFrom(await storeSecretFrom(ownerKey, storeId), storeId)
  const names = new Set<string>()
  for (const file of await filesIn(events))
    for (const blobId of await blobIdsOf(first, file)) names.add(`${file.keyId}/${blobId}`)
  const blobs: Content[] = []
  for (const name of names) {
    const found = await findFrom(remote, `/api/stores/${storeId}/blobs/${name}`)
    if (found === undefined) continue // not every file has a thumbnail, and what was discarded is gone
    blobs.push(await put(`blobs/${name}`, new Uint8Array(await found.arrayBuffer())))
    say(`${blobs.length} parts of files`)
  }
  return blobs
}

const blobIdsOf = (first: StoreKeys, { personaId, conversationId, sha256, bytes, chunkBytes }: File) => {
  const subject =
    conversationId === null ? subjectNamed('personaId', personaId) : subjectNamed('conversationId', conversationId)
  const indexes = ['thumbnail' as const, ...Array(chunkCountOf({ bytes, chunkBytes }) ?? 0).keys()]
  return Promise.all(indexes.map((index) => blobIdOf(first, subject, { sha256, index })))
}

const filesIn = async (events: AsyncIterable<OpenedEvent>): Promise<readonly File[]> => {
  const db = (await openSqlite())()
  try {
    createTables(personaSchema, db)
    const replay = openReplay(personaSchema, db)
    for await (const event of events) {
      const failure = replay.apply(event)
      if (failure !== undefined) throw failure
    }
    const columns = 'personaId, conversationId, sha256, bytes, chunkBytes, keyId'
    return db.all(`select ${columns} from attachments where keyId is not null`) as unknown as readonly File[] // as its table has them
  } finally {
    db.close()
  }
}
