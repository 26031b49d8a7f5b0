import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { characterCount } from '#schema/shared/text.ts'
import {
  canonicalJson,
  isJsonObject,
  type JsonObject,
  listOf,
  objectOf,
  storable,
  textOf,
  timeOf,
} from './json-values.ts'
import { keepRest, restLimits } from './kept-rest.ts'
import { draftOf } from './persona-draft.ts'
import type { ImportOptions, ImportPlan, PlannedMemory, Remark } from './plan.ts'
import { reasonAgainstMemory } from './size-limits.ts'

/** A book that stands alone: a world info file of SillyTavern, or a lorebook of the third specification. */
export const lorebookOf = (json: unknown): JsonObject | undefined => {
  const book = objectOf(json).spec === 'lorebook_v3' ? objectOf(objectOf(json).data) : json
  if (!isJsonObject(book) || (!isJsonObject(book.entries) && !Array.isArray(book.entries))) return undefined
  return entriesOf(book).every((entry) => 'content' in entry || 'key' in entry || 'keys' in entry) ? book : undefined
}

export const planLorebook = (book: JsonObject, stem: string, options: ImportOptions): ImportPlan => {
  const { entries: _, ...rest } = book
  const bookId = idFromNames('lorebook', canonicalJson(storable(book)))
  const personaId = options.intoPersonaId ?? idFromNames(options.workspaceId, 'lorebook', bookId)
  const { memories, rejected } = memoriesOfBook(book, personaId, options.now)
  const { draft, notes } = draftOf(
    {
      names: [textOf(book.name), stem].filter((it) => it !== ''),
      personality: textOf(book.description),
      systemPrompt: '',
    },
    personaId,
  )
  const kept = keepRest(rest, restLimits.persona, 'lorebook')
  const origin = { format: 'lorebook', sourceId: bookId, rest: kept.rest }
  return {
    format: 'lorebook',
    personas: memories.length === 0 ? [] : [{ personaId, draft, origin, conversations: [], messages: [], memories }],
    rejected: [...rejected, ...kept.rejected],
    notes,
  }
}

/** Entries become memories. The id of one comes from its keys and text, so that a book that grew brings only what is new. */
export const memoriesOfBook = (book: JsonObject, personaId: string, now: Date) => {
  const entries = entriesOf(book)
  const importance = importanceBy(entries)
  const memories = new Map<string, PlannedMemory>()
  const rejected: Remark[] = []
  for (const [index, entry] of entries.entries()) {
    const { content: _, ...rest } = entry
    const content = textOf(entry.content).trim()
    const name = [entry.comment, entry.name].map((it) => textOf(it).trim()).find((it) => it !== '')
    const where = `entry ${index + 1}${name === undefined ? '' : ` “${name.slice(0, 60)}”`}`
    const reason = reasonAgainstMemory(content)
    if (reason !== undefined) {
      rejected.push({ where, reason })
      continue
    }
    const keys = keysOf(entry)
    const identity = ['lore', JSON.stringify(keys), content]
    const firstId = idFromNames(personaId, ...identity)
    const memoryId = memories.has(firstId) ? idFromNames(personaId, ...identity, String(index)) : firstId
    const kept = keepRest(rest, restLimits.row, where)
    rejected.push(...kept.rejected)
    memories.set(memoryId, {
      memoryId,
      content,
      importance: importance(entry),
      kind: 'lore',
      tags: [...(isDisabled(entry) ? ['disabled'] : []), ...keys.filter((key) => characterCount(key) <= 60)].slice(
        0,
        20,
      ),
      sourceEventIds: [],
      occurredAt: timeOf(entry.creation_date) ?? now,
      origin: { format: 'lorebook', sourceId: sourceIdOf(entry, index), rest: kept.rest },
    })
  }
  return { memories: [...memories.values()], rejected }
}

const entriesOf = (book: JsonObject): readonly JsonObject[] => {
  const { entries } = book
  return (isJsonObject(entries) ? Object.values(entries) : listOf(entries)).map(objectOf)
}

/** A list of keys, or the one text with commas that older programs wrote. */
const keysOf = (entry: JsonObject): readonly string[] => {
  const found = [entry.keys, entry.key, entry.secondary_keys, entry.keysecondary].flatMap((keys) =>
    typeof keys === 'string' ? keys.split(',') : listOf(keys),
  )
  return [...new Set(found.map((key) => textOf(key).replace(/\s+/g, ' ').trim()).filter((key) => key !== ''))]
}

const sourceIdOf = ({ uid, id }: JsonObject, index: number): string => {
  const own = uid ?? id
  return typeof own === 'string' || typeof own === 'number' ? textOf(`${own}`) : `${index}`
}

const isDisabled = ({ enabled, disable }: JsonObject) => enabled === false || disable === true

/** What is always told matters most; among the others, what is told last, because it then outweighs the rest. */
const importanceBy = (entries: readonly JsonObject[]) => {
  const orders = entries.map(orderOf)
  const lowest = orders.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const span = orders.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - lowest
  return (entry: JsonObject): number => {
    if (entry.constant === true) return 0.9
    return span > 0 ? Math.round((0.3 + (0.4 * (orderOf(entry) - lowest)) / span) * 100) / 100 : 0.5
  }
}

/** Orders are hundreds in practice; bounded, so that no span overflows. */
const orderOf = (entry: JsonObject): number => {
  const order = entry.insertion_order ?? entry.order
  return typeof order === 'number' ? Math.max(-1e6, Math.min(1e6, order)) : 100
}
