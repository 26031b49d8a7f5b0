import { Schema, State } from '@livestore/livestore'
import { authorColumns, conflictColumns, reopenConflict, textWriter } from '#schema/shared/concurrent-texts.ts'
import { noteErased } from '#schema/shared/erasures.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { Origin } from '#schema/shared/origin.ts'
import { key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { writer } from '#schema/shared/writer.ts'
import { type ImportedMemory, memoryEvents } from './events.ts'

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
    { name: 'memories_by_import', columns: ['importId'] },
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
    write(
      'delete from memoryTransfers where memoryId in (select value from json_each($memoryIds))',
      { memoryIds: rowsAsJson(memoryIds) },
      'memoryTransfers',
    ),
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

/** `which` selects their ids. */
const deleteMemories = (which: string, values: Readonly<Record<string, string>>) => [
  ...besideMemories.map((table) => write(`delete from ${table} where memoryId in (${which})`, values, table)),
  write(`delete from memoryLinks where fromMemoryId in (${which}) or toMemoryId in (${which})`, values, 'memoryLinks'),
  write(`delete from memoriesApart where oneId in (${which}) or otherId in (${which})`, values, 'memoriesApart'),
  write(`delete from memories where memoryId in (${which})`, values, 'memories'),
]

/** Tables whose rows are a memory’s own; the last ones are in `life-state.ts`. */
const besideMemories = [
  'memoryBodies',
  'memoryTags',
  'memoryReinforcements',
  'memoryAuthors',
  'memoryConflicts',
  'memoryTiers',
  'memoryPins',
  'memoryTransfers',
  'memoryValidities',
] as const

const texts = {
  texts: 'memoryBodies',
  authors: 'memoryAuthors',
  conflicts: 'memoryConflicts',
  id: 'memoryId',
  text: 'content',
}
const writeTexts = textWriter(texts)

interface RevisedContent {
  readonly memoryId: string
  readonly content: string
  readonly basedOn?: string | undefined
  readonly settles?: string
  readonly at: Date
  readonly actorId: string
  readonly deviceId: string
}

const reviseContent = ({ memoryId, content, basedOn, ...act }: RevisedContent) => {
  const textHash = textHashOf(content)
  const { settles = '', deviceId, at } = act
  const actId = idFromNames('revision', memoryId, settles, basedOn ?? '', textHash, deviceId, String(at.getTime()))
  return [
    ...writeTexts({ ...act, id: memoryId, textHash, basedOn, actId }),
    writePreview({ memoryId, preview: previewOf(content), at: at.getTime() }),
    writeContent({ memoryId, content, searchText: searchTextOf(content) }),
  ]
}

/**
 * Three statements for any number of memories. One already here keeps what it has, its tags too: hence tags go first. One
 * that was erased does not come back.
 */
export const insertMemories = (
  personaId: string,
  imported: readonly ImportedMemory[],
  addedAt: Date,
  importId: string | null,
) => [
  write(
    `insert or ignore into memoryTags (memoryId, tag)
     select row.value ->> 0, tag.value from json_each($rows) as row, json_each(row.value, '$[1]') as tag
     where row.value ->> 0 not in (select memoryId from memories)
       and row.value ->> 0 not in (select id from erasedIds)`,
    { rows: rowsAsJson(imported.map((m) => [m.memoryId, m.tags])) },
    'memoryTags',
  ),
  write(
    `insert or ignore into memories (memoryId, personaId, preview, kind, importance, occurredAt, addedAt, importId)
     select value ->> 0, $personaId, value ->> 1, value ->> 2, value ->> 3, value ->> 4, $addedAt, $importId
     from json_each($rows) where value ->> 0 not in (select id from erasedIds)`,
    {
      personaId,
      addedAt: addedAt.getTime(),
      importId,
      rows: rowsAsJson(
        imported.map((m) => [m.memoryId, previewOf(m.content), m.kind, m.importance, m.occurredAt.getTime()]),
      ),
    },
    'memories',
  ),
  write(
    `insert or ignore into memoryBodies (memoryId, content, searchText, sourceEventIds, origin)
     select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 from json_each($rows)
     where value ->> 0 in (select memoryId from memories)`,
    {
      rows: rowsAsJson(
        imported.map((m) => [m.memoryId, m.content, searchTextOf(m.content), m.sourceEventIds, m.origin ?? null]),
      ),
    },
    'memoryBodies',
  ),
]

/** The same for one: `json_each` costs several times what a row does. */
const insertMemory = (personaId: string, added: Omit<ImportedMemory, 'origin'>, addedAt: Date) => {
  const { memoryId, content, tags } = added
  return [
    ...(tags.length === 0 ? [] : [tagMemory({ memoryId, tags: rowsAsJson(tags) })]),
    insertHeader({
      memoryId,
      personaId,
      preview: previewOf(content),
      kind: added.kind,
      importance: added.importance,
      occurredAt: added.occurredAt.getTime(),
      addedAt: addedAt.getTime(),
    }),
    insertBody({
      memoryId,
      content,
      searchText: searchTextOf(content),
      sourceEventIds: rowsAsJson(added.sourceEventIds),
    }),
  ]
}

/** Before the memory is here. */
const tagMemory = writer(
  `insert or ignore into memoryTags (memoryId, tag) select $memoryId, value from json_each($tags)
   where $memoryId not in (select memoryId from memories) and $memoryId not in (select id from erasedIds)`,
  'memoryTags',
)

const insertHeader = writer(
  `insert or ignore into memories (memoryId, personaId, preview, kind, importance, occurredAt, addedAt)
   select $memoryId, $personaId, $preview, $kind, $importance, $occurredAt, $addedAt
   where $memoryId not in (select id from erasedIds)`,
  'memories',
)

const insertBody = writer(
  `insert or ignore into memoryBodies (memoryId, content, searchText, sourceEventIds)
   select $memoryId, $content, $searchText, $sourceEventIds where $memoryId in (select memoryId from memories)`,
  'memoryBodies',
)

const writeImportance = writer(
  'update memories set importance = $importance, revisedAt = $revisedAt where memoryId = $memoryId',
  'memories',
)

const writePreview = writer(
  'update memories set preview = $preview, revisedAt = $at where memoryId = $memoryId',
  'memories',
)

const writeContent = writer(
  'update memoryBodies set content = $content, searchText = $searchText where memoryId = $memoryId',
  'memoryBodies',
)

const reinforce = writer(
  `insert or ignore into memoryReinforcements (reinforcementId, memoryId, reinforcedAt)
   select $reinforcementId, $memoryId, $reinforcedAt where $memoryId not in (select id from erasedIds)`,
  'memoryReinforcements',
)
