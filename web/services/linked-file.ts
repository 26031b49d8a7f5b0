import { Schema } from '@livestore/livestore'
import { chunkCountOf } from '#schema/attachments/chunks.ts'
import { type FileCard, type FileLink, linkChunks, openFileCard } from '#sealing/file-link.ts'
import { ChunkBroken } from '#sealing/sealed-chunk.ts'
import { newSha256 } from './attachments/sha256.ts'
import { ask, send } from './server.ts'

/** What a public link leads to. Whoever has it needs no account, no workspace and no store. */
export interface LinkedFile {
  readonly card: FileCard
  readonly expiresAt: Date | null
}

export const lookAtFile = async ({ token, linkKey }: FileLink): Promise<LinkedFile | Error> => {
  const answer = await ask('POST', '/api/file-links/look', { token })
  if (answer instanceof Error) return answer
  const { sealed, expiresAt } = decodeLook(answer)
  const card = await openFileCard(linkKey, sealed)
  return card instanceof ChunkBroken ? card : { card, expiresAt }
}

/** All its bytes, if they are those that were given: the hash says so. */
export const readFile = async (
  { token, linkKey }: FileLink,
  card: FileCard,
  onProgress: (part: number) => void,
): Promise<Blob | Error> => {
  const count = chunkCountOf(card)
  if (count === undefined) return new ChunkBroken()
  const [chunks, hash] = await Promise.all([linkChunks(linkKey, card.sha256, count), newSha256()])
  const parts: Blob[] = []
  for (let index = 0; index < count; index++) {
    const response = await send('/api/file-links/read', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token, chunk: index }),
    })
    if (response instanceof Error) return response
    const plain = await chunks.open(index, new Uint8Array(await response.arrayBuffer()))
    if (plain instanceof ChunkBroken) return plain
    hash.update(plain)
    parts.push(new Blob([plain]))
    onProgress((index + 1) / count)
  }
  return hash.digest() === card.sha256 ? new Blob(parts, { type: card.mediaType }) : new ChunkBroken()
}

const decodeLook = Schema.decodeUnknownSync(
  Schema.Struct({ chunks: Schema.Number, sealed: Schema.String, expiresAt: Schema.NullOr(Schema.Date) }),
)
