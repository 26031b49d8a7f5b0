import { textWriter } from '#schema/shared/concurrent-texts.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { rowsAsJson, write } from '#schema/shared/tables.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { inserter, listInserter, writer } from '#schema/shared/writer.ts'
import type { ImportedMemory } from './events.ts'
import { besideMemories } from './own-tables.ts'

/** `which` selects their ids. */
export const deleteMemories = (which: string, values: Readonly<Record<string, string>>) => [
  ...besideMemories.map((table) => write(`delete from ${table} where memoryId in (${which})`, values, table)),
  write(`delete from memoryLinks where fromMemoryId in (${which}) or toMemoryId in (${which})`, values, 'memoryLinks'),
  write(`delete from memoriesApart where oneId in (${which}) or otherId in (${which})`, values, 'memoriesApart'),
  write(`delete from memories where memoryId in (${which})`, values, 'memories'),
]

export const texts = {
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

export const reviseContent = ({ memoryId, content, basedOn, ...act }: RevisedContent) => {
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
 * A few statements for any number of memories. One already here keeps what it has, its tags and sources too: hence those go
 * first. One that was erased does not come back.
 */
export const insertMemories = (
  personaId: string,
  imported: readonly ImportedMemory[],
  addedAt: Date,
  importId: string | null,
) => [
  ...insertLists(imported),
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

/** Before the memories are here. */
const insertLists = (imported: readonly ImportedMemory[]) =>
  lists.flatMap(({ table, column, of }) => {
    const rows = imported.filter((memory) => of(memory).length > 0).map((memory) => [memory.memoryId, of(memory)])
    if (rows.length === 0) return []
    return write(
      `insert or ignore into ${table} (memoryId, ${column})
       select row.value ->> 0, item.value from json_each($rows) as row, json_each(row.value, '$[1]') as item
       where row.value ->> 0 not in (select memoryId from memories)
         and row.value ->> 0 not in (select id from erasedIds)`,
      { rows: rowsAsJson(rows) },
      table,
    )
  })

/** What a memory has several of from the beginning. */
const lists = [
  { table: 'memoryTags', column: 'tag', of: ({ tags }: ImportedMemory) => tags },
  { table: 'memorySources', column: 'messageId', of: ({ sourceEventIds }: ImportedMemory) => sourceEventIds },
] as const

/** The same for one: `json_each` costs several times what a row does. */
export const insertMemory = (personaId: string, added: Omit<ImportedMemory, 'origin'>, addedAt: Date) => {
  const { memoryId, content, tags, sourceEventIds } = added
  return [
    ...tagMemory({ memoryId }, tags),
    ...noteSources({ memoryId }, sourceEventIds),
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
      sourceEventIds: rowsAsJson(sourceEventIds),
    }),
  ]
}

const isNotErased = '$memoryId not in (select id from erasedIds)'

/** Before the memory is here. */
const isNew = `$memoryId not in (select memoryId from memories) and ${isNotErased}`

const tagMemory = listInserter('memoryTags', ['memoryId', 'tag'], isNew)

const noteSources = listInserter('memorySources', ['memoryId', 'messageId'], isNew)

const insertHeader = inserter(
  'memories',
  'memoryId, personaId, preview, kind, importance, occurredAt, addedAt',
  isNotErased,
)

const insertBody = inserter(
  'memoryBodies',
  'memoryId, content, searchText, sourceEventIds',
  '$memoryId in (select memoryId from memories)',
)

export const writeImportance = writer(
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

export const reinforce = inserter('memoryReinforcements', 'reinforcementId, memoryId, reinforcedAt', isNotErased)
