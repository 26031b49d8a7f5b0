import type { ModelMessage as PromptMessage } from 'ai'
import { isKnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import type { ModelMessage } from './model-call.ts'

type Content = ({ type: 'text'; text: string } | { type: 'image'; image: string })[]

/**
 * The words of a conversation as `ai` takes them. What earlier answers thought and which tools they called stays out:
 * what came of it is in their text. A message that has nothing to say to a model is left out.
 */
export const promptMessagesOf = (messages: readonly ModelMessage[]): PromptMessage[] =>
  messages.flatMap(({ role, parts }): PromptMessage[] => {
    const content = parts.flatMap((part) => contentOf(part, role === 'user'))
    if (role === 'system' || content.length === 0) return []
    if (role === 'user') return [{ role, content }]
    return [{ role, content: content.filter((piece) => piece.type === 'text') }]
  })

/** What the person, or an import, put among the messages as rules: with the system prompt, where every provider takes it. */
export const systemOf = (system: string, messages: readonly ModelMessage[]): string =>
  [system, ...messages.filter(({ role }) => role === 'system').map(({ parts }) => textOf(parts))]
    .filter((text) => text !== '')
    .join('\n\n')

const textOf = (parts: readonly MessagePart[]) =>
  parts
    .flatMap((part) => contentOf(part, false))
    .map((piece) => (piece.type === 'text' ? piece.text : ''))
    .join('\n')

const contentOf = (part: MessagePart, withPictures: boolean): Content => {
  if (!isKnownPart(part)) return []
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'code':
      return [{ type: 'text', text: `\`\`\`${part.language}\n${part.code}\n\`\`\`` }]
    case 'image':
      if (withPictures && part.url.startsWith('data:')) return [{ type: 'image', image: part.url }]
      return [{ type: 'text', text: `[picture${part.alt === undefined ? '' : `: ${part.alt}`}]` }]
    case 'file':
      return [{ type: 'text', text: `[file${part.name === undefined ? '' : `: ${part.name}`}]` }]
    default:
      return []
  }
}
