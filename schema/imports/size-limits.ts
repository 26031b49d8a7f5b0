import { byteCount, characterCount } from '#schema/shared/text.ts'
import type { PlannedPart } from './plan.ts'

/** Why a message cannot be one of ours; a reason a person understands, or none. */
export const reasonAgainstParts = (parts: readonly PlannedPart[]): string | undefined => {
  const characters = parts
    .map(textOfPart)
    .filter((text) => text !== '')
    .join('\n')
  const length = characters.length <= textLimit ? characters.length : characterCount(characters)
  if (length > textLimit) return `It has ${length} characters; a message has at most ${textLimit}.`
  const json = JSON.stringify(parts)
  if (json.length * 3 <= bytesLimit) return undefined // no character takes more than three bytes for each unit
  const bytes = byteCount(json)
  return bytes > bytesLimit ? `It takes ${bytes} bytes; a message takes at most ${bytesLimit}.` : undefined
}

/** The same for the text of a memory. */
export const reasonAgainstMemory = (content: string): string | undefined => {
  if (content.trim() === '') return 'It has no text.'
  const length = content.length <= textLimit ? content.length : characterCount(content)
  return length > textLimit ? `It has ${length} characters; a memory has at most ${textLimit}.` : undefined
}

const textLimit = 100_000

/** One message must fit into one event, and an event into 900 000 bytes. */
const bytesLimit = 600_000

/** What counts as the text of a part: the same as `textOfParts` of conversations, which a test compares. */
const textOfPart = (part: PlannedPart): string => {
  const text = {
    text: part.text,
    image: part.alt,
    code: typeof part.filename === 'string' ? `${part.filename}\n${String(part.code)}` : part.code,
    file: part.name,
    toolCall: part.name,
    toolResult: part.output,
  }[part.type]
  return typeof text === 'string' ? text : ''
}
