import { noteBlobsRemoved, noteUploaded } from '#schema/attachments/commands.ts'
import {
  attachmentById$,
  attachmentsToUpload$,
  blobsToRemove$,
  keptContent$,
  linksToEnd$,
  uploadedKey$,
} from '#schema/attachments/queries.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { heldFile, openFile, setPaused } from '#web/livestore/local-files.ts'
import { mayWriteTo } from '#web/livestore/rights.ts'
import { stampNow } from '#web/livestore/session.ts'
import { type PersonaStore, pool } from '#web/livestore/stores.ts'
import { failureIn, passesByItself } from './file-failure.ts'
import { firstKeysOf, keyToSend, subjectOfFile } from './file-keys.ts'
import { endLinksOfDiscarded } from './file-links.ts'
import { makeRemoteBlobs } from './remote-blobs.ts'
import { sweepFiles } from './sweep.ts'
import { removeContent, sendContent } from './transfer.ts'
import { tellTransfer, transferOf } from './transfers.ts'

/**
 * Brings to the server what the state says it lacks and this device has, and takes away what was discarded:
 *
 *     not uploaded, here, not stopped ──► sent chunk by chunk ──► v1.AttachmentUploaded
 *     discarded, with the server ──► chunks removed ──► v1.AttachmentBlobsRemoved
 *
 * Follows the state, so that it survives a reload at any point; one tab at a time. What fails for now is tried again,
 * later each time, and at once when there is a network; what the server refuses waits for a person. Returns the end of it.
 */
export const watchUploads = (store: PersonaStore): (() => void) => {
  const stopped = new AbortController()
  let isDue = true
  let isBusy = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = async () => {
    if (!isDue || isBusy || stopped.signal.aborted) return
    isDue = false
    isBusy = true
    const lock = `pjai.uploads.${store.storeId}`
    const isDone = await navigator.locks
      .request(lock, { signal: stopped.signal }, () => settleAll(store, stopped.signal))
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) console.error('Files could not be brought to the server now.', error)
        return false
      })
    isBusy = false
    failures = isDone ? 0 : failures + 1
    if (!isDone) timer = setTimeout(stir, Math.min(60_000, 1000 * 2 ** failures))
    void settle() // what came meanwhile
  }
  const stir = () => {
    clearTimeout(timer)
    isDue = true
    void settle()
  }
  const channel = new BroadcastChannel(stirred)
  channel.onmessage = stir
  self.addEventListener('online', stir)
  const subscriptions = [attachmentsToUpload$, blobsToRemove$, keptContent$, linksToEnd$].map(
    (query) => store.subscribe(query as typeof attachmentsToUpload$, stir), // one of four; what they give is not looked at
  )
  return () => {
    stopped.abort()
    clearTimeout(timer)
    channel.close()
    self.removeEventListener('online', stir)
    for (const unsubscribe of subscriptions) unsubscribe()
  }
}

/** Has the uploads of all tabs look again. */
const stirred = 'pjai-files'
const stirAll = () => {
  const channel = new BroadcastChannel(stirred)
  channel.postMessage(null)
  channel.close()
}

export const stopUpload = async (storeId: string, { attachmentId, sha256 }: Attachment) => {
  await setPaused({ storeId, sha256 }, true)
  tellTransfer(attachmentId, { direction: 'up', part: 0, failed: 'cancelled' })
}

export const tryUploadAgain = async (storeId: string, { attachmentId, sha256 }: Attachment) => {
  await setPaused({ storeId, sha256 }, false)
  tellTransfer(attachmentId, null)
  stirAll()
}

/** Whether all that can be done now is done. */
const settleAll = async (store: PersonaStore, signal: AbortSignal): Promise<boolean> => {
  await sweepFiles(store)
  if (!mayWriteTo(store.storeId)) return true
  let isDone = true
  for (const attachment of store.query(attachmentsToUpload$)) {
    if (signal.aborted || pool.peek(store.storeId) !== store) return true // whoever watches the one opened next goes on
    if (!(await upload(store, attachment, signal))) isDone = false
  }
  const areEnded = await endLinksOfDiscarded(store)
  return (await removeDiscarded(store)) && areEnded && isDone
}

/** Whether nothing is left to be tried again by itself. */
const upload = async (store: PersonaStore, attachment: Attachment, signal: AbortSignal): Promise<boolean> => {
  const { storeId } = store
  const { attachmentId, sha256, conversationId } = attachment
  const already = store.query(uploadedKey$(sha256, conversationId))
  if (already !== null) return noted(store, attachmentId, already)
  const held = await heldFile({ storeId, sha256 })
  if (held?.isWhole !== true) return true // the device that has it sends it
  const earlier = transferOf(attachmentId)?.failed
  if (held.isPaused) {
    if (earlier === undefined) tellTransfer(attachmentId, { direction: 'up', part: 0, failed: 'cancelled' })
    return true
  }
  if (earlier !== undefined && earlier !== 'offline' && earlier !== 'server') return true
  const stop = new AbortController()
  try {
    const subject = subjectOfFile(attachment)
    tellTransfer(attachmentId, { direction: 'up', part: 0 })
    const [first, key] = [await firstKeysOf(storeId), await keyToSend(storeId, subject)]
    await sendContent({
      content: attachment,
      first,
      subject,
      ...key,
      blobs: makeRemoteBlobs('', storeId),
      chunks: await openFile({ ...attachment, storeId }),
      signal: AbortSignal.any([signal, stop.signal]),
      onProgress: (done, all) => {
        tellTransfer(attachmentId, { direction: 'up', part: done / all })
        void isWanted(store, attachment).then((wanted) => wanted || stop.abort())
      },
    })
    tellTransfer(attachmentId, null)
    return noted(store, attachmentId, key.keyId)
  } catch (error) {
    const failure = failureIn(error)
    const isGone = failure.code === 'cancelled' && (await heldFile({ storeId, sha256 }))?.isPaused !== true
    tellTransfer(attachmentId, isGone ? null : { direction: 'up', part: 0, failed: failure.code })
    return !passesByItself(failure)
  }
}

/** Not deleted, erased or stopped while it is sent. */
const isWanted = async (store: PersonaStore, { attachmentId, sha256 }: Attachment): Promise<boolean> => {
  const row = store.query(attachmentById$(attachmentId))
  if (row === null || row.deletedAt !== null || row.discardedAt !== null) return false
  return (await heldFile({ storeId: store.storeId, sha256 }))?.isPaused === false
}

const noted = (store: PersonaStore, attachmentId: string, keyId: string): boolean => {
  // An erasure may have taken it along meanwhile: then there is nothing to note.
  const row = store.query(attachmentById$(attachmentId))
  if (row !== null) execute(store, noteUploaded(row, keyId, stampNow()))
  return true
}

const removeDiscarded = async (store: PersonaStore): Promise<boolean> => {
  const { storeId } = store
  try {
    for (const attachment of store.query(blobsToRemove$)) {
      const { attachmentId, personaId, keyId } = attachment
      const [first, subject] = [await firstKeysOf(storeId), subjectOfFile(attachment)]
      await removeContent({
        content: attachment,
        first,
        subject,
        keyId: keyId ?? '',
        blobs: makeRemoteBlobs('', storeId),
      })
      execute(store, noteBlobsRemoved(personaId, [attachmentId], stampNow()))
    }
    return true
  } catch (error) {
    return !passesByItself(failureIn(error))
  }
}
