import { chunkCountOf } from '#schema/attachments/chunks.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { type Content, heldFile, openFile, withFileAlone } from '#web/livestore/local-files.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { FileFailure, failureIn } from './file-failure.ts'
import { refuseForSpace } from './space.ts'

/**
 * Takes the bytes of a file, which are on this device, to another persona: opened and sealed anew, a chunk at a time.
 * `onKept` is called while nobody may tidy them away: from then on something must name them there. Gives why not, if so.
 */
export const copyFile = async (
  file: Attachment,
  toPersonaId: string,
  onKept: () => void,
): Promise<FileFailure | undefined> => {
  const from = { ...file, storeId: personaStoreId(file.personaId) }
  const to = { ...file, storeId: personaStoreId(toPersonaId) }
  try {
    return await withFileAlone(to, async () => {
      const isThere = (await heldFile(to))?.isWhole === true
      const noRoom = isThere ? undefined : await refuseForSpace(file.bytes)
      if (noRoom !== undefined) return noRoom
      if (!isThere) await copyBytes(from, to)
      onKept()
      return undefined
    })
  } catch (error) {
    return failureIn(error)
  }
}

const copyBytes = async (from: Content, to: Content) => {
  const [source, copy] = [await openFile(from), await openFile(to)]
  for (let index = 0; index < (chunkCountOf(from) ?? 0); index++) {
    const plain = await source.read(index)
    if (plain === undefined) throw new FileFailure({ code: 'missing' })
    await copy.write(index, plain)
  }
  const thumbnail = await source.read('thumbnail')
  if (thumbnail !== undefined) await copy.write('thumbnail', thumbnail)
  await copy.settle()
}
