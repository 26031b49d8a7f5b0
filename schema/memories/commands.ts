import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { isTag, tidyTags } from '#schema/shared/tags.ts'
import { characterCount } from '#schema/shared/text.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { memoryEvents } from './events.ts'
import type { Memory, MemoryConflict } from './state.ts'

/** Suggested kinds. A kind is free text: importers bring their own. */
export const memoryKinds = ['fact', 'preference', 'event', 'instruction', 'lore'] as const

/** `importance` 0–1; `occurredAt` is when it was true, which may be long before it is added. */
export interface MemoryDraft {
  readonly content: string
  readonly importance: number
  readonly kind: string
  readonly tags: readonly string[]
  readonly occurredAt: Date
}

export interface MemoryText extends Memory {
  readonly content: string
  readonly tags: readonly string[]
}

export const addMemory = (
  personaId: string,
  memoryId: string,
  draft: MemoryDraft,
  stamp: Stamp,
  sourceEventIds: readonly string[] = [],
) => {
  const refusal = refusalOf(draft)
  if (refusal !== undefined) return refusal
  return memoryEvents.memoryAdded({
    memoryId,
    personaId,
    content: draft.content.trim(),
    importance: draft.importance,
    kind: draft.kind.trim(),
    tags: tidyTags(draft.tags),
    sourceEventIds,
    occurredAt: draft.occurredAt,
    addedAt: stamp.at,
    ...signature(stamp),
  })
}

/** One event for each side that really changed: text, importance, classification. `memory` is what its author saw. */
export const reviseMemory = (memory: MemoryText | null, draft: MemoryDraft, stamp: Stamp) => {
  if (memory === null) return new MemoryNotFound()
  const refusal = refusalOf(draft)
  if (refusal !== undefined) return refusal
  const { memoryId, personaId } = memory
  const by = signature(stamp)
  const [content, kind, tags] = [draft.content.trim(), draft.kind.trim(), tidyTags(draft.tags)]
  const basedOn = textHashOf(memory.content)
  const classified = kind !== memory.kind || tags.join('\n') !== tidyTags(memory.tags).join('\n')
  return [
    ...(content === memory.content
      ? []
      : [memoryEvents.memoryContentRevised({ memoryId, personaId, content, basedOn, revisedAt: stamp.at, ...by })]),
    ...(draft.importance === memory.importance
      ? []
      : [
          memoryEvents.memoryImportanceRevised({
            memoryId,
            personaId,
            importance: draft.importance,
            revisedAt: stamp.at,
            ...by,
          }),
        ]),
    ...(classified
      ? [memoryEvents.memoryClassified({ memoryId, personaId, kind, tags, classifiedAt: stamp.at, ...by })]
      : []),
  ]
}

/** `content` is the text to stand from now on: either of the two, or what a person made of both. */
export const settleMemoryConflict = (
  conflict: MemoryConflict | null,
  memory: MemoryText | null,
  content: string,
  stamp: Stamp,
) => {
  if (memory === null) return new MemoryNotFound()
  if (memory.forgottenAt !== null) return new MemoryIsForgotten({ memoryId: memory.memoryId })
  if (conflict === null || conflict.settledAt !== null) return new ConflictAlreadySettled()
  return (
    refusalOfContent(content) ??
    memoryEvents.memoryConflictSettled({
      conflictId: conflict.conflictId,
      memoryId: memory.memoryId,
      personaId: memory.personaId,
      content: content.trim(),
      basedOn: textHashOf(memory.content),
      settledAt: stamp.at,
      ...signature(stamp),
    })
  )
}

/** Takes a choice back: `before` is the memory as it stood then, `memory` as the choice left it. */
export const reopenMemoryConflict = (
  conflictId: string,
  before: MemoryText,
  memory: MemoryText | null,
  stamp: Stamp,
) => {
  const revised = reviseMemory(memory, memory === null ? before : { ...memory, content: before.content }, stamp)
  if (revised instanceof Error) return revised
  const { memoryId, personaId } = before
  const reopened = { conflictId, memoryId, personaId, reopenedAt: stamp.at, ...signature(stamp) }
  return [...revised, memoryEvents.memoryConflictReopened(reopened)]
}

