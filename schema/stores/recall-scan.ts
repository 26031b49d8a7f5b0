import { Schema } from '@livestore/livestore'
import { MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import type { Passage } from './recall-passage.ts'
import { isPair, type Term } from './recall-words.ts'

/** Reads the persona's SQLite. */
export type Select = (query: string, bindValues: readonly (string | number)[]) => readonly unknown[]

/**
 * The memories and messages worth ranking, and the weight of each term: rare words weigh more (the inverse document
 * frequency of BM25, over both tables). `glob` because it is the fastest look into a text that SQLite has: 20 000 rows
 * of 300 characters take 7 ms a term. A stem holds letters and digits only, so it is no pattern of its own.
 */
export const candidatesFor = (terms: readonly Term[], select: Select, exceptMessageId: string): Candidates => {
  // SQLite refuses a pattern of 50 000 bytes, and nobody writes a word of a hundred letters by hand.
  const patterns = terms.map(({ stem }) => `*${stem.slice(0, 100)}*`)
  const inMemories = frequenciesIn('memoryBodies', patterns, select)
  const inMessages = frequenciesIn('messageBodies', patterns, select)
  const weights = weightsOf(
    terms,
    terms.map((_, place) => (inMemories.holding[place] ?? 0) + (inMessages.holding[place] ?? 0)),
    inMemories.total + inMessages.total,
  )
  const said = decodeMessages(rowsWith(messageRows(exceptMessageId), inMessages, patterns, select))
  const saidAround = decodeMessages(select(rowsAround(exceptMessageId), [JSON.stringify(said.map(({ id }) => id))]))
  const messages = new Map([...said, ...saidAround].map((message) => [message.id, message]))
  const memories = decodeMemories(rowsWith(memoryRows, inMemories, patterns, select))
  return { passages: [...memories.map(memoryToPassage), ...[...messages.values()].map(messageToPassage)], weights }
}

interface Candidates {
  readonly passages: readonly Passage[]
  /** One for each term. */
  readonly weights: readonly number[]
}

/** A word held nowhere says that the rest may be beside the point, but not much louder than the rarest known one. */
const weightsOf = (terms: readonly Term[], holding: readonly number[], total: number): readonly number[] => {
  const weights = holding.map((count) => Math.log(1 + (total - count + 0.5) / (count + 0.5)))
  const known = Math.max(...weights.filter((_, place) => holding[place] !== 0), 0)
  const unknown = terms.map((term) => known * (isPair(term) ? 0.25 : 1.25))
  return weights.map((weight, place) => (holding[place] === 0 ? Math.min(weight, unknown[place] ?? 0) : weight))
}

interface Frequencies {
  readonly total: number
  /** Rows that hold each term. */
  readonly holding: readonly number[]
}

const frequenciesIn = (table: string, patterns: readonly string[], select: Select): Frequencies => {
  const sums = patterns.map((_, place) => `total(searchText glob ?${place + 1})`)
  const rows = select(`select count(*) as total, json_array(${sums.join(', ')}) as holding from ${table}`, patterns)
  return decodeFrequencies(rows)[0] ?? { total: 0, holding: [] }
}

/** The rarest terms until they make this many rows together: the frequent ones only help to rank. */
const rowsEnough = 3000
const candidateLimit = 100

const rowsWith = (
  query: (where: string, rarity: string) => string,
  { holding }: Frequencies,
  patterns: readonly string[],
  select: Select,
): readonly unknown[] => {
  const chosen: { readonly pattern: string; readonly count: number }[] = []
  let rows = 0
  for (const term of patterns
    .map((pattern, place) => ({ pattern, count: holding[place] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count)) {
    rows += term.count
    if (chosen.length > 0 && rows > rowsEnough) break
    chosen.push(term)
  }
  if (chosen.length === 0) return []
  const where = chosen.map((_, place) => `b.searchText glob ?${place + 1}`).join(' or ')
  const rarity = chosen.map(({ count }, place) => `(b.searchText glob ?${place + 1}) * ${1 / count}`).join(' + ')
  return select(
    query(where, rarity),
    chosen.map(({ pattern }) => pattern),
  )
}

// `cross join` keeps SQLite from reading the other table first, row by row.
const memoryRows = (where: string, rarity: string) => `
  select b.memoryId as id, m.occurredAt as at, m.importance, b.content,
    (select validUntil from memoryValidities v where v.memoryId = b.memoryId) as validUntil
  from memoryBodies b cross join memories m on m.memoryId = b.memoryId
  where (${where}) and m.forgottenAt is null order by ${rarity} desc, at desc, id limit ${candidateLimit}`

const messageRows = (exceptMessageId: string) => (where: string, rarity: string) =>
  `
  ${sayings}
  where (${where}) and ${isSaid(exceptMessageId)} order by ${rarity} desc, at desc, id limit ${candidateLimit}`

/** The two messages before each of those in ?1, and the two after it. */
const rowsAround = (exceptMessageId: string) => `
  with hit as (
    select m.messageId, m.conversationId, m.parentMessageId from json_each(?1) j cross join messages m on m.messageId = j.value
  ), answer as (
    select c.messageId, c.conversationId from hit
      cross join messages c on c.conversationId = hit.conversationId and c.parentMessageId = hit.messageId
  ), around (id) as (
    select parentMessageId from hit
    union select p.parentMessageId from hit cross join messages p on p.messageId = hit.parentMessageId
    union select messageId from answer
    union select c.messageId from answer
      cross join messages c on c.conversationId = answer.conversationId and c.parentMessageId = answer.messageId
  )
  ${sayings} where b.messageId in (select id from around) and ${isSaid(exceptMessageId)} order by at, id`

const sayings = `
  select b.messageId as id, m.sentAt as at, m.role, m.parentMessageId, m.conversationId, c.title, b.parts
  from messageBodies b cross join messages m on m.messageId = b.messageId
    cross join conversations c on c.conversationId = m.conversationId`

/** What the built-in responder said is left out: a quote of a quote says nothing new. */
const isSaid = (exceptMessageId: string) => `
  m.deletedAt is null and c.deletedAt is null and m.role <> 'system'
    and m.messageId <> '${exceptMessageId.replaceAll("'", "''")}' and coalesce(b.answer ->> '$.model', '') <> 'built-in'`

const decodeFrequencies = Schema.decodeUnknownSync(
  Schema.Array(Schema.Struct({ total: Schema.Number, holding: Schema.parseJson(Schema.Array(Schema.Number)) })),
)
const MemoryHit = Schema.Struct({
  id: Schema.String,
  at: Schema.DateFromNumber,
  importance: Schema.Number,
  content: Schema.String,
  validUntil: Schema.NullOr(Schema.DateFromNumber),
})
const MessageHit = Schema.Struct({
  id: Schema.String,
  at: Schema.DateFromNumber,
  role: Schema.String,
  parentMessageId: Schema.NullOr(Schema.String),
  conversationId: Schema.String,
  title: Schema.String,
  parts: Schema.parseJson(Schema.Array(MessagePart)),
})
const decodeMemories = Schema.decodeUnknownSync(Schema.Array(MemoryHit))
const decodeMessages = Schema.decodeUnknownSync(Schema.Array(MessageHit))

const memoryToPassage = ({ id, at, importance, content, validUntil }: typeof MemoryHit.Type): Passage => ({
  id,
  kind: 'memory',
  // Who is told it is told when it ended.
  text: validUntil === null ? content : `${content} (true until ${validUntil.toISOString().slice(0, 10)})`,
  at,
  importance,
  said: null,
  parentMessageId: null,
})

const messageToPassage = ({
  id,
  at,
  role,
  parentMessageId,
  conversationId,
  title,
  parts,
}: typeof MessageHit.Type): Passage => ({
  id,
  kind: 'message',
  text: textOfParts(parts),
  at,
  importance: 0.3,
  said: { conversationId, title, role },
  parentMessageId,
})
