import { textOfParts } from '#schema/conversations/parts.ts'
import { type ModelAnswer, ModelFailure, type ModelRequest } from './model-call.ts'
import { systemOf } from './prompt-messages.ts'

/** The part of the browsers' Prompt API that is used here. */
interface PromptApi {
  readonly availability: () => Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>
  readonly create: (options: {
    readonly initialPrompts: readonly { readonly role: string; readonly content: string }[]
    readonly signal: AbortSignal
  }) => Promise<PromptSession>
}

interface PromptSession {
  readonly promptStreaming: (text: string, options: { readonly signal: AbortSignal }) => ReadableStream<string>
  readonly destroy: () => void
}

export const promptApi = (): PromptApi | undefined => (globalThis as { LanguageModel?: PromptApi }).LanguageModel

/** What the one model of a browser is called here. */
export const browserModelId = 'browser'

/** Asks the model that the browser brings along; nothing leaves the device. It knows no tools, and keeps its own temperature. */
export const answerByBrowser = async (
  { system, messages, signal, onPiece }: Omit<ModelRequest, 'accountId'>,
  api = promptApi(),
): Promise<ModelAnswer | ModelFailure> => {
  if (api === undefined || (await api.availability()) === 'unavailable') return unavailable()
  const said = messages
    .filter(({ role }) => role !== 'system')
    .map(({ role, parts }) => ({ role, content: textOfParts(parts) }))
  const last = said.pop()
  if (last === undefined) return new ModelFailure({ code: 'malformed', detail: 'There is nothing to answer to.' })
  const rules = systemOf(system, messages)
  const initialPrompts = [...(rules === '' ? [] : [{ role: 'system', content: rules }]), ...said]
  try {
    const session = await api.create({ initialPrompts, signal })
    try {
      let text = ''
      for await (const piece of piecesOf(session.promptStreaming(last.content, { signal }))) {
        text += piece
        onPiece({ type: 'text', text: piece })
      }
      return { parts: [{ type: 'text', text }], finish: 'stop' }
    } finally {
      session.destroy()
    }
  } catch (error) {
    return failureFrom(error, signal)
  }
}

/** Not every browser can loop over a stream. */
async function* piecesOf(stream: ReadableStream<string>) {
  const reader = stream.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
}

const failureFrom = (error: unknown, signal: AbortSignal): ModelFailure => {
  if (signal.aborted) return new ModelFailure({ code: 'stopped', detail: 'You stopped it.' })
  const name = error instanceof Error ? error.name : ''
  if (name === 'QuotaExceededError')
    return new ModelFailure({
      code: 'tooLong',
      detail: 'This is more than the browser’s model takes at once. Start a new conversation, or choose another model.',
    })
  if (name === 'NotSupportedError') return unavailable()
  return new ModelFailure({ code: 'server', detail: 'The browser’s model failed. Try again, or choose another model.' })
}

const unavailable = () =>
  new ModelFailure({
    code: 'refused',
    detail: 'This browser has no model of its own, or not yet. Choose another model.',
  })
