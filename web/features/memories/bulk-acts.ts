import {
  eraseMemories,
  forgetMemories,
  restoreMemories,
  tagMemories,
  untagMemories,
} from '#schema/memories/commands.ts'
import { forgottenAmong$, taggedAmong$ } from '#schema/memories/list-queries.ts'
import { executeMany } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showDone, showRefusal, showUndo } from '#web/ui/undo.tsx'
import { type DecidePart, inOneBatch } from './one-batch.ts'

/** What one does to any number of memories: one act, one batch, events of at most 2000 each, one undo. */

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
  // Each part is an erasure of its own: one is certified by itself, and of no more keys than the server takes at once.
  const isErased = await inParts(store, ids, (part) =>
    eraseMemories(personaId, store.query(forgottenAmong$(part)), newId(), stampNow()),
  )
  if (isErased) showDone(`${counted(ids)} erased`)
  return isErased
}

const putTag = (store: PersonaStore, personaId: string, ids: readonly string[], tag: string) =>
  inParts(store, ids, (part, batchId) => tagMemories(personaId, part, tag, batchId, stampNow()))

const takeTag = (store: PersonaStore, personaId: string, ids: readonly string[], tag: string) =>
  inParts(store, ids, (part, batchId) => untagMemories(personaId, part, tag, batchId, stampNow()))

/** All of it or nothing; the page breathes between two parts. Returns whether it was done. */
export const inParts = async (store: PersonaStore, ids: readonly string[], decide: DecidePart): Promise<boolean> =>
  !showRefusal(await executeMany(store, inOneBatch(ids, newId(), decide))) && ids.length > 0

export const counted = (ids: readonly string[]): string =>
  ids.length === 1 ? '1 memory' : `${ids.length.toLocaleString()} memories`
