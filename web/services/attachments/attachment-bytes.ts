import { attachmentById$ } from '#schema/attachments/queries.ts'
import { AttachmentNotFound } from '#schema/attachments/refusals.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { heldFile, openFile, removeFile, withFileAlone } from '#web/livestore/local-files.ts'
import { notePicture } from '#web/livestore/picture-notes.ts'
import { openPersona, personaStoreId } from '#web/livestore/stores.ts'
import { FileFailure, failureIn } from './file-failure.ts'
import { firstKeysOf, keyToFetch, subjectOfFile } from './file-keys.ts'
import { isOwnThumbnail, localThumbnail, readWhole } from './local-bytes.ts'
import { makeRemoteBlobs } from './remote-blobs.ts'
import { refuseForSpace } from './space.ts'
import { fetchChunk, fetchContent } from './transfer.ts'
import { tellTransfer } from './transfers.ts'

/** The bytes of an attachment, from this device or else from the server, or why they cannot be had. */
export const attachmentBytes = async (
  personaId: string,
  attachmentId: string,
  signal?: AbortSignal,
): Promise<Blob | FileFailure | AttachmentNotFound> => {
  const store = await openPersona(personaId)
  const attachment = store.query(attachmentById$(attachmentId))
  if (attachment === null || attachment.discardedAt !== null) return new AttachmentNotFound()
  return bytesOf(attachment, signal)
}

/** What it takes to find the bytes. */
type StoredFile = Pick<
  Attachment,
  'attachmentId' | 'personaId' | 'conversationId' | 'keyId' | 'mediaType' | 'bytes' | 'sha256' | 'chunkBytes'
>

const bytesOf = async (attachment: StoredFile, signal?: AbortSignal): Promise<Blob | FileFailure> => {
  const content = { ...attachment, storeId: personaStoreId(attachment.personaId) }
  try {
    return await withFileAlone(content, async () => {
      const here = (await heldFile(content))?.isWhole === true ? await readWhole(content) : undefined
      if (here !== undefined) return here
      await fetchWhole(content, signal)
      const fetched = await readWhole(content)
      if (fetched === undefined) throw new FileFailure({ code: 'missing' })
      return fetched
    })
  } catch (error) {
    return failureIn(error)
  }
}

/** The small picture of a picture: from this device, or else from the server. Undefined where there is none. */
export const thumbnailOf = async (attachment: StoredFile, signal?: AbortSignal): Promise<Blob | undefined> => {
  const content = { ...attachment, storeId: personaStoreId(attachment.personaId) }
  try {
    const picture = (await localThumbnail(content)) ?? (await fetchThumbnail(attachment, content, signal))
    if (picture !== undefined) await notePicture(content)
    return picture
  } catch (error) {
    failureIn(error) // a list shows a sign in the place of the picture, whatever the reason
    return undefined
  }
}

const fetchThumbnail = async (attachment: StoredFile, content: Held, signal: AbortSignal | undefined) => {
  if (isOwnThumbnail(attachment)) return asPicture(attachment, signal)
  if (attachment.keyId === null) return undefined
  const plain = await fetchChunk(await transferOf(content, attachment.keyId, signal), 'thumbnail')
  if (plain === undefined) return asPicture(attachment, signal)
  await withFileAlone(content, async () => (await openFile(content)).write('thumbnail', plain))
  return new Blob([plain], { type: 'image/webp' })
}

const asPicture = async (attachment: StoredFile, signal: AbortSignal | undefined) => {
  const bytes = await bytesOf(attachment, signal)
  return bytes instanceof Blob ? bytes : undefined
}

type Held = StoredFile & { readonly storeId: string }

const fetchWhole = async (content: Held, signal: AbortSignal | undefined) => {
  const { attachmentId, keyId, bytes } = content
  if (keyId === null) throw new FileFailure({ code: 'notSent' })
  // All of it was here, and some does not open any more.
  if ((await heldFile(content))?.isWhole === true) await removeFile(content)
  const noRoom = await refuseForSpace(bytes)
  if (noRoom !== undefined) throw noRoom
  tellTransfer(attachmentId, { direction: 'down', part: 0 })
  try {
    const file = await openFile(content)
    const onProgress = (done: number, all: number) =>
      tellTransfer(attachmentId, { direction: 'down', part: done / all })
    await fetchContent({ ...(await transferOf(content, keyId, signal)), chunks: file, onProgress })
    await file.settle()
  } catch (error) {
    if (error instanceof FileFailure && error.code === 'corrupt') await removeFile(content)
    throw error
  } finally {
    tellTransfer(attachmentId, null)
  }
}

const transferOf = async (content: Held, keyId: string, signal: AbortSignal | undefined) => ({
  content,
  first: await firstKeysOf(content.storeId),
  subject: subjectOfFile(content),
  ...(await keyToFetch(content.storeId, keyId)),
  blobs: makeRemoteBlobs('', content.storeId),
  ...(signal === undefined ? {} : { signal }),
})
