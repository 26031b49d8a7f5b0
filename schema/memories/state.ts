import { Schema, State } from '@livestore/livestore'
import { authorColumns, conflictColumns, reopenConflict } from '#schema/shared/concurrent-texts.ts'
import { noteErased } from '#schema/shared/erasures.ts'
import { Origin } from '#schema/shared/origin.ts'
import { deleteRows, key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { memoryEvents } from './events.ts'
import {
  deleteMemories,
  insertMemories,
  insertMemory,
  reinforce,
  reviseContent,
  texts,
  writeImportance,
} from './writes.ts'

/** What a list shows and sorts by. Long text and lists live in the tables below, so that a live list stays cheap. */
const memories = State.SQLite.table({
  name: 'memories',
  columns: {
    memoryId: key(),
    personaId: State.SQLite.text(),
    preview: State.SQLite.text(),
    kind: State.SQLite.text(),
    importance: number(),
    occurredAt: time(),
    addedAt: time(),
    revisedAt: timeOrNull(),
    forgottenAt: timeOrNull(),
    mergedIntoId: State.SQLite.text({ nullable: true }),
    importId: State.SQLite.text({ nullable: true }),
  },
  indexes: [
    { name: 'memories_by_importance', columns: ['forgottenAt', 'importance', 'memoryId'] },
    { name: 'memories_by_occurred', columns: ['forgottenAt', 'occurredAt', 'memoryId'] },
    { name: 'memories_by_added', columns: ['forgottenAt', 'addedAt', 'memoryId'] },
    { name: 'memories_by_kind_importance', columns: ['kind', 'forgottenAt', 'importance', 'memoryId'] },
    { name: 'memories_by_kind_occurred', columns: ['kind', 'forgottenAt', 'occurredAt', 'memoryId'] },
    { name: 'memories_by_kind_added', columns: ['kind', 'forgottenAt', 'addedAt', 'memoryId'] },
    { name: 'memories_by_import', columns: ['importId', 'forgottenAt', 'memoryId'] },
  ],
})

const memoryBodies = State.SQLite.table({
  name: 'memoryBodies',
  columns: {
    memoryId: key(),
    content: State.SQLite.text(),
    searchText: State.SQLite.text(),
    sourceEventIds: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    origin: State.SQLite.json({ nullable: true, schema: Origin }),
  },
})

const memoryTags = State.SQLite.table({
  name: 'memoryTags',
  columns: { memoryId: key(), tag: key() },
  indexes: [{ name: 'memoryTags_by_tag', columns: ['tag', 'memoryId'] }],
})

/** The messages a memory was learnt from, both ways. They may not be here, or not be here yet. */
const memorySources = State.SQLite.table({
  name: 'memorySources',
  columns: { memoryId: key(), messageId: key() },
  indexes: [{ name: 'memorySources_by_message', columns: ['messageId', 'memoryId'] }],
})

const memoryReinforcements = State.SQLite.table({
  name: 'memoryReinforcements',
  columns: { reinforcementId: key(), memoryId: State.SQLite.text(), reinforcedAt: time() },
  indexes: [{ name: 'memoryReinforcements_by_memory', columns: ['memoryId', 'reinforcedAt'] }],
})

const memoryLinks = State.SQLite.table({
  name: 'memoryLinks',
  columns: {
    linkId: key(),
    fromMemoryId: State.SQLite.text(),
    toMemoryId: State.SQLite.text(),
    relation: State.SQLite.text(),
    linkedAt: time(),
  },
  indexes: [
    { name: 'memoryLinks_by_from', columns: ['fromMemoryId'] },
    { name: 'memoryLinks_by_to', columns: ['toMemoryId'] },
  ],
})

/** Who wrote the text of a memory, once it was revised. */
const memoryAuthors = State.SQLite.table({
  name: 'memoryAuthors',
  columns: { memoryId: key(), ...authorColumns() },
})

/** Texts that were written beside the one that stands, and those a person has chosen about. */
const memoryConflicts = State.SQLite.table({
  name: 'memoryConflicts',
  columns: {
    conflictId: key(),
    memoryId: State.SQLite.text(),
    content: State.SQLite.text(),
    ...conflictColumns(),
  },
  indexes: [
    { name: 'memoryConflicts_by_memory', columns: ['memoryId', 'settledAt'] },
    { name: 'memoryConflicts_by_settled', columns: ['settledAt', 'openedAt'] },
  ],
})

export type Memory = typeof memories.Type
export type MemoryConflict = typeof memoryConflicts.Type

export const memoryTables = {
  memories,
  memoryBodies,
  memoryTags,
  memorySources,
  memoryReinforcements,
  memoryLinks,
  memoryAuthors,
  memoryConflicts,
}

/** Total and idempotent: an event given twice, or for a memory not here, changes nothing that is seen. */
export const memoryMaterializers = State.SQLite.materializers(memoryEvents, {
  'v1.MemoryAdded': ({ personaId, addedAt, ...memory }) => insertMemory(personaId, memory, addedAt),
  'v1.MemoriesImported': ({ personaId, importId, memories, importedAt }) =>
    insertMemories(personaId, memories, importedAt, importId),
  'v1.MemoryContentRevised': ({ revisedAt, ...revised }) => reviseContent({ ...revised, at: revisedAt }),
  'v1.MemoryConflictSettled': ({ conflictId, settledAt, ...settled }) =>
    reviseContent({ ...settled, settles: conflictId, at: settledAt }),
  'v1.MemoryConflictReopened': ({ conflictId, memoryId }) => reopenConflict(texts, conflictId, memoryId),
  'v1.MemoryImportanceRevised': ({ memoryId, importance, revisedAt }) =>
    writeImportance({ memoryId, importance, revisedAt: revisedAt.getTime() }),
  'v1.MemoryClassified': ({ memoryId, kind, tags, classifiedAt }) => [
    memories.update({ kind, revisedAt: classifiedAt }).where({ memoryId }),
    memoryTags.delete().where({ memoryId }),
    write(
      `insert or ignore into memoryTags (memoryId, tag) select $memoryId, value from json_each($tags)
       where $memoryId not in (select id from erasedIds)`,
      { memoryId, tags: rowsAsJson(tags) },
      'memoryTags',
    ),
  ],
  'v1.MemoryReinforced': ({ reinforcementId, memoryId, reinforcedAt }) =>
    reinforce({ reinforcementId, memoryId, reinforcedAt: reinforcedAt.getTime() }),
  'v1.ReinforcementWithdrawn': ({ reinforcementId }) => memoryReinforcements.delete().where({ reinforcementId }),
  'v1.MemoriesLinked': ({ linkId, fromMemoryId, toMemoryId, relation, linkedAt }) =>
    memoryLinks.insert({ linkId, fromMemoryId, toMemoryId, relation, linkedAt }).onConflict('linkId', 'ignore'),
  'v1.MemoriesUnlinked': ({ linkId }) => memoryLinks.delete().where({ linkId }),
  'v1.MemoryMerged': ({ memoryId, intoMemoryId, mergedAt }) =>
    memories.update({ mergedIntoId: intoMemoryId, forgottenAt: mergedAt }).where({ memoryId }),
  'v1.MemoriesForgotten': ({ memoryIds, forgottenAt }) =>
    write(
      `update memories set forgottenAt = $at
       where forgottenAt is null and memoryId in (select value from json_each($memoryIds))`,
      { at: forgottenAt.getTime(), memoryIds: rowsAsJson(memoryIds) },
      'memories',
    ),
  'v1.MemoriesRestored': ({ memoryIds }) => [
    write(
      `update memories set forgottenAt = null, mergedIntoId = null
       where memoryId in (select value from json_each($memoryIds))`,
      { memoryIds: rowsAsJson(memoryIds) },
      'memories',
    ),
    deleteRows('memoryTransfers', 'memoryId', memoryIds),
  ],
  'v1.MemoriesErased': ({ memoryIds, ...erasure }) => [
    ...deleteMemories('select value from json_each($memoryIds)', { memoryIds: rowsAsJson(memoryIds) }),
    ...noteErased('memories', memoryIds, erasure),
  ],
  'v1.MemoriesTagged': ({ memoryIds, tag }) =>
    write(
      `insert or ignore into memoryTags (memoryId, tag) select value, $tag from json_each($memoryIds)
       where value not in (select id from erasedIds)`,
      { tag, memoryIds: rowsAsJson(memoryIds) },
      'memoryTags',
    ),
  'v1.MemoriesUntagged': ({ memoryIds, tag }) =>
    write(
      'delete from memoryTags where tag = $tag and memoryId in (select value from json_each($memoryIds))',
      { tag, memoryIds: rowsAsJson(memoryIds) },
      'memoryTags',
    ),
  'v1.MemoriesImportWithdrawn': ({ importId }) =>
    deleteMemories('select memoryId from memories where importId = $importId', { importId }),
})
