import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { type JSONSchema7, jsonSchema, type LanguageModel, stepCountIs, streamText, type ToolSet, tool } from 'ai'
import type { MessagePart } from '#schema/conversations/parts.ts'
import type { Endpoint } from './endpoint.ts'
import { brokenOff, failureOfStream } from './failures.ts'
import {
  type ModelAnswer,
  ModelFailure,
  type ModelPiece,
  type ModelRequest,
  type ModelTool,
  maxSteps,
} from './model-call.ts'
import { promptMessagesOf, systemOf } from './prompt-messages.ts'
import { fetchFrom } from './provider-fetch.ts'

type Asked = Omit<ModelRequest, 'accountId'>

/** Asks a model and gives its answer piece by piece. Never throws. */
export const streamAnswer = async (endpoint: Endpoint, request: Asked): Promise<ModelAnswer | ModelFailure> => {
  const { settings, tools = [], signal, onPiece } = request
  const messages = promptMessagesOf(request.messages, tools.length > 0)
  if (messages.length === 0) return new ModelFailure({ code: 'malformed', detail: 'There is nothing to answer to.' })
  const answer = newAnswer(onPiece)
  try {
    const system = systemOf(request.system, request.messages)
    const { fullStream } = streamText({
      model: modelAt(endpoint, request.model),
      ...(system === '' ? {} : { system }),
      messages,
      ...settingsFor(endpoint, settings),
      ...(tools.length === 0 ? {} : { tools: toolSetOf(tools), stopWhen: stepCountIs(maxSteps) }),
      maxRetries: 0, // whoever asks decides what comes next, and says so
      abortSignal: signal,
      onError: () => {}, // it writes to the console otherwise
    })
    for await (const piece of fullStream) {
      if (piece.type === 'text-delta') answer.say({ type: 'text', text: piece.text })
      else if (piece.type === 'reasoning-delta') answer.say({ type: 'reasoning', text: piece.text })
      else if (piece.type === 'tool-call')
        answer.say({ type: 'toolCall', toolCallId: piece.toolCallId, name: piece.toolName, input: piece.input })
      else if (piece.type === 'tool-result')
        answer.say({ type: 'toolResult', toolCallId: piece.toolCallId, output: piece.output })
      else if (piece.type === 'tool-error')
        answer.say({ type: 'toolResult', toolCallId: piece.toolCallId, output: { error: String(piece.error) } })
      else if (piece.type === 'abort') return stopped()
      else if (piece.type === 'error')
        return signal.aborted ? stopped() : failureOfStream(piece.error, endpoint, request.model)
      else if (piece.type === 'finish') {
        const { inputTokens, outputTokens } = piece.totalUsage
        if (piece.finishReason === 'other' && piece.rawFinishReason === undefined) break // it did not say that it ends
        return {
          parts: answer.parts(),
          finish: finishes[piece.finishReason] ?? 'other',
          ...(inputTokens === undefined ? {} : { promptTokens: inputTokens }),
          ...(outputTokens === undefined ? {} : { completionTokens: outputTokens }),
        }
      }
    }
    return brokenOff()
  } catch (error) {
    return signal.aborted ? stopped() : failureOfStream(error, endpoint, request.model)
  }
}

const stopped = () => new ModelFailure({ code: 'stopped', detail: 'You stopped it.' })

const finishes: Readonly<Record<string, ModelAnswer['finish']>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'filtered',
}

const modelAt = (endpoint: Endpoint, model: string): LanguageModel => {
  const { target } = endpoint
  const fetch = fetchFrom(endpoint, model)
  // The key is put on by `fetchFrom`: what `ai` does not know it cannot tell.
  return target.kind === 'anthropic'
    ? createAnthropic({ baseURL: target.baseUrl, apiKey: 'kept', fetch })(model)
    : createOpenAICompatible({ name: 'openai-compatible', baseURL: target.baseUrl, includeUsage: true, fetch })(model)
}

/** A model refuses what it does not know; so what is as it would be anyway is not said. */
const settingsFor = ({ target }: Endpoint, settings: ModelRequest['settings']) => ({
  maxOutputTokens: settings.maxTokens,
  // Anthropic's goes to 1.
  temperature: target.kind === 'anthropic' ? Math.min(1, settings.temperature) : settings.temperature,
  ...(settings.topP === 1 ? {} : { topP: settings.topP }),
  ...(settings.frequencyPenalty === 0 || target.kind === 'anthropic'
    ? {}
    : { frequencyPenalty: settings.frequencyPenalty }),
  ...(settings.presencePenalty === 0 || target.kind === 'anthropic'
    ? {}
    : { presencePenalty: settings.presencePenalty }),
})

const toolSetOf = (tools: readonly ModelTool[]): ToolSet =>
  Object.fromEntries(
    tools.map(({ name, description, inputSchema, run }) => [
      name,
      tool({
        description,
        inputSchema: jsonSchema(inputSchema as JSONSchema7),
        execute: (input: unknown) => run(input),
      }),
    ]),
  )

/** Collects pieces as parts: text after text is one. */
const newAnswer = (onPiece: (piece: ModelPiece) => void) => {
  const parts: ModelPiece[] = []
  return {
    say: (piece: ModelPiece) => {
      const last = parts.at(-1)
      if ((piece.type === 'text' || piece.type === 'reasoning') && last?.type === piece.type)
        parts[parts.length - 1] = { ...piece, text: last.text + piece.text }
      else parts.push(piece)
      onPiece(piece)
    },
    parts: (): readonly MessagePart[] => parts,
  }
}
