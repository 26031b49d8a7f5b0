import { Schema } from '@livestore/livestore'
import type { SqlValue } from './replay-database.ts'
import { documentTypes, type SearchDatabase, type SearchDocument } from './search-index.ts'
import { docsInBlock } from './search-numbers.ts'
import { unpackText } from './search-packing.ts'
import type { SearchFilter, SearchQuery, Wanted } from './search-query.ts'
import { type SnippetPart, snippetOf } from './search-snippet.ts'

export interface SearchHit {
  readonly storeId: string
  readonly personaId: string
  readonly personaName: string
  readonly id: string
  readonly type: SearchDocument['type']
  readonly kind: string
  readonly at: Date
  readonly conversationId: string
  readonly title: string
  readonly role: string
  readonly snippet: readonly SnippetPart[]
}

/** One persona's hits, best first. */
export interface SearchGroup {
  readonly storeId: string
  readonly personaName: string
  readonly hits: readonly SearchHit[]
}

export type SearchOrder = 'best' | 'newest'

/** The best hits of all personas, by persona, the one with the best hit first. Without words: the newest. */
export const search = (
  db: SearchDatabase,
  query: SearchQuery,
  limit = 50,
  order: SearchOrder = 'best',
): readonly SearchGroup[] => {
  const { hits, binds } = hitsOf(query, limit, order)
  const rows = decodeRows(
    db.all(
      `select s.storeId, s.personaId, s.personaName, d.id, d.type as typeNumber, d.kind, d.at, coalesce(v.id, '') as conversationId,
         coalesce(c.text, '') as title, d.role, d.text
       from (${hits}) hit cross join documents d on d.doc = hit.doc cross join shards s on s.shard = d.shard
         left join conversations v on v.conversation = d.conversation
         left join documents c on c.shard = d.shard and c.id = v.id and c.type = ${conversationType}
       order by hit.rank, d.at desc, d.doc`,
      binds,
    ),
  )
  const groups = new Map<
    string,
    { readonly storeId: string; readonly personaName: string; readonly hits: SearchHit[] }
  >()
  for (const { text, title, typeNumber, ...row } of rows) {
    const type = documentTypes[typeNumber] ?? 'message'
    const group = groups.get(row.storeId) ?? { storeId: row.storeId, personaName: row.personaName, hits: [] }
    group.hits.push({ ...row, title: unpackText(title), type, snippet: snippetOf(unpackText(text), query.wanted) })
    groups.set(row.storeId, group)
  }
  return [...groups.values()]
}

/** How many hits each persona has, by the id of its store: all of them, not only those shown. */
export const countHits = (db: SearchDatabase, query: SearchQuery): ReadonlyMap<string, number> => {
  const { from, where, binds } = conditionsOf(query)
  const doc = query.wanted.length > 0 ? 'words.rowid' : 'd.doc'
  const rows = db.all(
    `select storeId, sum(count) as count
     from (select ${doc} / ${docsInBlock} as block, count(*) as count ${from} where ${where} group by 1)
       join blocks using (block) join shards using (shard)
     group by storeId`,
    binds,
  )
  return new Map(rows.map(({ storeId, count }) => [String(storeId), Number(count)]))
}

/** The best documents, or without words the newest. FTS5 ranks by itself when no other table is asked. */
const hitsOf = (query: SearchQuery, limit: number, order: SearchOrder) => {
  const { from, where, binds } = conditionsOf(query, order === 'newest')
  const hits =
    query.wanted.length > 0 && order === 'best'
      ? `select words.rowid as doc, words.rank as rank ${from} where ${where} order by words.rank limit ${limit}`
      : `select d.doc as doc, 0 as rank ${from} where ${where} order by d.at desc, d.doc limit ${limit}`
  return { hits, binds }
}

const conditionsOf = ({ wanted, without, filters }: SearchQuery, readsDocuments = false) => {
  const hasWords = wanted.length > 0
  const conditions: Condition[] = [
    ...(hasWords ? [{ sql: 'words match ?', binds: [matchOf(wanted, ' AND ')] }] : []),
    ...(without.length > 0
      ? [
          {
            sql: `${hasWords ? 'words.rowid' : 'd.doc'} not in (select rowid from words where words match ?)`,
            binds: [matchOf(without, ' OR ')],
          },
        ]
      : []),
    ...filters.map(conditionOf),
  ]
  const documents = 'documents d cross join shards s on s.shard = d.shard'
  return {
    from:
      hasWords && filters.length === 0 && !readsDocuments
        ? 'from words'
        : hasWords
          ? `from words cross join documents d on d.doc = words.rowid cross join shards s on s.shard = d.shard`
          : `from ${documents}`,
    where: conditions.map(({ sql }) => `(${sql})`).join(' and ') || 'false',
    binds: conditions.flatMap(({ binds }) => binds),
  }
}

interface Condition {
  readonly sql: string
  readonly binds: readonly SqlValue[]
}

/** Tokens hold letters and digits only, so that nothing in quotes can end them. */
const matchOf = (wanted: readonly Wanted[], joined: string): string =>
  wanted.map(({ tokens, isPrefix }) => `"${tokens.join(' ')}"${isPrefix ? ' *' : ''}`).join(joined)

const conditionOf = (filter: SearchFilter): Condition => {
  const { sql, binds } = plainConditionOf(filter)
  return filter.isExcluded ? { sql: `not (${sql})`, binds } : { sql, binds }
}

const plainConditionOf = (filter: SearchFilter): Condition => {
  if ('at' in filter) return { sql: filter.field === 'before' ? 'd.at < ?' : 'd.at >= ?', binds: [filter.at.getTime()] }
  const { value } = filter
  switch (filter.field) {
    case 'from':
      return { sql: wholeWord(speaker), binds: [value] }
    case 'persona':
      return { sql: wholeWord('s.searchName'), binds: [value] }
    case 'in':
      return {
        sql: `d.conversation in (select c.conversation from words cross join documents c on c.doc = words.rowid
                where words match ? and c.type = ${conversationType})`,
        binds: [`"${value}"`],
      }
    case 'kind':
      return { sql: 'd.kind = ? or d.type = ?', binds: [value, documentTypes.findIndex((type) => type === value)] }
    case 'role':
      return { sql: 'd.role = ?', binds: [value] }
    case 'has':
      return { sql: 'instr(d.has, ?) > 0', binds: [` ${value} `] }
    case 'is':
      return {
        sql: `d.isArchived = 1 or s.isArchived = 1 or d.conversation in
                (select conversation from documents where isArchived = 1)`,
        binds: [],
      }
  }
}

const conversationType = documentTypes.indexOf('conversation')

/** By the name of the persona, or as one calls oneself. */
const speaker = "case d.role when 'assistant' then s.searchName when 'user' then 'me you user' else d.role end"

const wholeWord = (column: string) => `instr(' ' || ${column} || ' ', ' ' || ? || ' ') > 0`

const Packed = Schema.Union(Schema.String, Schema.Uint8ArrayFromSelf)

const decodeRows = Schema.decodeUnknownSync(
  Schema.Array(
    Schema.Struct({
      storeId: Schema.String,
      personaId: Schema.String,
      personaName: Schema.String,
      id: Schema.String,
      typeNumber: Schema.Number,
      kind: Schema.String,
      at: Schema.DateFromNumber,
      conversationId: Schema.String,
      title: Packed,
      role: Schema.String,
      text: Packed,
    }),
  ),
)