export const reinforceMemory = (memory: Memory | null, reinforcementId: string, stamp: Stamp) => {
  if (memory === null) return new MemoryNotFound()
  if (memory.forgottenAt !== null) return new MemoryIsForgotten({ memoryId: memory.memoryId })
  const { memoryId, personaId } = memory
  return memoryEvents.memoryReinforced({
    reinforcementId,
    memoryId,
    personaId,
    reinforcedAt: stamp.at,
    ...signature(stamp),
  })
}

/** Undoes a reinforcement: it was a slip, so it counts no more. */
export const withdrawReinforcement = (memory: Memory | null, reinforcementId: string, stamp: Stamp) => {
  if (memory === null) return new MemoryNotFound()
  const { memoryId, personaId } = memory
  return memoryEvents.reinforcementWithdrawn({
    reinforcementId,
    memoryId,
    personaId,
    withdrawnAt: stamp.at,
    ...signature(stamp),
  })
}

export const linkMemories = (
  linkId: string,
  from: Memory | null,
  to: Memory | null,
  relation: string,
  stamp: Stamp,
) => {
  if (from === null || to === null) return new MemoryNotFound()
  if (from.memoryId === to.memoryId) return new MemoryLinkedToItself({ memoryId: from.memoryId })
  if (relation.trim() === '' || characterCount(relation.trim()) > 60) return new RelationIllegal()
  return memoryEvents.memoriesLinked({
    linkId,
    personaId: from.personaId,
    fromMemoryId: from.memoryId,
    toMemoryId: to.memoryId,
    relation: relation.trim(),
    linkedAt: stamp.at,
    ...signature(stamp),
  })
}

export const unlinkMemories = (personaId: string, linkId: string, stamp: Stamp) =>
  memoryEvents.memoriesUnlinked({ linkId, personaId, unlinkedAt: stamp.at, ...signature(stamp) })

/** `memory` goes into `into`: it leaves the lists, keeps its history, and can be restored. */
export const mergeMemory = (memory: Memory | null, into: Memory | null, stamp: Stamp) => {
  if (memory === null || into === null) return new MemoryNotFound()
  if (memory.memoryId === into.memoryId) return new MemoryLinkedToItself({ memoryId: memory.memoryId })
  const forgotten = [memory, into].find(({ forgottenAt }) => forgottenAt !== null)
  if (forgotten !== undefined) return new MemoryIsForgotten({ memoryId: forgotten.memoryId })
  return memoryEvents.memoryMerged({
    memoryId: memory.memoryId,
    personaId: memory.personaId,
    intoMemoryId: into.memoryId,
    mergedAt: stamp.at,
    ...signature(stamp),
  })
}

/** One act over any number of memories, undone as one. At most 2000 at a time, so that the event stays small. */
export const forgetMemories = (personaId: string, memoryIds: readonly string[], batchId: string, stamp: Stamp) =>
  refuseBatch(memoryIds) ??
  memoryEvents.memoriesForgotten({ personaId, memoryIds, batchId, forgottenAt: stamp.at, ...signature(stamp) })

export const restoreMemories = (personaId: string, memoryIds: readonly string[], batchId: string, stamp: Stamp) =>
  refuseBatch(memoryIds) ??
  memoryEvents.memoriesRestored({ personaId, memoryIds, batchId, restoredAt: stamp.at, ...signature(stamp) })

/** For good: only what is forgotten already, and nothing brings it back. At most 2000 at a time. */
export const eraseMemories = (
  personaId: string,
  forgotten: readonly Pick<Memory, 'memoryId' | 'forgottenAt'>[],
  erasureId: string,
  stamp: Stamp,
) => {
  if (forgotten.length === 0) return new MemoryNotFound()
  const remembered = forgotten.find(({ forgottenAt }) => forgottenAt === null)
  if (remembered !== undefined) return new MemoryIsRemembered({ memoryId: remembered.memoryId })
  const memoryIds = forgotten.map(({ memoryId }) => memoryId)
  return (
    refuseBatch(memoryIds) ??
    memoryEvents.memoriesErased({ personaId, memoryIds, erasureId, erasedAt: stamp.at, ...signature(stamp) })
  )
}

