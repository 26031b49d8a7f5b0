import { Encoding } from 'effect'
import { kindOf, shownName } from '#schema/attachments/kinds.ts'
import { attachmentById$ } from '#schema/attachments/queries.ts'
import { isKnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import type { PromptInput } from '#schema/stores/prompt.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'

/** Of older messages models are told the words alone. */
const messagesWithFiles = 10
const pictureBytesAtMost = 5_000_000

/**
 * Files as a model can take them: pictures as they are, texts as words, up to half of what it reads at once. Of any other it
 * is told the name, so that it can say that it did not see it.
 */
export const withFilesTold = async (
  store: PersonaReads,
  branch: PromptInput['branch'],
  contextTokens: number | undefined,
  fileBytes: EngineOptions['fileBytes'],
): Promise<PromptInput['branch']> => {
  const textBytesAtMost = (contextTokens ?? 8192) * 2
  const told = async (part: MessagePart): Promise<MessagePart> => {
    if (!isKnownPart(part) || part.type !== 'file') return part
    const file = store.query(attachmentById$(part.attachmentId))
    const name = shownName(file?.name ?? part.name ?? '')
    const kind = file === null ? undefined : kindOf(file.mediaType)
    const isPicture = kind === 'image' && file?.mediaType !== 'image/svg+xml'
    if (file === null || (!isPicture && kind !== 'text')) return asText(`[The file “${name}”, which you cannot see.]`)
    if (isPicture && file.bytes > pictureBytesAtMost) return asText(`[The picture “${name}”, too large to be shown.]`)
    const bytes = await fileBytes(file.personaId, file.attachmentId)
    if (!(bytes instanceof Blob)) return asText(`[The file “${name}”, which could not be read.]`)
    if (isPicture) return { type: 'image', url: await dataUrlOf(bytes), alt: name }
    const text = new TextDecoder().decode(await bytes.slice(0, textBytesAtMost).arrayBuffer())
    const rest = bytes.size > textBytesAtMost ? '\n[The rest is left out.]' : ''
    return asText(`[The file “${name}”:]\n${text}${rest}`)
  }
  const older = branch.slice(0, -messagesWithFiles)
  const newer = branch.slice(-messagesWithFiles)
  return [
    ...older,
    ...(await Promise.all(
      newer.map(async (message) => ({ ...message, parts: await Promise.all(message.parts.map(told)) })),
    )),
  ]
}

const asText = (text: string): MessagePart => ({ type: 'text', text })

const dataUrlOf = async (blob: Blob): Promise<string> =>
  `data:${blob.type};base64,${Encoding.encodeBase64(new Uint8Array(await blob.arrayBuffer()))}`
