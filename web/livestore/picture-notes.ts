import { get, getAll, type PictureNote, put, remove } from './device-db.ts'

/**
 * Which content on this device is which picture, so that lists over many personas show what is here already and open no
 * store for it. A note goes with its file.
 */
type Picture = Omit<PictureNote, 'id'>

export const notePicture = async (picture: Picture): Promise<void> => {
  const { storeId, attachmentId, mediaType, bytes, sha256, chunkBytes } = picture
  const id = idOf(storeId, attachmentId)
  if ((await get('pictures', id)) !== undefined) return
  await put('pictures', { id, storeId, attachmentId, mediaType, bytes, sha256, chunkBytes })
  for (const listener of listeners) listener()
}

export const notedPicture = (storeId: string, attachmentId: string): Promise<PictureNote | undefined> =>
  get('pictures', idOf(storeId, attachmentId))

/** Forgets those of a store that `isGone` says so of. */
export const forgetPictures = async (storeId: string, isGone: (note: PictureNote) => boolean): Promise<void> => {
  const gone = (await getAll('pictures')).filter((note) => note.storeId === storeId && isGone(note))
  await remove(
    'pictures',
    gone.map(({ id }) => id),
  )
}

/** Tells whenever another picture of this page is known to be here. */
export const subscribeToPictures = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const listeners = new Set<() => void>()

const idOf = (storeId: string, attachmentId: string) => `${storeId}/${attachmentId}`
