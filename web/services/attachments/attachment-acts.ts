import { deleteAttachments, discardAttachments, restoreAttachments } from '#schema/attachments/commands.ts'
import { shownName } from '#schema/attachments/kinds.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showDone, showRefusal, showUndo } from '#web/ui/undo.tsx'

type Files = readonly Pick<Attachment, 'attachmentId' | 'personaId' | 'name' | 'deletedAt'>[]

export const deleteFiles = (store: PersonaStore, files: Files) => {
  if (act(store, deleteAttachments, files))
    showUndo(`${named(files)} deleted.`, () => act(store, restoreAttachments, files))
}

export const restoreFiles = (store: PersonaStore, files: Files) => {
  if (act(store, restoreAttachments, files))
    showUndo(`${named(files)} restored.`, () => act(store, deleteAttachments, files))
}

/** There is no way back. */
export const discardFiles = (store: PersonaStore, files: Files) => {
  const [first] = files
  if (first === undefined) return
  if (showRefusal(execute(store, discardAttachments(first.personaId, files, stampNow())))) return
  showDone(`${named(files)} removed for good.`)
}

const act = (
  store: PersonaStore,
  command: typeof deleteAttachments | typeof restoreAttachments,
  files: Files,
): boolean => {
  const [first] = files
  if (first === undefined) return false
  const ids = files.map(({ attachmentId }) => attachmentId)
  return !showRefusal(execute(store, command(first.personaId, ids, newId(), stampNow())))
}

const named = (files: Files): string =>
  files.length === 1 ? `“${shownName(files[0]?.name ?? '')}” is` : `${files.length} files are`
