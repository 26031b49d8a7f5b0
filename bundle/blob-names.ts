import { chunkCountOf } from '#schema/attachments/chunks.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { openReplay } from '#schema/stores/replay.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { createTables } from '#schema/stores/state-tables.ts'
import { blobIdOf } from '#sealing/sealed-chunk.ts'
import type { StoreKeys } from '#sealing/store-secret.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import type { OpenedEvent } from './opened-events.ts'

type File = Pick<Attachment, 'conversationId' | 'personaId' | 'sha256' | 'bytes' | 'chunkBytes'> & {
  readonly keyId: string
}

/** Under what names the sealed parts of all files lie that the log knows of: `<key id>/<blob id>`, each once. */
export const blobNamesIn = async (
  events: AsyncIterable<OpenedEvent>,
  first: Pick<StoreKeys, 'namingKey'>,
  openDatabase: OpenDatabase,
): Promise<readonly string[]> => {
  const names = new Set<string>()
  for (const file of await filesIn(events, openDatabase))
    for (const blobId of await blobIdsOf(first, file)) names.add(`${file.keyId}/${blobId}`)
  return [...names]
}

const blobIdsOf = (
  first: Pick<StoreKeys, 'namingKey'>,
  { personaId, conversationId, sha256, bytes, chunkBytes }: File,
) => {
  const subject =
    conversationId === null ? subjectNamed('personaId', personaId) : subjectNamed('conversationId', conversationId)
  const indexes = ['thumbnail' as const, ...Array(chunkCountOf({ bytes, chunkBytes }) ?? 0).keys()]
  return Promise.all(indexes.map((index) => blobIdOf(first, subject, { sha256, index })))
}

const filesIn = async (events: AsyncIterable<OpenedEvent>, openDatabase: OpenDatabase): Promise<readonly File[]> => {
  const db = openDatabase()
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
