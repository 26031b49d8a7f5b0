import { Schema } from '@livestore/livestore'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import type { PlannedPersona, Remark } from '#schema/imports/plan.ts'
import type { KnownIds } from './import-events.ts'

// Before an import: what is here already. After it: whether what should have come is what stands there. Both ask in
// chunks of ids, once; no view lives on these.

export type RowKind = 'conversation' | 'message' | 'memory'

const tables = { conversation: 'conversations', message: 'messages', memory: 'memories' } as const

/** Which of the ids a persona's store has, deleted and forgotten ones included: they are not brought again. */
export const knownIdsQuery = (kind: RowKind, ids: readonly string[]) => ({
  query: `select ${kind}Id as id from ${tables[kind]} where ${kind}Id in (select value from json_each(?))`,
  bindValues: [JSON.stringify(ids)],
  schema: Schema.Array(Schema.Struct({ id: Schema.String })),
})

/** One thing of a persona as far as a proof looks at it. `within` is the conversation of a message. */
export interface ProofRow {
  readonly kind: RowKind
  readonly id: string
  readonly within: string
  readonly text: string
}

const ImportedRow = Schema.Struct({ id: Schema.String, within: Schema.String, body: Schema.String })
/** `body` as it stands in the table: the title, the JSON of the parts, the content. */
export type ImportedRow = typeof ImportedRow.Type

const bodies = {
  conversation: `select conversationId as id, '' as "within", title as body from conversations where conversationId in`,
  message: `select m.messageId as id, m.conversationId as "within", b.parts as body
            from messages m join messageBodies b on b.messageId = m.messageId where m.messageId in`,
  memory: `select memoryId as id, '' as "within", content as body from memoryBodies where memoryId in`,
}

/** What the store has of these ids. */
export const importedRowsQuery = (kind: RowKind, ids: readonly string[]) => ({
  query: `${bodies[kind]} (select value from json_each(?))`,
  bindValues: [JSON.stringify(ids)],
  schema: Schema.Array(ImportedRow),
})

export const foundRow = (kind: RowKind, { id, within, body }: ImportedRow): ProofRow => ({
  kind,
  id,
  within,
  text: kind === 'message' ? textOfParts(partsOfJson(body)) : body,
})

const partsOfJson = Schema.decodeUnknownSync(Schema.parseJson(Schema.Array(MessagePart)))
const partsOf = Schema.decodeUnknownSync(Schema.Array(MessagePart))

/** What of a planned persona is to come, what is known left out. */
export const plannedRows = (persona: PlannedPersona, known: KnownIds): readonly ProofRow[] => [
  ...persona.conversations
    .filter(({ conversationId }) => !known.conversationIds.has(conversationId))
    .map((it): ProofRow => ({ kind: 'conversation', id: it.conversationId, within: '', text: it.title })),
  ...persona.messages
    .filter(({ messageId }) => !known.messageIds.has(messageId))
    .map(
      (it): ProofRow => ({
        kind: 'message',
        id: it.messageId,
        within: it.conversationId,
        text: textOfParts(partsOf(it.parts)),
      }),
    ),
  ...persona.memories
    .filter(({ memoryId }) => !known.memoryIds.has(memoryId))
    .map((it): ProofRow => ({ kind: 'memory', id: it.memoryId, within: '', text: it.content })),
]

export interface Proof {
  /** SHA-256 over ids, places and texts, of what was to come and of what stands there: equal, or `differences` says why not. */
  readonly planned: string
  readonly found: string
  readonly rows: number
  readonly differences: readonly Remark[]
}

export const proofOf = (planned: readonly ProofRow[], found: readonly ProofRow[]): Proof => ({
  planned: checksumOf(planned),
  found: checksumOf(found),
  rows: found.length,
  differences: differencesOf(planned, found),
})

const checksumOf = (rows: readonly ProofRow[]): string => {
  const hash = sha256.create()
  for (const { kind, id, within, text } of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    hash.update(utf8ToBytes(JSON.stringify([kind, id, within, text])))
  }
  return bytesToHex(hash.digest())
}

/** Missing and changed rows, counted by conversation; at most a hundred remarks. */
const differencesOf = (planned: readonly ProofRow[], found: readonly ProofRow[]): readonly Remark[] => {
  const foundById = new Map(found.map((row) => [row.id, row]))
  const titles = new Map(planned.filter(({ kind }) => kind === 'conversation').map(({ id, text }) => [id, text]))
  const counts = new Map<string, { missing: number; changed: number; all: number }>()
  for (const row of planned) {
    const where = row.kind === 'message' ? (titles.get(row.within) ?? row.within) : tables[row.kind]
    const count = counts.get(where) ?? { missing: 0, changed: 0, all: 0 }
    const other = foundById.get(row.id)
    count.all++
    if (other === undefined) count.missing++
    else if (other.text !== row.text || other.within !== row.within) count.changed++
    counts.set(where, count)
  }
  return [...counts]
    .filter(([, { missing, changed }]) => missing + changed > 0)
    .slice(0, 100)
    .map(([where, { missing, changed, all }]) => ({
      where,
      reason: `${missing} of ${all} are missing, ${changed} read differently.`,
    }))
}

/** What a persona's store has from one import. */
export const broughtCountsQuery = (importId: string) => ({
  query: `select (select count(*) from conversations where importId = ?1) as conversations,
            (select count(*) from messages where importId = ?1) as messages,
            (select count(*) from memories where importId = ?1) as memories`,
  bindValues: [importId],
  schema: Schema.Array(
    Schema.Struct({ conversations: Schema.Number, messages: Schema.Number, memories: Schema.Number }),
  ),
})
