import { chunkCountOf } from '#schema/attachments/chunks.ts'
import { type Content, heldFile, openFile } from '#web/livestore/local-files.ts'
import { notedPicture } from '#web/livestore/picture-notes.ts'
import { personaStoreId } from '#web/livestore/stores.ts'

type TypedContent = Content & { readonly mediaType: string }

/** The bytes of a file that is here as a whole. The browser keeps the parts of a large blob on disk: no more than a chunk has to be in memory. */
export const readWhole = async (content: TypedContent): Promise<Blob | undefined> => {
  const file = await openFile(content)
  const parts: Blob[] = []
  for (let index = 0; index < (chunkCountOf(content) ?? 0); index++) {
    const plain = await file.read(index)
    if (plain === undefined) return undefined
    parts.push(new Blob([plain]))
  }
  return new Blob(parts, { type: content.mediaType })
}

/** The small picture of a picture as far as this device has it. */
export const localThumbnail = async (content: TypedContent): Promise<Blob | undefined> => {
  const held = await heldFile(content)
  if (held === undefined) return undefined
  const kept = await (await openFile(content)).read('thumbnail')
  if (kept !== undefined) return new Blob([kept], { type: 'image/webp' })
  return held.isWhole && isOwnThumbnail(content) ? readWhole(content) : undefined
}

/** The same of a picture that is known by its id alone; no store is opened for it. */
export const localPicture = async (personaId: string, attachmentId: string): Promise<Blob | undefined> => {
  const note = await notedPicture(personaStoreId(personaId), attachmentId)
  return note === undefined ? undefined : localThumbnail(note)
}

/** As long as a picture is little enough, it is its own thumbnail. */
export const isOwnThumbnail = ({ bytes, mediaType }: Pick<TypedContent, 'bytes' | 'mediaType'>): boolean =>
  bytes < 400_000 || mediaType === 'image/svg+xml'
