import {
  eraseMemories,
  forgetMemories,
  restoreMemories,
  tagMemories,
  untagMemories,
} from '#schema/memories/commands.ts'
import { forgottenAmong$, taggedAmong$ } from '#schema/memories/list-queries.ts'
import { type Decision, execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showDone, showRefusal, showUndo } from '#web/ui/undo.tsx'
import { inBatches } from './selection.ts'

/** What one does to any number of memories: one act, events of at most 2000 each, one undo. */

export const forgetWithUndo = async (store: PersonaStore, personaId: string, ids: readonly string[]) => {
  if (await forget(store, personaId, ids)) showUndo(`${counted(ids)} forgotten`, () => restore(store, personaId, ids))
}

export const restoreWithUndo = async (store: PersonaStore, personaId: string, ids: readonly string[]) => {
  if (await restore(store, personaId, ids)) showUndo(`${counted(ids)} restored`, () => forget(store, personaId, ids))
}

export const tagWithUndo = async (store: PersonaStore, personaId: string, ids: readonly string[], tag: string) => {
  const had = new Set(store.query(taggedAmong$(ids, tag.trim())))
  const fresh = ids.filter((id) => !had.has(id))
  if (await putTag(store, personaId, fresh, tag))
    showUndo(`Tag “${tag.trim()}” added to ${counted(fresh)}`, () => takeTag(store, personaId, fresh, tag.trim()))
}

export const untagWithUndo = async (store: PersonaStore, personaId: string, ids: readonly string[], tag: string) => {
  const had = store.query(taggedAmong$(ids, tag))
  if (await takeTag(store, personaId, had, tag))
    showUndo(`Tag “${tag}” removed from ${counted(had)}`, () => putTag(store, personaId, had, tag))
}

export const forget = (store: PersonaStore, personaId: string, ids: readonly string[]) =>
  inParts(store, ids, (part, batchId) => forgetMemories(personaId, part, batchId, stampNow()))

export const restore = (store: PersonaStore, personaId: string, ids: readonly string[]) =>
  inParts(store, ids, (part, batchId) => restoreMemories(personaId, part, batchId, stampNow()))

/** There is no way back. The server is told by whoever watches the store for it, as soon as it is reached. */
export const eraseForGood = async (store: PersonaStore, personaId: string, ids: readonly string[]) => {
  const isErased = await inParts(store, ids, (part, erasureId) =>
    eraseMemories(personaId, store.query(forgottenAmong$(part)), erasureId, stampNow()),
  )
  if (isErased) showDone(`${counted(ids)} erased`)
  return isErased
}

const putTag = (store: PersonaStore, personaId: string, ids: readonly string[], tag: string) =>
  inParts(store, ids, (part, batchId) => tagMemories(personaId, part, tag, batchId, stampNow()))

const takeTag = (store: PersonaStore, personaId: string, ids: readonly string[], tag: string) =>
  inParts(store, ids, (part, batchId) => untagMemories(personaId, part, tag, batchId, stampNow()))

/** The page breathes between two parts. Returns whether it was done. */
export const inParts = async (
  store: PersonaStore,
  ids: readonly string[],
  decide: (part: readonly string[], batchId: string) => Decision,
): Promise<boolean> => {
  for (const [place, part] of inBatches(ids).entries()) {
    if (place > 0) await new Promise((resolve) => setTimeout(resolve))
    if (showRefusal(execute(store, decide(part, newId())))) return false
  }
  return ids.length > 0
}

export const counted = (ids: readonly string[]): string =>
  ids.length === 1 ? '1 memory' : `${ids.length.toLocaleString()} memories`
