import type { MemoryDraft } from '#schema/memories/commands.ts'
import { forgetMemories, restoreMemories } from '#schema/memories/commands.ts'
import {
  keepApart,
  pinMemories,
  reviseValidity,
  splitMemory,
  unpinMemories,
  withdrawKeptApart,
} from '#schema/memories/life-commands.ts'
import { pinnedAmong$, validUntil$ } from '#schema/memories/life-queries.ts'
import { memoryBody$, memoryById$ } from '#schema/memories/queries.ts'
import type { SimilarPair } from '#schema/memories/similar.ts'
import { together } from '#web/livestore/decision.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { counted, inParts } from './bulk-acts.ts'

/** What one does about the life of memories. Each acts at once and offers to take it back. */

export const pinWithUndo = async (store: PersonaStore, personaId: string, ids: readonly string[]) => {
  const pinned = new Set(store.query(pinnedAmong$(ids)))
  const fresh = ids.filter((id) => !pinned.has(id))
  if (await pin(store, personaId, fresh)) showUndo(`${counted(fresh)} pinned`, () => unpin(store, personaId, fresh))
}

export const unpinWithUndo = async (store: PersonaStore, personaId: string, ids: readonly string[]) => {
  const pinned = store.query(pinnedAmong$(ids))
  if (await unpin(store, personaId, pinned))
    showUndo(`${counted(pinned)} unpinned`, () => pin(store, personaId, pinned))
}

const pin = (store: PersonaStore, personaId: string, ids: readonly string[]) =>
  inParts(store, ids, (part, batchId) => pinMemories(personaId, part, batchId, stampNow()))

const unpin = (store: PersonaStore, personaId: string, ids: readonly string[]) =>
  inParts(store, ids, (part, batchId) => unpinMemories(personaId, part, batchId, stampNow()))

/** Each text becomes a memory like the one it is split from. Returns the refusal, for the form to show. */
export const split = (
  store: PersonaStore,
  memoryId: string,
  like: Omit<MemoryDraft, 'content'>,
  texts: readonly string[],
) => {
  const memory = store.query(memoryById$(memoryId))
  const parts = texts.map((content) => ({ ...like, content, memoryId: newId(), linkId: newId() }))
  const sources = store.query(memoryBody$(memoryId))?.sourceEventIds ?? []
  const refusal = execute(store, splitMemory(memory, parts, sources, stampNow()))
  if (refusal !== undefined || memory === null) return refusal
  const { personaId } = memory
  const partIds = parts.map((part) => part.memoryId)
  showUndo(`Split into ${texts.length} memories`, () => {
    const [batchId, stamp] = [newId(), stampNow()]
    const undone = together([
      forgetMemories(personaId, partIds, batchId, stamp),
      restoreMemories(personaId, [memoryId], batchId, stamp),
    ])
    showRefusal(execute(store, undone))
  })
  return undefined
}

export const endValidity = (store: PersonaStore, memoryId: string, validUntil: Date | null) => {
  const before = store.query(validUntil$(memoryId))
  if (before?.getTime() === validUntil?.getTime()) return
  const put = (time: Date | null) =>
    showRefusal(execute(store, reviseValidity(store.query(memoryById$(memoryId)), time, stampNow())))
  if (!put(validUntil)) showUndo(validUntil === null ? 'Still true' : 'Noted until when it was true', () => put(before))
}

export const keepBoth = (store: PersonaStore, personaId: string, { oneId, otherId }: SimilarPair) => {
  const pair = [oneId, otherId] as const
  if (showRefusal(execute(store, keepApart(personaId, pair, newId(), stampNow())))) return false
  showUndo('Both are kept', () => showRefusal(execute(store, withdrawKeptApart(personaId, pair, newId(), stampNow()))))
  return true
}
