import { isJsonObject, type JsonObject, listOf, objectOf, storable, textOf, textsOf } from './json-values.ts'
import type { PlannedPart } from './plan.ts'

/** Who wrote a message of ChatGPT, and whether to a tool. */
export interface Writing {
  readonly role: 'user' | 'assistant' | 'system'
  readonly isToolResult: boolean
  /** The name of the tool that is called; null for what is meant for people. */
  readonly calledTool: string | null
}

export const writingOf = (message: JsonObject): Writing | undefined => {
  const role = objectOf(message.author).role ?? message.role
  if (typeof role !== 'string') return undefined
  const recipient = message.recipient ?? 'all'
  return {
    // Tools answer on the assistant's side.
    role: role === 'user' || role === 'system' ? role : 'assistant',
    isToolResult: role === 'tool',
    calledTool: role === 'assistant' && recipient !== 'all' && typeof recipient === 'string' ? recipient : null,
  }
}

/** Hidden in ChatGPT too: the instructions put before a conversation, and what has no weight in it. */
export const isHidden = (message: JsonObject): boolean =>
  objectOf(message.metadata).is_visually_hidden_from_conversation === true ||
  message.weight === 0 ||
  ['user_editable_context', 'model_editable_context'].includes(String(objectOf(message.content).content_type))

/** The parts of a message, none if it is empty. `toolCallId` joins a call and its results. */
export const partsOfMessage = (message: JsonObject, writing: Writing, toolCallId: string): readonly PlannedPart[] => {
  const content = typeof message.content === 'string' ? { parts: [message.content] } : objectOf(message.content)
  const parts = partsOfContent(content, attachmentNames(message))
  if (writing.isToolResult) return parts.map((part) => asToolResult(part, toolCallId))
  const tool = writing.calledTool
  return [
    ...(tool === null ? parts : parts.map((part) => asToolCall(part, tool, toolCallId))),
    ...filesOf(message, parts),
  ]
}

const partsOfContent = (content: JsonObject, names: ReadonlyMap<string, string>): readonly PlannedPart[] => {
  const kind = content.content_type ?? 'text'
  const text = textOf(content.text)
  switch (kind) {
    case 'text':
    case 'multimodal_text':
      return [...listOf(content.parts), text].flatMap((part) => partOf(part, names))
    case 'code': {
      const code = text === '' ? textsOf(content.parts).join('\n') : text
      const language = textOf(content.language)
      return code.trim() === '' ? [] : [{ type: 'code', language: language === 'unknown' ? '' : language, code }]
    }
    case 'execution_output':
    case 'computer_output':
    case 'system_error':
      return textParts([textOf(content.name), text, ...textsOf(content.parts)])
    case 'tether_browsing_display':
      return textParts([textOf(content.summary), textOf(content.result)])
    case 'tether_quote':
      return textParts([textOf(content.title), textOf(content.url), text])
    case 'thoughts':
    case 'reasoning_recap': {
      const thought = content.thoughts ?? content.content
      const isEmpty = Array.isArray(thought)
        ? thought.length === 0
        : textOf(thought).trim() === '' && !isJsonObject(thought)
      return isEmpty ? [] : [unknownPart(kind, content)]
    }
    default:
      return Object.keys(content).length > 1 ? [unknownPart(kind, content)] : []
  }
}

const partOf = (part: unknown, names: ReadonlyMap<string, string>): readonly PlannedPart[] => {
  if (typeof part === 'string') return textParts([textOf(part)])
  if (!isJsonObject(part)) return []
  const kind = part.content_type ?? part.type
  const asset = [part, objectOf(part.audio_asset_pointer)].find((it) => typeof it.asset_pointer === 'string')
  if (asset !== undefined) {
    const attachmentId = fileIdOf(textOf(asset.asset_pointer))
    const name = names.get(attachmentId) ?? (kind === 'image_asset_pointer' ? imageName(part) : 'Recording')
    return [{ type: 'file', attachmentId, name }]
  }
  const isText = typeof part.text === 'string' && (kind === 'audio_transcription' || kind === 'text')
  return isText ? textParts([textOf(part.text)]) : [unknownPart(kind, part)]
}

const textParts = (texts: readonly string[]): readonly PlannedPart[] => {
  const text = texts.filter((it) => it.trim() !== '').join('\n')
  return text === '' ? [] : [{ type: 'text', text }]
}

/** Kept as it is, under a name that no kind of ours will take. */
const unknownPart = (kind: unknown, value: JsonObject): PlannedPart => ({
  type: `chatgpt:${typeof kind === 'string' ? textOf(kind) : 'unknown'}`,
  value: storable(value),
})

const asToolResult = (part: PlannedPart, toolCallId: string): PlannedPart => {
  const output = part.type === 'text' ? part.text : part.type === 'code' ? part.code : undefined
  return output === undefined ? part : { type: 'toolResult', toolCallId, output }
}

/** Code for the interpreter is shown as code; what goes to any other tool is the input of a call. */
const asToolCall = (part: PlannedPart, name: string, toolCallId: string): PlannedPart => {
  if (part.type === 'code' && name === 'python') return { ...part, language: 'python' }
  const input = part.type === 'text' ? part.text : part.type === 'code' ? part.code : undefined
  return input === undefined ? part : { type: 'toolCall', toolCallId, name, input }
}

/** Uploaded files that the text does not mention. */
const filesOf = (message: JsonObject, parts: readonly PlannedPart[]): readonly PlannedPart[] => {
  const mentioned = new Set(parts.map((part) => part.attachmentId))
  return [...attachmentNames(message)]
    .filter(([attachmentId]) => !mentioned.has(attachmentId))
    .map(([attachmentId, name]) => ({ type: 'file', attachmentId, name }))
}

const attachmentNames = (message: JsonObject): ReadonlyMap<string, string> =>
  new Map(
    listOf(objectOf(message.metadata).attachments)
      .map(objectOf)
      .filter(({ id }) => typeof id === 'string' && id !== '')
      .map(({ id, name }) => [textOf(id), textOf(name) || 'File']),
  )

/** `sediment://file_00…` and `file-service://file-…` to the name of the file in the export. */
const fileIdOf = (pointer: string) => pointer.replace(/^[\w-]+:\/\//, '')

const imageName = ({ width, height }: JsonObject) =>
  typeof width === 'number' && typeof height === 'number' ? `Image, ${width} × ${height}` : 'Image'
