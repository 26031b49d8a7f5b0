import type { ModelMessage as PromptMessage } from 'ai'
import { isKnownPart, type KnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import { toolResultText } from '#schema/stores/prompt.ts'
import type { ModelMessage } from './model-call.ts'

type Content = ({ type: 'text'; text: string } | { type: 'image'; image: string })[]

/**
 * A conversation as `ai` takes it. What earlier answers thought stays out. The tools they called, and what came of it, go along
 * where the model may call tools now: providers refuse the one without the other. A message that has nothing to say to a model
 * is left out.
 */
export const promptMessagesOf = (messages: readonly ModelMessage[], withTools: boolean): PromptMessage[] =>
  messages.flatMap(({ role, parts }, place): PromptMessage[] => {
    if (role === 'system') return []
    if (role === 'assistant') return answerOf(parts, withTools, place)
    const content = parts.flatMap((part) => contentOf(part, true))
    return content.length === 0 ? [] : [{ role, content }]
  })

type Words = { type: 'text'; text: string }

/** Each call stands right before its result, in a round of its own: so every dialect takes it. */
const answerOf = (parts: readonly MessagePart[], withTools: boolean, place: number): PromptMessage[] => {
  const messages: PromptMessage[] = []
  const calls = new Map<string, ToolCall>()
  let words: Words[] = []
  for (const part of parts) {
    if (isKnownPart(part) && part.type === 'toolCall') calls.set(part.toolCallId, part)
    else if (isKnownPart(part) && part.type === 'toolResult') {
      const call = calls.get(part.toolCallId)
      if (call === undefined || !withTools) continue
      messages.push(...roundOf(words, call, part.output, place))
      words = []
    } else words.push(...contentOf(part, false).filter((piece) => piece.type === 'text'))
  }
  return words.length === 0 ? messages : [...messages, { role: 'assistant', content: words }]
}

type ToolCall = Extract<KnownPart, { type: 'toolCall' }>

const roundOf = (words: readonly Words[], call: ToolCall, output: unknown, place: number): PromptMessage[] => {
  // No two calls of a conversation may share an id, and not every provider takes every letter in one.
  const toolCallId = `m${place}_${call.toolCallId.replace(/[^\w-]/g, '_').slice(0, 40)}`
  const toolName = call.name
  const input = typeof call.input === 'object' && call.input !== null ? call.input : {}
  const value = toolResultText(output)
  return [
    { role: 'assistant', content: [...words, { type: 'tool-call', toolCallId, toolName, input }] },
    { role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output: { type: 'text', value } }] },
  ]
}

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
