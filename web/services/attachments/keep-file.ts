import { chunkBytes, chunkCountOf, chunkRange } from '#schema/attachments/chunks.ts'
import { type AttachmentDraft, refuseFile } from '#schema/attachments/commands.ts'
import { heldFile, type OpenFile, openFile, withFileAlone } from '#web/livestore/local-files.ts'
import { newId } from '#web/livestore/session.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { closeLook, firstLook } from './file-facts.ts'
import { failureIn } from './file-failure.ts'
import { newSha256 } from './sha256.ts'
import { refuseForSpace } from './space.ts'
import { makeThumbnail } from './thumbnail.ts'

interface Keeping {
  readonly signal: AbortSignal
  /** From 0 to 1. */
  readonly onProgress: (part: number) => void
  /** Called while nobody may tidy the bytes away: from then on something must name them. */
  readonly onKept: (draft: AttachmentDraft) => void
}

/**
 * Takes the bytes of a file into this device, sealed; what is here already is not written again. Gives why not, if so.
 * Read twice, because only its hash says under which name it is kept; no more than a chunk is in memory.
 */
export const keepFile = async (
  personaId: string,
  file: File,
  { signal, onProgress, onKept }: Keeping,
): Promise<Error | undefined> => {
  const looked = await firstLook(file).catch(() => new FileUnreadable(file.name))
  if (looked instanceof FileUnreadable) return looked
  const refusal = refuseFile(looked)
  if (refusal !== undefined) return refusal
  try {
    const sha256 = await hashOf(file, signal, (part) => onProgress(part / 2))
    const content = { storeId: personaStoreId(personaId), sha256, bytes: file.size, chunkBytes }
    const isHere = (await heldFile(content))?.isWhole === true
    const noRoom = isHere ? undefined : await refuseForSpace(file.size)
    if (noRoom !== undefined) return noRoom
    await withFileAlone(content, async () => {
      if ((await heldFile(content))?.isWhole !== true) {
        const local = await openFile(content)
        await writeAll(local, file, signal, (part) => onProgress(0.5 + part / 2))
        const thumbnail = await makeThumbnail(file, looked.mediaType)
        if (thumbnail !== undefined) await local.write('thumbnail', thumbnail)
        await local.settle()
      }
      onKept({ attachmentId: newId(), ...looked, ...(await closeLook(file, looked)), sha256 })
    })
    return undefined
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotReadableError'
      ? new FileUnreadable(file.name)
      : failureIn(error)
  }
}

const hashOf = async (file: File, signal: AbortSignal, onProgress: (part: number) => void): Promise<string> => {
  const hash = await newSha256()
  for await (const chunk of chunksOf(file, signal)) {
    hash.update(chunk.bytes)
    onProgress(chunk.end / file.size)
  }
  return hash.digest()
}

const writeAll = async (local: OpenFile, file: File, signal: AbortSignal, onProgress: (part: number) => void) => {
  for await (const { index, bytes, end } of chunksOf(file, signal)) {
    await local.write(index, bytes)
    onProgress(end / file.size)
  }
}

const chunksOf = async function* (file: File, signal: AbortSignal) {
  const content = { bytes: file.size, chunkBytes }
  for (let index = 0; index < (chunkCountOf(content) ?? 0); index++) {
    signal.throwIfAborted()
    const [from, end] = chunkRange(content, index)
    yield { index, end, bytes: new Uint8Array(await file.slice(from, end).arrayBuffer()) }
  }
}

class FileUnreadable extends Error {
  constructor(name: string) {
    super(`“${name}” could not be read. It may be a folder, or it changed meanwhile; add it again.`)
  }
}
