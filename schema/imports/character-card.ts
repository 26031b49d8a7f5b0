import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { base64ToBytes, bytesToBase64 } from './base64.ts'
import {
  canonicalJson,
  isJsonObject,
  type JsonObject,
  objectOf,
  storable,
  textOf,
  textsOf,
  timeOf,
} from './json-values.ts'
import { keepRest, restLimits } from './kept-rest.ts'
import { memoriesOfBook } from './lorebook.ts'
import { draftOf } from './persona-draft.ts'
import type { ImportOptions, ImportPlan, PlannedConversation, PlannedMessage, Remark } from './plan.ts'
import { type Png, readPng } from './png.ts'
import { CardTooLarge, PngDamaged, PngWithoutCard } from './refusals.ts'
import { reasonAgainstParts } from './size-limits.ts'
import { jsonOfText, textOfBytes } from './text-of-bytes.ts'

/** A card as its maker wrote it, and the part of it that says who the character is. */
export interface Card {
  readonly whole: JsonObject
  readonly data: JsonObject
}

/** Cards are some kilobytes. The text in a picture is base64, a third longer. */
export const cardLimit = 16_000_000

/** Version 1 is flat; versions 2 and 3 say so in `spec` and keep everything in `data`. */
export const cardOf = (json: unknown): Card | undefined => {
  if (!isJsonObject(json)) return undefined
  const data = objectOf(json.data)
  const isSpecified = typeof json.spec === 'string' && json.spec.startsWith('chara_card_v')
  if (isJsonObject(json.data) && (isSpecified || isCharacter(data))) return { whole: json, data }
  return isCharacter(json) ? { whole: json, data: json } : undefined
}

const isCharacter = (json: JsonObject) =>
  typeof json.name === 'string' &&
  ['description', 'personality', 'scenario', 'first_mes', 'mes_example'].some(
    (field) => typeof json[field] === 'string',
  )

/** The card in a picture, and the picture if it is small enough to be the avatar. */
export const cardOfPng = (bytes: Uint8Array, where: string) => {
  const png = readPng(bytes, (cardLimit * 4) / 3)
  const texts = ['ccv3', 'chara'].flatMap((keyword) =>
    png.texts.filter((text) => text.keyword.toLowerCase() === keyword).map(({ text }) => text),
  )
  for (const text of texts) {
    if (text.length > (cardLimit * 4) / 3) return new CardTooLarge({ where, limit: cardLimit })
    const card = cardOf(jsonOfText(jsonTextOf(text)))
    if (card !== undefined) return { card, avatar: avatarOf(png) }
  }
  return png.damaged ? new PngDamaged({ where }) : new PngWithoutCard({ where })
}

const jsonTextOf = (text: string): string => {
  if (text.trimStart().startsWith('{')) return text
  const bytes = base64ToBytes(text)
  return bytes === undefined ? '' : textOfBytes(bytes)
}

const avatarOf = ({ picture, damaged }: Png): string | null =>
  damaged || picture.length > 47_000 ? null : `data:image/png;base64,${bytesToBase64(picture)}`

export const planCard = (
  { whole, data }: Card,
  avatar: string | null,
  stem: string,
  options: ImportOptions,
): ImportPlan => {
  // Of what is in it, not of its bytes: the same card as a picture and as JSON is the same persona.
  const cardId = idFromNames('character-card', canonicalJson(storable(data)))
  const personaId = options.intoPersonaId ?? idFromNames(options.workspaceId, 'character-card', cardId)
  const { draft, notes } = draftOf(
    {
      names: [data.name, data.nickname, stem].map(textOf),
      personality: personalityOf(data),
      systemPrompt: joined([data.system_prompt, data.post_history_instructions]),
      avatar,
    },
    personaId,
  )
  const startedAt = timeOf(data.creation_date) ?? options.now
  const greetings = planGreetings(data, personaId, cardId, startedAt)
  const book = isJsonObject(data.character_book)
    ? memoriesOfBook(data.character_book, personaId, startedAt)
    : { memories: [], rejected: [] }
  const kept = keepRest(withoutEntries(whole), restLimits.persona, 'card')
  return {
    format: 'character-card',
    personas: [
      {
        personaId,
        draft,
        origin: { format: 'character-card', sourceId: cardId, rest: kept.rest },
        conversations: greetings.conversations,
        messages: greetings.messages,
        memories: book.memories,
      },
    ],
    rejected: [...greetings.rejected, ...book.rejected, ...kept.rejected],
    notes,
  }
}

const personalityOf = (data: JsonObject): string => {
  const [description, personality, scenario] = [data.description, data.personality, data.scenario].map((it) =>
    textOf(it).trim(),
  )
  return joined([description, personality && `Personality: ${personality}`, scenario && `Scenario: ${scenario}`])
}

const joined = (texts: readonly unknown[]): string =>
  texts
    .map((text) => textOf(text).trim())
    .filter((text) => text !== '')
    .join('\n\n')

/** One conversation; its greetings are branches side by side, the first one open. */
const planGreetings = (data: JsonObject, personaId: string, cardId: string, startedAt: Date) => {
  const conversationId = idFromNames(personaId, 'character-card', cardId, 'greetings')
  const rejected: Remark[] = []
  const messages: PlannedMessage[] = []
  for (const [index, text] of textsOf([data.first_mes, ...greetingsOf(data)]).entries()) {
    const parts = [{ type: 'text', text }]
    const reason = reasonAgainstParts(parts)
    if (reason !== undefined) rejected.push({ where: `greeting ${index + 1}`, reason })
    else
      messages.push({
        messageId: idFromNames(conversationId, 'greeting', String(index)),
        conversationId,
        parentMessageId: null,
        role: 'assistant',
        parts,
        sentAt: new Date(startedAt.getTime() + index), // in their order, where branches are listed by time
        sourceId: `greeting ${index}`,
      })
  }
  const [first] = messages
  const conversations: readonly PlannedConversation[] =
    first === undefined
      ? []
      : [
          {
            conversationId,
            title: 'First meeting',
            tags: [],
            startedAt,
            archivedAt: null,
            favourite: false,
            currentMessageId: first.messageId,
            origin: { format: 'character-card', sourceId: cardId },
          },
        ]
  return { conversations, messages, rejected }
}

const greetingsOf = ({ alternate_greetings }: JsonObject): readonly unknown[] =>
  Array.isArray(alternate_greetings) ? alternate_greetings : []

/** The card as it was, for a later export; the entries of its book are memories, each with its own rest. */
const withoutEntries = (whole: JsonObject): JsonObject => {
  const book = (of: JsonObject): JsonObject => {
    if (!isJsonObject(of.character_book)) return of
    const { entries: _, ...rest } = of.character_book
    return { ...of, character_book: rest }
  }
  return isJsonObject(whole.data) ? { ...book(whole), data: book(whole.data) } : book(whole)
}
