import { kindOf } from '#schema/attachments/kinds.ts'
import { type MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import type { SearchDocument } from './search-index.ts'
import type { Row } from './state-hash.ts'

/** Reads a persona's SQLite. */
export type Select = (query: string, binds: readonly (string | number)[]) => readonly Row[]

export type DocumentType = SearchDocument['type']

/** Which document there is, and a number that is another one as soon as anything of it is. */
export type DocumentMark = readonly [id: string, mark: number]

/** The marks of what a state has to be found of one type, by id, those after `after`. */
export const marksAfter = (
  select: Select,
  type: DocumentType,
  after: string,
  limit: number,
): readonly DocumentMark[] => {
  const { seen, from, id } = sources[type]
  return select(`select ${id} as id, json_array(${seen}) as seen from ${from} and ${id} > ?1 order by ${id} limit ?2`, [
    after,
    limit,
  ]).map((row) => [String(row.id), markOf(String(row.seen))])
}

/** The documents of these ids, as far as the state has them. */
export const documentsOf = (select: Select, type: DocumentType, ids: readonly string[]): readonly SearchDocument[] => {
  const { seen, told, from, id } = sources[type]
  return select(
    `select ${id} as id, json_array(${seen}) as seen, ${told} from ${from} and ${id} in (select value from json_each(?1))`,
    [JSON.stringify(ids)],
  ).map((row) => ({ ...none, ...documentBy[type](row), id: String(row.id), mark: markOf(String(row.seen)) }))
}

/** What hits are headed with; nothing before the persona's first event is here. */
export const personaIn = (
  select: Select,
): { readonly personaName: string; readonly isArchived: boolean } | undefined => {
  const [row] = select('select name, archivedAt from personas limit 1', [])
  return row === undefined ? undefined : { personaName: String(row.name), isArchived: row.archivedAt !== null }
}

/**
 * `seen` is what a document is made of, or tells its versions apart: a text that was written over has another hash, and
 * the first text of an id is always the same. No text is read for it.
 */
const sources = {
  conversation: {
    id: 'c.conversationId',
    from: 'conversations c where c.deletedAt is null',
    seen: 'c.title, c.startedAt, c.archivedAt is null',
    told: 'c.title as text, c.startedAt as at, c.archivedAt is not null as isArchived',
  },
  memory: {
    id: 'm.memoryId',
    from: `memories m cross join memoryBodies b on b.memoryId = m.memoryId
      left join memoryAuthors a on a.memoryId = m.memoryId where m.forgottenAt is null`,
    seen: 'm.kind, m.occurredAt, m.revisedAt, octet_length(b.content), a.textHash',
    told: 'm.kind, m.occurredAt as at, b.content as text',
  },
  message: {
    id: 'm.messageId',
    from: `messages m cross join conversations c on c.conversationId = m.conversationId
      cross join messageBodies b on b.messageId = m.messageId
      left join messageAuthors a on a.messageId = m.messageId where m.deletedAt is null and c.deletedAt is null`,
    seen: 'm.conversationId, m.role, m.sentAt, m.editedAt, octet_length(b.parts), a.textHash',
    told: 'm.conversationId, m.role, m.sentAt as at, b.parts',
  },
  attachment: {
    id: 'f.attachmentId',
    from: `attachments f left join conversations c on c.conversationId = f.conversationId
      where f.deletedAt is null and f.discardedAt is null and c.deletedAt is null`,
    seen: 'f.name, f.mediaType, f.conversationId, f.addedAt',
    told: `f.name as text, f.mediaType, coalesce(f.conversationId, '') as conversationId, f.addedAt as at`,
  },
} satisfies Record<DocumentType, Readonly<Record<'id' | 'from' | 'seen' | 'told', string>>>

type Told = Partial<SearchDocument> & Pick<SearchDocument, 'type' | 'text' | 'at'>

const none = { kind: '', conversationId: '', role: '', has: [], isArchived: false }

const documentBy: Readonly<Record<DocumentType, (row: Row) => Told>> = {
  conversation: ({ id, text, at, isArchived }) => ({
    type: 'conversation',
    text: String(text),
    at: new Date(Number(at)),
    conversationId: String(id),
    isArchived: isArchived === 1,
  }),
  memory: ({ kind, at, text }) => ({
    type: 'memory',
    kind: String(kind),
    at: new Date(Number(at)),
    text: String(text),
    has: hasLink(String(text)),
  }),
  message: ({ conversationId, role, at, parts: json }) => {
    const parts = JSON.parse(String(json)) as readonly MessagePart[] // a materializer wrote them
    const text = textOfParts(parts)
    return {
      type: 'message',
      conversationId: String(conversationId),
      role: String(role),
      at: new Date(Number(at)),
      text,
      has: [...new Set([...parts.flatMap(hasOfPart), ...hasLink(text)])],
    }
  },
  attachment: ({ text, mediaType, conversationId, at }) => {
    const kind = kindOf(String(mediaType)) ?? ''
    return {
      type: 'attachment',
      kind,
      text: String(text),
      conversationId: String(conversationId),
      at: new Date(Number(at)),
      has: ['file', ...(kind === '' ? [] : [kind])],
    }
  },
}

const hasOfPart = (part: MessagePart): readonly string[] => {
  if (part.type === 'file') return 'name' in part && pictureName.test(String(part.name)) ? ['file', 'image'] : ['file']
  return part.type === 'image' || part.type === 'code' ? [part.type] : []
}

const hasLink = (text: string) => (/https?:\/\/\S/.test(text) ? ['link'] : [])

const pictureName = /\.(png|jpe?g|gif|webp|avif|bmp|svg|heic)$/i

/** 48 bits (cyrb53 without its last): two versions of one document are told apart, and SQLite keeps it in six bytes. */
const markOf = (text: string): number => {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return (b & 0x7fff) * 2 ** 32 + (a >>> 0)
}
