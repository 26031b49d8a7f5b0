import { persona$ } from '#schema/personas/queries.ts'
import { erasedAmongQuery } from '#schema/shared/erasures.ts'
import { importedRowsQuery, knownIdsQuery, type Proof, type RowKind } from '#schema/stores/import-check.ts'
import { type KnownIds, nothingKnown } from '#schema/stores/import-events.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { openPersona, type PersonaStore, personaStoreId, pool, type WorkspaceStore } from '#web/livestore/stores.ts'
import type { PersonaOutline } from './import-protocol.ts'
import type { ImportReader } from './import-worker.ts'

export interface PlannedTarget {
  readonly outline: PersonaOutline
  readonly known: KnownIds
  /** Its name if it is new. */
  readonly name: string
}

/** Rows of a plan that are not in their stores yet. */
export const newRows = ({ outline, known }: PlannedTarget): number =>
  outline.conversationIds.length +
  outline.messageIds.length +
  outline.memoryIds.length -
  known.conversationIds.size -
  known.messageIds.size -
  known.memoryIds.size

/**
 * Which of a plan's things the workspace has already, or had until they were erased: neither is brought. A persona it does
 * not know is not opened for it.
 */
export const knownOf = async (workspace: WorkspaceStore, outline: PersonaOutline): Promise<KnownIds> => {
  if (workspace.query(directoryEntry$(outline.personaId)) === null) return nothingKnown
  return withPersona(outline.personaId, async (store) => {
    const known = { conversation: new Set<string>(), message: new Set<string>(), memory: new Set<string>() }
    for (const [kind, ids] of kindsOf(outline, nothingKnown)) {
      for (const chunk of chunksOf(ids)) {
        await nextTurn()
        for (const { id } of store.query(knownIdsQuery(kind, chunk))) known[kind].add(id)
      }
    }
    const erased = new Set<string>()
    for (const chunk of chunksOf([...new Set([...outline.conversationOfMessages, ...outline.conversationIds])]))
      for (const { id } of store.query(erasedAmongQuery(chunk))) erased.add(id)
    for (const chunk of chunksOf(outline.memoryIds))
      for (const { id } of store.query(erasedAmongQuery(chunk))) known.memory.add(id)
    for (const id of outline.conversationIds) if (erased.has(id)) known.conversation.add(id)
    for (const [index, id] of outline.messageIds.entries())
      if (erased.has(outline.conversationOfMessages[index] ?? '')) known.message.add(id)
    return {
      persona: store.query(persona$) !== null,
      conversationIds: known.conversation,
      messageIds: known.message,
      memoryIds: known.memory,
    }
  })
}

/** Reads back what was written, as it stands in the store, and holds it against the plan. */
export const prove = async (
  store: PersonaStore,
  reader: ImportReader,
  { outline, known }: PlannedTarget,
): Promise<Proof> => {
  for (const [kind, ids, knownIds] of kindsOf(outline, known)) {
    for (const chunk of chunksOf(ids.filter((id) => !knownIds.has(id)))) {
      await nextTurn()
      await reader.call('found', { kind, rows: store.query(importedRowsQuery(kind, chunk)) })
    }
  }
  return reader.call('prove', null)
}

const kindsOf = (
  outline: PersonaOutline,
  known: KnownIds,
): readonly (readonly [RowKind, readonly string[], ReadonlySet<string>])[] => [
  ['conversation', outline.conversationIds, known.conversationIds],
  ['message', outline.messageIds, known.messageIds],
  ['memory', outline.memoryIds, known.memoryIds],
]

function* chunksOf(ids: readonly string[], size = 500): Generator<readonly string[]> {
  for (let at = 0; at < ids.length; at += size) yield ids.slice(at, at + size)
}

/** Lets the page paint and take input first. */
export const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve))

/** Opens a persona's store and keeps it open while it is used. */
export const withPersona = async <A>(personaId: string, use: (store: PersonaStore) => Promise<A>): Promise<A> => {
  const store = await openPersona(personaId)
  const release = pool.retain(personaStoreId(personaId))
  try {
    return await use(store)
  } finally {
    release()
  }
}
