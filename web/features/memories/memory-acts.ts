import {
  addMemory,
  linkMemories,
  type MemoryDraft,
  type MemoryText,
  mergeMemory,
  reinforceMemory,
  reopenMemoryConflict,
  reviseMemory,
  settleMemoryConflict,
  unlinkMemories,
  withdrawReinforcement,
} from '#schema/memories/commands.ts'
import { type MemoryLink, memoryBody$, memoryById$, memoryConflict$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import type { MemoryConflict } from '#schema/memories/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { forget, restore } from './bulk-acts.ts'

/** What one does to one memory. Each acts at once and offers to take it back. */

export const memoryText = (store: PersonaStore, memoryId: string): MemoryText | null => {
  const memory = store.query(memoryById$(memoryId))
  const body = store.query(memoryBody$(memoryId))
  if (memory === null || body === null) return null
  return { ...memory, content: body.content, tags: store.query(tagsOfMemory$(memoryId)) }
}

/** Returns the refusal for the form to show beside its field, or the id. */
export const add = (store: PersonaStore, personaId: string, draft: MemoryDraft): Error | string => {
  const memoryId = newId()
  const refusal = execute(store, addMemory(personaId, memoryId, draft, stampNow()))
  if (refusal !== undefined) return refusal
  showUndo('Memory added', () => forget(store, personaId, [memoryId]))
  return memoryId
}

/** `seen` is the memory as it was shown when the draft was begun: what changed since is not taken for a wish. */
export const revise = (store: PersonaStore, seen: MemoryText, draft: MemoryDraft): Error | undefined => {
  const isHere = store.query(memoryById$(seen.memoryId)) !== null
  const decision = reviseMemory(isHere ? seen : null, draft, stampNow())
  const refusal = execute(store, decision)
  if (refusal !== undefined) return refusal
  const changed = Array.isArray(decision) && decision.length > 0
  const written = { ...seen, ...draft, content: draft.content.trim(), kind: draft.kind.trim() }
  if (changed) showUndo('Memory revised', () => showRefusal(execute(store, reviseMemory(written, seen, stampNow()))))
  return undefined
}

/** `content` stands from now on: either text, or one made of both. */
export const settle = (store: PersonaStore, { conflictId, memoryId }: MemoryConflict, content: string) => {
  const before = memoryText(store, memoryId)
  const conflict = store.query(memoryConflict$(conflictId))
  const refusal = execute(store, settleMemoryConflict(conflict, before, content, stampNow()))
  if (refusal !== undefined || before === null) return refusal
  showUndo('One version again', () =>
    showRefusal(execute(store, reopenMemoryConflict(conflictId, before, memoryText(store, memoryId), stampNow()))),
  )
  return undefined
}

export const reinforce = (store: PersonaStore, memoryId: string) => {
  const reinforcementId = newId()
  const memory = store.query(memoryById$(memoryId))
  if (showRefusal(execute(store, reinforceMemory(memory, reinforcementId, stampNow())))) return
  showUndo('Memory reinforced', () =>
    showRefusal(execute(store, withdrawReinforcement(store.query(memoryById$(memoryId)), reinforcementId, stampNow()))),
  )
}

export const link = (store: PersonaStore, fromId: string, toId: string, relation: string) => {
  const linkId = newId()
  const [from, to] = [store.query(memoryById$(fromId)), store.query(memoryById$(toId))]
  if (from === null || showRefusal(execute(store, linkMemories(linkId, from, to, relation, stampNow())))) return
  showUndo('Memories linked', () => void execute(store, unlinkMemories(from.personaId, linkId, stampNow())))
}

export const unlink = (store: PersonaStore, personaId: string, ofId: string, { linkId, ...linked }: MemoryLink) => {
  if (showRefusal(execute(store, unlinkMemories(personaId, linkId, stampNow())))) return
  const isOutgoing = linked.fromMemoryId === ofId
  const ends = isOutgoing ? [ofId, linked.memoryId] : [linked.memoryId, ofId]
  showUndo('Link removed', () => {
    const [from = null, to = null] = ends.map((id) => store.query(memoryById$(id)))
    showRefusal(execute(store, linkMemories(newId(), from, to, linked.relation, stampNow())))
  })
}

export const merge = (store: PersonaStore, memoryId: string, intoId: string): boolean => {
  const memory = store.query(memoryById$(memoryId))
  const into = store.query(memoryById$(intoId))
  if (memory === null || showRefusal(execute(store, mergeMemory(memory, into, stampNow())))) return false
  showUndo('Memory merged', () => restore(store, memory.personaId, [memoryId]))
  return true
}
