import { Schema } from '@livestore/livestore'
import { isOf } from '#schema/shared/quick-schema.ts'

const TextPart = Schema.Struct({ type: Schema.Literal('text'), text: Schema.String })

const ImagePart = Schema.Struct({
  type: Schema.Literal('image'),
  url: Schema.String,
  alt: Schema.optional(Schema.String),
  width: Schema.optional(Schema.Finite),
  height: Schema.optional(Schema.Finite),
})

const CodePart = Schema.Struct({
  type: Schema.Literal('code'),
  language: Schema.String,
  code: Schema.String,
  filename: Schema.optional(Schema.String),
})

const FilePart = Schema.Struct({
  type: Schema.Literal('file'),
  attachmentId: Schema.String,
  name: Schema.optional(Schema.String),
})

const ToolCallPart = Schema.Struct({
  type: Schema.Literal('toolCall'),
  toolCallId: Schema.String,
  name: Schema.String,
  input: Schema.Unknown,
})

const ToolResultPart = Schema.Struct({
  type: Schema.Literal('toolResult'),
  toolCallId: Schema.String,
  output: Schema.Unknown,
})

/** What a model thought before it answered: shown folded, and no part of what was said. */
const ReasoningPart = Schema.Struct({ type: Schema.Literal('reasoning'), text: Schema.String })

/** What a newer version, or another product, put there: kept as it is and shown as unsupported. */
const UnknownPart = Schema.Struct({ type: Schema.String }, { key: Schema.String, value: Schema.Unknown })

const KnownPart = Schema.Union(TextPart, ImagePart, CodePart, FilePart, ToolCallPart, ToolResultPart, ReasoningPart)
export type KnownPart = typeof KnownPart.Type

/** One piece of a message. Decoding never fails on an object with a `type`. */
export const MessagePart = Schema.Union(KnownPart, UnknownPart)
export type MessagePart = typeof MessagePart.Type

export const isKnownPart: (part: MessagePart) => part is KnownPart = isOf(KnownPart)

/** The one text of a message that is searched, previewed and quoted. */
export const textOfParts = (parts: readonly MessagePart[]): string =>
  parts
    .map((part) => (isKnownPart(part) ? textOfPart(part) : ''))
    .filter((text) => text !== '')
    .join('\n')

const textOfPart = (part: KnownPart): string => {
  switch (part.type) {
    case 'text':
      return part.text
    case 'image':
      return part.alt ?? ''
    case 'code':
      return part.filename === undefined ? part.code : `${part.filename}\n${part.code}`
    case 'file':
      return part.name ?? ''
    case 'toolCall':
      return part.name
    case 'reasoning':
      return ''
    case 'toolResult':
      return typeof part.output === 'string' ? part.output : ''
  }
}