export const tagMemories = (
  personaId: string,
  memoryIds: readonly string[],
  tag: string,
  batchId: string,
  stamp: Stamp,
) => {
  const tidy = tag.trim()
  if (!isTag(tidy)) return new TagIllegal({ tag })
  return (
    refuseBatch(memoryIds) ??
    memoryEvents.memoriesTagged({ personaId, memoryIds, batchId, tag: tidy, taggedAt: stamp.at, ...signature(stamp) })
  )
}

export const untagMemories = (
  personaId: string,
  memoryIds: readonly string[],
  tag: string,
  batchId: string,
  stamp: Stamp,
) =>
  refuseBatch(memoryIds) ??
  memoryEvents.memoriesUntagged({ personaId, memoryIds, batchId, tag, untaggedAt: stamp.at, ...signature(stamp) })

export const refuseBatch = (memoryIds: readonly string[]) =>
  memoryIds.length > 2000 ? new TooManyAtOnce({ limit: 2000 }) : undefined

const refusalOf = (draft: MemoryDraft) => {
  const ofContent = refusalOfContent(draft.content)
  if (ofContent !== undefined) return ofContent
  if (!(draft.importance >= 0 && draft.importance <= 1)) return new ImportanceOutOfRange()
  if (draft.kind.trim() === '' || characterCount(draft.kind.trim()) > 60) return new MemoryKindIllegal()
  const tag = tidyTags(draft.tags).find((tag) => !isTag(tag))
  return tag === undefined ? undefined : new TagIllegal({ tag })
}

const refusalOfContent = (content: string) => {
  if (content.trim() === '') return new MemoryEmpty()
  return characterCount(content) > 100_000 ? new MemoryTooLong({ limit: 100_000 }) : undefined
}

export class MemoryNotFound extends Data.TaggedError('MemoryNotFound') {
  override readonly message = 'This memory is not here.'
}

export class MemoryIsForgotten extends Data.TaggedError('MemoryIsForgotten')<{ readonly memoryId: string }> {
  override readonly message = 'This memory is forgotten. Restore it first.'
}

export class MemoryIsRemembered extends Data.TaggedError('MemoryIsRemembered')<{ readonly memoryId: string }> {
  override readonly message = 'Only a forgotten memory can be erased. Forget it first.'
}

export class ConflictAlreadySettled extends Data.TaggedError('ConflictAlreadySettled') {
  override readonly message = 'Somebody chose already: there is one text again.'
}

export class MemoryLinkedToItself extends Data.TaggedError('MemoryLinkedToItself')<{ readonly memoryId: string }> {
  override readonly message = 'A memory cannot be linked to or merged into itself.'
}

export class RelationIllegal extends Data.TaggedError('RelationIllegal') {
  override readonly message = 'Say in 1–60 characters how the two memories belong together.'
}

export class MemoryEmpty extends Data.TaggedError('MemoryEmpty') {
  override readonly message = 'A memory needs some text.'
}

export class MemoryTooLong extends Data.TaggedError('MemoryTooLong')<{ readonly limit: number }> {
  override get message() {
    return `A memory has at most ${this.limit} characters. Split it into several.`
  }
}

export class ImportanceOutOfRange extends Data.TaggedError('ImportanceOutOfRange') {
  override readonly message = 'Importance goes from 0 to 1.'
}

export class MemoryKindIllegal extends Data.TaggedError('MemoryKindIllegal') {
  override readonly message = 'A kind has 1–60 characters.'
}

export class TagIllegal extends Data.TaggedError('TagIllegal')<{ readonly tag: string }> {
  override readonly message = 'A tag has 1–60 characters.'
}

export class TooManyAtOnce extends Data.TaggedError('TooManyAtOnce')<{ readonly limit: number }> {
  override get message() {
    return `At most ${this.limit} memories at once. Narrow the filter, or do it in parts.`
  }
}
