import { isKnownPart, type KnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import type { ModelPiece } from '#web/services/models/model-call.ts'

/** A delta goes on in the part it belongs to; what comes after a tool is a new part. */
export const withPiece = (parts: readonly MessagePart[], piece: ModelPiece): readonly MessagePart[] => {
  const last = parts.at(-1)
  if ((piece.type === 'text' || piece.type === 'reasoning') && last !== undefined && isText(last, piece.type))
    return [...parts.slice(0, -1), { ...last, text: last.text + piece.text }]
  return [...parts, piece]
}

const isText = (part: MessagePart, type: 'text' | 'reasoning'): part is Extract<KnownPart, { text: string }> =>
  isKnownPart(part) && part.type === type

/** Whether there is anything for a person to read. */
export const saysSomething = (parts: readonly MessagePart[]): boolean =>
  parts.some((part) => isKnownPart(part) && part.type === 'text' && part.text.trim() !== '')

/** A message has its limits (rule CO4): what is beyond is left out, the newest of it. */
export const withinLimits = (
  parts: readonly MessagePart[],
): { readonly parts: readonly MessagePart[]; readonly cut: boolean } => {
  let left = charactersAtMost
  let cut = false
  const kept = parts.map((part): MessagePart => {
    if (!isKnownPart(part) || (part.type !== 'text' && part.type !== 'reasoning')) {
      const size = JSON.stringify(part).length
      if (size <= toolAtMost) return part
      cut = true
      return part.type === 'toolResult'
        ? { ...part, output: `${JSON.stringify(part.output).slice(0, toolAtMost)}…` }
        : { type: part.type }
    }
    if (part.text.length <= left) {
      left -= part.text.length
      return part
    }
    cut = true
    const text = part.text.slice(0, left)
    left = 0
    return { ...part, text }
  })
  return { parts: kept, cut }
}

const charactersAtMost = 90_000
const toolAtMost = 20_000
