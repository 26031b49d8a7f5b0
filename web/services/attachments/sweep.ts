import { attachmentById$, keptContent$ } from '#schema/attachments/queries.ts'
import { removeUnkept } from '#web/livestore/local-files.ts'
import { forgetPictures } from '#web/livestore/picture-notes.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'

/**
 * Takes the bytes out of this device that nothing names any more: of discarded files, of erased conversations, of drafts
 * that were given up. Follows from the state, so that it does not matter what happened, or where it was cut short.
 */
export const sweepFiles = async (store: PersonaStore): Promise<void> => {
  await removeUnkept(store.storeId, (sha256) => store.query(keptContent$).has(sha256) || isInDraft(sha256))
  await forgetPictures(store.storeId, ({ attachmentId }) => {
    const attachment = store.query(attachmentById$(attachmentId))
    return attachment === null || attachment.discardedAt !== null
  })
}

/** What somebody is about to send is named by a draft alone. */
const isInDraft = (sha256: string): boolean =>
  Object.entries(localStorage).some(([key, value]) => key.startsWith('pjai.draft.') && String(value).includes(sha256))
